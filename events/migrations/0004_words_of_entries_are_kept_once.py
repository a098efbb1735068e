"""Words that many dates share move out of their entries.

Entries of before are let go: `render_feeds` makes what is missing.
"""

import django.db.models.deletion
from django.db import migrations, models

LET_ENTRIES_GO = "DELETE FROM events_calendarentry"


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0003_entries_know_how_long_they_may_be_shown"),
    ]

    operations = [
        migrations.RunSQL(LET_ENTRIES_GO, migrations.RunSQL.noop),
        migrations.CreateModel(
            name="CalendarWords",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("digest", models.BinaryField(help_text="SHA-256 of the text.", max_length=32)),
                ("renderer", models.PositiveSmallIntegerField()),
                ("address", models.CharField(max_length=200)),
                ("text", models.TextField()),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="events.activity"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "digest"), name="calendar_words_once_an_activity"
                    )
                ],
            },
        ),
        migrations.RemoveField(model_name="calendarentry", name="address"),
        migrations.RemoveField(model_name="calendarentry", name="renderer"),
        migrations.AddField(
            model_name="calendarentry",
            name="words",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="events.calendarwords",
            ),
        ),
        migrations.AddIndex(
            model_name="calendarentry",
            index=models.Index(fields=["starts_at", "occurrence"], name="entry_by_start"),
        ),
        migrations.RunSQL(migrations.RunSQL.noop, LET_ENTRIES_GO),
    ]
