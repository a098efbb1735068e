from django.db import migrations


class Migration(migrations.Migration):
    """Django gives every text key a second index for LIKE, which a column in the C collation does not need.

    For 2.7 million postcodes it would cost 80 MB and some seconds of every import.
    """

    dependencies = [("places", "0001_first_models")]

    operations = [
        migrations.RunSQL(
            "DROP INDEX IF EXISTS places_postcode_code_f0423afa_like, places_outcode_code_713b5aa6_like",
            migrations.RunSQL.noop,
        ),
    ]
