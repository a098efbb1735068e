"""The database holds every school to its number of running twinnings, and refuses to change a step.

Two transactions that start a twinning of the same school wait for each other: each takes both schools' locks, the
lower number first, and counts only then, so that it sees what the other has committed.
"""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION hold_school_to_its_links(asked integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    running integer;
    most integer;
BEGIN
    SELECT count(*) INTO running FROM schools_twinning
        WHERE state = 'running' AND (first_id = asked OR second_id = asked);
    SELECT coalesce((SELECT l.most FROM schools_linklimit l WHERE l.school_id = asked), 3) INTO most;
    IF running > most THEN
        RAISE EXCEPTION 'school % runs more twinnings than it has chosen', asked
            USING ERRCODE = 'check_violation', CONSTRAINT = 'twinning_within_the_limit', TABLE = 'schools_twinning';
    END IF;
END $$;

CREATE FUNCTION hold_twinning_to_the_links() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('twinning_within_the_limit'), NEW.first_id);
    PERFORM pg_advisory_xact_lock(hashtext('twinning_within_the_limit'), NEW.second_id);
    PERFORM hold_school_to_its_links(NEW.first_id);
    PERFORM hold_school_to_its_links(NEW.second_id);
    RETURN NULL;
END $$;
CREATE TRIGGER twinning_within_the_limit AFTER INSERT OR UPDATE ON schools_twinning
    FOR EACH ROW WHEN (NEW.state = 'running') EXECUTE FUNCTION hold_twinning_to_the_links();

CREATE FUNCTION hold_limit_to_the_links() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    school integer := CASE WHEN TG_OP = 'DELETE' THEN OLD.school_id ELSE NEW.school_id END;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('twinning_within_the_limit'), school);
    PERFORM hold_school_to_its_links(school);
    RETURN NULL;
END $$;
CREATE TRIGGER limit_holds_what_runs AFTER INSERT OR UPDATE OR DELETE ON schools_linklimit
    FOR EACH ROW EXECUTE FUNCTION hold_limit_to_the_links();

CREATE FUNCTION refuse_to_change_twinning_steps() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'steps of twinnings are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER twinning_steps_are_append_only BEFORE UPDATE OR DELETE ON schools_twinningstep
    FOR EACH ROW EXECUTE FUNCTION refuse_to_change_twinning_steps();
"""
BACKWARDS = """
DROP TRIGGER twinning_steps_are_append_only ON schools_twinningstep;
DROP FUNCTION refuse_to_change_twinning_steps();
DROP TRIGGER limit_holds_what_runs ON schools_linklimit;
DROP FUNCTION hold_limit_to_the_links();
DROP TRIGGER twinning_within_the_limit ON schools_twinning;
DROP FUNCTION hold_twinning_to_the_links();
DROP FUNCTION hold_school_to_its_links(integer);
"""


class Migration(migrations.Migration):
    dependencies = [("schools", "0002_schools_have_twinnings")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
