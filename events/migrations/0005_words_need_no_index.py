"""Typing errors are forgiven in memory, against the words that are listed: no query looks into them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0004_words_of_entries_are_kept_once"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_by_words",
        ),
        migrations.AlterField(
            model_name="listing",
            name="words",
            field=models.TextField(
                help_text="Every word once, lower case, without accents: typing errors are forgiven against them in memory."
            ),
        ),
    ]
