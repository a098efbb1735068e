"""What stayed behind of people in what is forgotten or replaced.

Older versions of organisations' pages keep no name of a safeguarding lead: whom a page names is whom the
organisation declares now, and it goes with the declaration. A concern whose words are gone names no handler.
"""

from django.db import migrations

LEADS = """
UPDATE wagtailcore_revision SET content = jsonb_set(content, '{safeguarding_contact}', '""')
WHERE content_type_id IN (
    SELECT id FROM django_content_type WHERE app_label = 'organisations' AND model = 'organisationpage'
) AND content ->> 'safeguarding_contact' <> '';
"""
HANDLERS = "UPDATE organisations_concern SET handler_id = NULL WHERE forgotten_at IS NOT NULL;"


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0013_readings_go_after_seven_years"),
        ("wagtailcore", "0098_apitoken"),
    ]
    operations = [
        migrations.RunSQL(LEADS, migrations.RunSQL.noop),
        migrations.RunSQL(HANDLERS, migrations.RunSQL.noop),
    ]
