import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

# Nobody could be asked before, so what is public now counts as confirmed on the day of this migration; lists keep
# it for 180 days from then on, as they do after any other confirmation.
PUBLISHED = """
    UPDATE events_activity activity SET confirmed_on = (now() AT TIME ZONE 'Europe/London')::date
    FROM wagtailcore_page page
    WHERE page.id = activity.page_ptr_id AND page.first_published_at IS NOT NULL
"""
LISTED = "UPDATE events_listing SET public_until = LEAST(public_until, confirmed_on + 179)"


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0011_timetables_that_organisers_bring"),
    ]

    operations = [
        migrations.AddField(
            model_name="activity",
            name="confirmed_on",
            field=models.DateField(
                editable=False,
                help_text="When its people said last that it is right; empty until it goes live for the first time.",
                null=True,
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="confirmed_on",
            field=models.DateField(
                default=timezone.localdate, help_text="When its people said last that it is right."
            ),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="listing",
            name="public_until",
            field=models.DateField(
                help_text="The last day in lists: of the host's declaration, or of the last confirmation."
            ),
        ),
        migrations.CreateModel(
            name="ConfirmationRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("season", models.DateField(verbose_name="season")),
                (
                    "activity",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="confirmation_requests",
                        to="events.activity",
                    ),
                ),
            ],
            options={
                "verbose_name": "request to confirm",
                "verbose_name_plural": "requests to confirm",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("activity", "season"), name="confirmation_asked_once_a_season"
                    )
                ],
            },
        ),
        migrations.RunSQL(PUBLISHED, migrations.RunSQL.noop),
        migrations.RunSQL(LISTED, migrations.RunSQL.noop),
    ]
