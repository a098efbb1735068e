"""A register keeps what its counters say of groups. The nightly step counts those that are there already."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0016_count_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="register",
            name="groups",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveIntegerField(),
                blank=True,
                help_text="People by ethnic group, and not stated, as `events.actions.sums` counts them.",
                null=True,
                size=6,
            ),
        ),
    ]
