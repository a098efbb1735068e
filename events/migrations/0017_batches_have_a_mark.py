from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0016_count_days"),
    ]

    operations = [
        migrations.AddField(
            model_name="batchtaken",
            name="mark",
            field=models.UUIDField(null=True),
        ),
    ]
