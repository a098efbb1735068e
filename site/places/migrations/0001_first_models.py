import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
import modelcluster.fields
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name="BankHoliday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("england-and-wales", "England and Wales"),
                            ("scotland", "Scotland"),
                            ("northern-ireland", "Northern Ireland"),
                        ],
                        max_length=17,
                        verbose_name="nation",
                    ),
                ),
                ("date", models.DateField(verbose_name="date")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
            ],
            options={
                "verbose_name": "bank holiday",
                "verbose_name_plural": "bank holidays",
                "ordering": ["date", "nation"],
                "constraints": [
                    models.UniqueConstraint(fields=("nation", "date"), name="bank_holiday_once_a_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nation__in", ["england-and-wales", "scotland", "northern-ireland"])
                        ),
                        name="bank_holiday_nation_is_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Outcode",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        max_length=4,
                        primary_key=True,
                        serialize=False,
                        verbose_name="outcode",
                    ),
                ),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                (
                    "area_code",
                    models.CharField(
                        blank=True,
                        help_text="The one that has most of its postcodes.",
                        max_length=9,
                        verbose_name="local authority",
                    ),
                ),
                ("postcodes", models.PositiveIntegerField(help_text="How many the directory has.")),
                ("complete", models.BooleanField(help_text="Whether every one of them is loaded.")),
                (
                    "edition",
                    models.PositiveIntegerField(help_text="Grows with each import; one number for all rows."),
                ),
            ],
            options={
                "verbose_name": "outcode",
                "verbose_name_plural": "outcodes",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="outcode_position_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Place",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uuid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of /in/…/. It does not change again.",
                        max_length=80,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                (
                    "area_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            max_length=9,
                            validators=[
                                django.core.validators.RegexValidator(
                                    "\\A[EWSN]\\d{8}\\Z", "An ONS code looks like E08000033."
                                )
                            ],
                        ),
                        help_text="ONS codes, with commas between them, for instance E08000033.",
                        size=None,
                        verbose_name="local authority areas",
                    ),
                ),
                (
                    "nation",
                    models.CharField(
                        choices=[
                            ("england-and-wales", "England and Wales"),
                            ("scotland", "Scotland"),
                            ("northern-ireland", "Northern Ireland"),
                        ],
                        default="england-and-wales",
                        max_length=17,
                        verbose_name="bank holidays of",
                    ),
                ),
                ("contact_email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("contact_phone", models.CharField(blank=True, max_length=20, verbose_name="telephone")),
                ("safeguarding_name", models.CharField(max_length=120, verbose_name="safeguarding lead")),
                (
                    "safeguarding_phone",
                    models.CharField(max_length=20, verbose_name="safeguarding telephone"),
                ),
                ("safeguarding_email", models.EmailField(max_length=254, verbose_name="safeguarding e-mail")),
                (
                    "latitude",
                    models.FloatField(
                        validators=[
                            django.core.validators.MinValueValidator(49.0),
                            django.core.validators.MaxValueValidator(61.0),
                        ],
                        verbose_name="latitude of the centre",
                    ),
                ),
                (
                    "longitude",
                    models.FloatField(
                        validators=[
                            django.core.validators.MinValueValidator(-9.0),
                            django.core.validators.MaxValueValidator(2.0),
                        ],
                        verbose_name="longitude of the centre",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "verbose_name": "place",
                "verbose_name_plural": "places",
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("name", ""), _negated=True), name="place_has_a_name"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_codes__len__gte", 1)), name="place_has_an_area"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("nation__in", ["england-and-wales", "scotland", "northern-ireland"])
                        ),
                        name="place_nation_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("latitude__gte", 49.0),
                            ("latitude__lte", 61.0),
                            ("longitude__gte", -9.0),
                            ("longitude__lte", 2.0),
                        ),
                        name="place_is_in_the_british_isles",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Postcode",
            fields=[
                (
                    "code",
                    models.CharField(
                        db_collation="C",
                        help_text="Without a space.",
                        max_length=7,
                        primary_key=True,
                        serialize=False,
                        verbose_name="postcode",
                    ),
                ),
                ("latitude", models.FloatField(null=True)),
                ("longitude", models.FloatField(null=True)),
                ("area_code", models.CharField(blank=True, max_length=9, verbose_name="local authority")),
            ],
            options={
                "verbose_name": "postcode",
                "verbose_name_plural": "postcodes",
                "indexes": [models.Index(fields=["area_code"], name="postcode_by_area")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="postcode_position_is_whole",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Term",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "name",
                    models.CharField(
                        help_text="For instance: Autumn, first half.", max_length=60, verbose_name="name"
                    ),
                ),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                (
                    "place",
                    modelcluster.fields.ParentalKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="terms", to="places.place"
                    ),
                ),
            ],
            options={
                "verbose_name": "term",
                "verbose_name_plural": "terms",
                "ordering": ["first_day"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="term_ends_after_it_begins",
                        violation_error_message="A term's last day cannot be before its first day.",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            (models.F("place"), "="),
                            (
                                models.Func(
                                    models.F("first_day"),
                                    models.F("last_day"),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(
                                        inclusive_lower=True, inclusive_upper=True
                                    ),
                                    function="daterange",
                                    output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="term_overlaps_no_other_of_the_place",
                        violation_error_message="Two terms of a place cannot share a day.",
                    ),
                ],
            },
        ),
    ]
