"""What is signed, in its first version. The database refuses to change a version: names stand below it."""

import datetime

from django.db import migrations

WORDS = """\
What we say here is true on the day we sign it.
We have written rules for keeping children safe. Everybody who helps has read them.
One person leads on keeping children safe, and a second stands in for them. Both have been trained.
We check the adults who work with children in the way the law of our nation asks.
We are insured for what we run.
When a child tells us something, or we are worried about an adult, we pass it on the same day. We do not look \
into it by ourselves.
We say so here at once when any of this changes.
We know that our activities leave this site when what we say is no longer true, or has run out.
"""
REFUSE = """
CREATE FUNCTION refuse_to_change_declaration_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a text that people sign never changes: add a version'
        USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER declaration_text_never_changes BEFORE UPDATE ON organisations_declarationtext
    FOR EACH ROW WHEN (OLD IS DISTINCT FROM NEW) EXECUTE FUNCTION refuse_to_change_declaration_text();
CREATE TRIGGER declaration_text_never_leaves BEFORE DELETE ON organisations_declarationtext
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_declaration_text();
"""
ALLOW = """
DROP TRIGGER declaration_text_never_changes ON organisations_declarationtext;
DROP TRIGGER declaration_text_never_leaves ON organisations_declarationtext;
DROP FUNCTION refuse_to_change_declaration_text();
"""


def write(apps, schema_editor):
    apps.get_model("organisations", "DeclarationText").objects.create(
        version=1, words=WORDS, since=datetime.date(2026, 11, 26)
    )


class Migration(migrations.Migration):
    dependencies = [("organisations", "0004_a_declaration_is_signed")]
    operations = [
        migrations.RunPython(write, migrations.RunPython.noop),
        migrations.RunSQL(REFUSE, ALLOW),
    ]
