"""Schools as the national register has them, the words by which they are found, and the school census."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0004_a_place_has_words_of_its_own"),
    ]

    operations = [
        # Organisations' names are compared by it too, so that it stays when this is taken back.
        migrations.RunSQL("CREATE EXTENSION IF NOT EXISTS pg_trgm", migrations.RunSQL.noop),
        migrations.CreateModel(
            name="School",
            fields=[
                (
                    "urn",
                    models.PositiveIntegerField(
                        primary_key=True, serialize=False, verbose_name="register number"
                    ),
                ),
                ("name", models.CharField(max_length=160, verbose_name="name")),
                ("search_name", models.CharField(editable=False, max_length=160)),
                ("kind", models.CharField(blank=True, max_length=80, verbose_name="kind")),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nursery", "Nursery"),
                            ("primary", "Primary"),
                            ("middle-primary", "Middle, primary years"),
                            ("secondary", "Secondary"),
                            ("middle-secondary", "Middle, secondary years"),
                            ("all-through", "All-through"),
                            ("sixteen", "16 and over"),
                        ],
                        max_length=16,
                        verbose_name="phase",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("closing", "Open, but may close"),
                            ("closed", "Closed"),
                            ("proposed", "Not open yet"),
                        ],
                        max_length=8,
                        verbose_name="status",
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True, verbose_name="opened on")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="closed on")),
                ("street", models.CharField(blank=True, max_length=120, verbose_name="street")),
                ("locality", models.CharField(blank=True, max_length=120, verbose_name="part of town")),
                ("town", models.CharField(blank=True, max_length=80, verbose_name="town")),
                ("postcode", models.CharField(blank=True, max_length=8, verbose_name="postcode")),
                ("authority", models.CharField(blank=True, max_length=80, verbose_name="council")),
                ("area_code", models.CharField(blank=True, max_length=9, verbose_name="local authority")),
                ("latitude", models.FloatField(blank=True, null=True)),
                ("longitude", models.FloatField(blank=True, null=True)),
                (
                    "gender",
                    models.CharField(
                        blank=True,
                        choices=[("mixed", "Girls and boys"), ("girls", "Girls"), ("boys", "Boys")],
                        max_length=5,
                        verbose_name="girls or boys",
                    ),
                ),
                (
                    "age_from",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="from age"),
                ),
                ("age_to", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="to age")),
                ("pupils", models.PositiveIntegerField(blank=True, null=True, verbose_name="pupils")),
                (
                    "free_meals",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="may have free meals, %",
                    ),
                ),
                (
                    "found_by",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("search_name"),
                            models.F("town"),
                            models.F("authority"),
                            template="to_tsvector('simple', search_name || ' ' || translate(town || ' ' || authority, '''’.', ''))",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "school",
                "verbose_name_plural": "schools",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fastupdate=False, fields=["found_by"], name="school_by_words"
                    ),
                    models.Index(fields=["area_code", "name"], name="school_by_area"),
                    models.Index(fields=["latitude", "longitude"], name="school_by_position"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("urn__gte", 100000), ("urn__lte", 999999)),
                        name="school_urn_has_six_digits",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("search_name", ""), _negated=True),
                        ),
                        name="school_has_a_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "phase__in",
                                [
                                    "",
                                    "nursery",
                                    "primary",
                                    "middle-primary",
                                    "secondary",
                                    "middle-secondary",
                                    "all-through",
                                    "sixteen",
                                ],
                            )
                        ),
                        name="school_phase_is_known_or_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["open", "closing", "closed", "proposed"])),
                        name="school_status_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("gender__in", ["", "mixed", "girls", "boys"])),
                        name="school_gender_is_known_or_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "open"), _negated=True), ("closed_on", None), _connector="OR"
                        ),
                        name="school_open_has_not_closed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("opened_on", None),
                            ("closed_on", None),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="school_closes_after_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("age_from", None),
                            ("age_to", None),
                            ("age_to__gte", models.F("age_from")),
                            _connector="OR",
                        ),
                        name="school_ages_run_upwards",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_meals", None),
                            models.Q(("free_meals__gte", 0), ("free_meals__lte", 100)),
                            _connector="OR",
                        ),
                        name="school_free_meals_are_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("latitude__isnull", True), ("longitude__isnull", True)),
                            models.Q(("latitude__isnull", False), ("longitude__isnull", False)),
                            _connector="OR",
                        ),
                        name="school_position_is_whole",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolWord",
            fields=[
                (
                    "word",
                    models.CharField(db_collation="C", max_length=160, primary_key=True, serialize=False),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["word"],
                        name="school_word_by_likeness",
                        opclasses=["gist_trgm_ops(siglen=32)"],
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SchoolPupils",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        help_text="The year in which it begins: 2024 for 2024/25.", verbose_name="school year"
                    ),
                ),
                ("headcount", models.PositiveIntegerField(blank=True, null=True, verbose_name="pupils")),
                (
                    "free_meals",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=5,
                        null=True,
                        verbose_name="may have free meals, %",
                    ),
                ),
                ("groups", models.JSONField(default=dict, verbose_name="by ethnic group")),
                (
                    "school",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="census", to="places.school"
                    ),
                ),
            ],
            options={
                "verbose_name": "pupils of a school",
                "verbose_name_plural": "pupils of schools",
                "constraints": [
                    models.UniqueConstraint(fields=("school", "year"), name="pupils_once_a_school_and_year"),
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 2000), ("year__lte", 2099)),
                        name="pupils_year_is_a_year",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("free_meals", None),
                            models.Q(("free_meals__gte", 0), ("free_meals__lte", 100)),
                            _connector="OR",
                        ),
                        name="pupils_free_meals_are_a_percentage",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Func(
                                models.F("groups"),
                                models.Value('$.* ? (@.type() != "null" && (@.type() != "number" || @ < 0))'),
                                output_field=models.BooleanField(),
                                template="jsonb_path_exists(%(expressions)s::jsonpath)",
                            ),
                            _negated=True,
                        ),
                        name="pupils_groups_are_numbers_or_unknown",
                    ),
                ],
            },
        ),
    ]
