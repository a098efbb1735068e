from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("events", "0017_registers_keep_sums"),
    ]

    operations = [
        migrations.AddField(
            model_name="batchtaken",
            name="mark",
            field=models.UUIDField(null=True),
        ),
    ]
