"""After seven years a row of the audit trail lets go who acted, about whom, and what they wrote. Nothing else of it
ever changes, no row goes, and nobody empties the table at once."""

from django.db import migrations

LET_GO = """
CREATE OR REPLACE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    personal text[] := '{by_id,reason,details}';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF OLD.at < statement_timestamp() - interval '7 years'
            AND NEW.by_id IS NULL AND NEW.reason = '' AND NEW.details = OLD.details - 'person'
            AND to_jsonb(NEW) - personal = to_jsonb(OLD) - personal
        THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_is_never_emptied BEFORE TRUNCATE ON accounts_auditentry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit();
"""
NEVER = """
DROP TRIGGER audit_is_never_emptied ON accounts_auditentry;
CREATE OR REPLACE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_sign_ins_can_be_ended")]
    operations = [migrations.RunSQL(LET_GO, NEVER)]
