"""Cards show the notice of their next date without another query."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0005_words_need_no_index")]

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
