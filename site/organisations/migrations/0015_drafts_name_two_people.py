"""Drafts of declarations that name one person as lead and deputy ask for the deputy again.

What was signed so stays as it was signed until it runs out, and counts as read.
"""

from django.db import migrations

ASK_AGAIN = r"""
UPDATE organisations_declaration SET
    deputy_name = CASE WHEN signed_at IS NULL THEN '' ELSE deputy_name END,
    read_at = CASE WHEN signed_at IS NULL THEN read_at ELSE coalesce(read_at, signed_at) END
WHERE lead_name <> '' AND lower(btrim(regexp_replace(lead_name, '\s+', ' ', 'g')))
    = lower(btrim(regexp_replace(deputy_name, '\s+', ' ', 'g')));
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0014_what_is_forgotten_names_nobody")]
    operations = [migrations.RunSQL(ASK_AGAIN, migrations.RunSQL.noop)]
