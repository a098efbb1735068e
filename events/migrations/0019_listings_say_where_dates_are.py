"""A date is found at the venue where it is. Until a listing is written again, all its dates count as being at the
activity's own venue, as they did."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("events", "0018_batches_have_a_mark")]

    operations = [
        migrations.AddField(
            model_name="listing",
            name="elsewhere",
            field=models.JSONField(
                default=list,
                help_text="Other venues of coming dates: name, town, position, and the answers on access.",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="spots",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.IntegerField(),
                default=list,
                help_text="Where each is: 0 the activity's venue, 1 the first elsewhere. Empty where all are 0.",
                size=None,
            ),
        ),
    ]
