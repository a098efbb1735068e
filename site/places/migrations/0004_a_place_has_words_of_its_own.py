"""What a place's own page opens with, in its officers' words."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0003_terms_may_move_together")]

    operations = [
        migrations.AddField(
            model_name="place",
            name="introduction",
            field=models.CharField(
                blank=True,
                default="",
                help_text="One or two sentences about young people’s life here: they open the place’s own page.",
                max_length=240,
                verbose_name="introduction",
            ),
            preserve_default=False,
        ),
    ]
