import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("places", "0002_one_index_is_enough_for_codes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="term",
            name="term_overlaps_no_other_of_the_place",
        ),
        migrations.AddConstraint(
            model_name="term",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
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
        ),
    ]
