"""Organisations that are here already have shown what they do; those that come are new."""

from django.db import migrations, models

HELP = "How many of its first activities an officer has yet to approve."


def field(default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(default=default, editable=False, help_text=HELP)


class Migration(migrations.Migration):
    dependencies = [("organisations", "0006_somebody_applies")]
    operations = [
        migrations.AddField(model_name="organisation", name="reviews_left", field=field(0)),
        migrations.AlterField(model_name="organisation", name="reviews_left", field=field(3)),
    ]
