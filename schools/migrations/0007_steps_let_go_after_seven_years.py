"""After seven years a step of a twinning lets go who took it. Nothing else of it ever changes, no step goes, and
nobody empties the table at once."""

from django.db import migrations

LET_GO = """
CREATE OR REPLACE FUNCTION refuse_to_change_twinning_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.at < statement_timestamp() - interval '7 years' AND NEW.by_id IS NULL
            AND to_jsonb(NEW) - 'by_id' = to_jsonb(OLD) - 'by_id'
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'steps of twinnings are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER twinning_steps_are_never_emptied BEFORE TRUNCATE ON schools_twinningstep
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_twinning_steps();
"""
NEVER = """
DROP TRIGGER twinning_steps_are_never_emptied ON schools_twinningstep;
CREATE OR REPLACE FUNCTION refuse_to_change_twinning_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps of twinnings are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("schools", "0006_letters_on_paper")]
    operations = [migrations.RunSQL(LET_GO, NEVER)]
