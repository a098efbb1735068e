from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0010_letters_wait_until_they_have_gone"),
    ]

    operations = [
        migrations.AlterField(
            model_name="organisationpage",
            name="safeguarding_contact",
            field=models.CharField(
                blank=True, editable=False, max_length=160, verbose_name="safeguarding lead"
            ),
        ),
    ]
