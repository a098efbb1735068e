"""Who has read a concern is only ever added to: the database itself refuses to change or remove a row."""

from django.db import migrations

REFUSE = """
CREATE FUNCTION refuse_to_change_readings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'who has read a concern is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER readings_are_append_only BEFORE UPDATE OR DELETE ON organisations_concernreading
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_readings();
"""
ALLOW = """
DROP TRIGGER readings_are_append_only ON organisations_concernreading;
DROP FUNCTION refuse_to_change_readings();
"""


class Migration(migrations.Migration):
    dependencies = [("organisations", "0002_concerns_and_who_reads_them")]
    operations = [migrations.RunSQL(REFUSE, ALLOW)]
