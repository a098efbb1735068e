"""Cards show the notice of their next date without another query."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0007_feeds_read_the_index_alone")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="notices",
            field=models.JSONField(
                default=dict,
                help_text="What a coming date says before all else, by the minute at which it starts.",
            ),
        ),
    ]
