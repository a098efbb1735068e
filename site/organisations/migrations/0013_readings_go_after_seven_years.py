"""Who has read a concern is known for seven years: then a row may go, and never changes. Nobody empties that table
at once, nor the one of the texts that people have signed."""

from django.db import migrations

LET_GO = """
CREATE OR REPLACE FUNCTION refuse_to_change_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF OLD.at < statement_timestamp() - interval '7 years' THEN
            RETURN OLD;
        END IF;
    END IF;
    RAISE EXCEPTION 'who has read a concern is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER readings_are_never_emptied BEFORE TRUNCATE ON organisations_concernreading
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_readings();
CREATE TRIGGER declaration_texts_are_never_emptied BEFORE TRUNCATE ON organisations_declarationtext
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_declaration_text();
"""
NEVER = """
DROP TRIGGER declaration_texts_are_never_emptied ON organisations_declarationtext;
DROP TRIGGER readings_are_never_emptied ON organisations_concernreading;
CREATE OR REPLACE FUNCTION refuse_to_change_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who has read a concern is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0012_leads_are_whom_it_declares")]
    operations = [migrations.RunSQL(LET_GO, NEVER)]
