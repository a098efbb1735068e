"""Audit rows are only ever added: the database itself refuses to change or remove one."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE ON accounts_auditentry
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit();
"""
ALLOW = """
DROP TRIGGER audit_is_append_only ON accounts_auditentry;
DROP FUNCTION refuse_to_change_audit();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_first_models")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
