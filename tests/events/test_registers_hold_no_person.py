"""No row about a person who came exists anywhere: the schema, the logs and what recording writes prove it."""

import datetime
import re
import runpy
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.db import connection
from django.urls import reverse
from gunicorn.config import Config

from events.actions import registers
from events.actions.registers import Batch
from events.models import Occurrence
from tests.factories.activities import make_activity
from tests.factories.answers import code_of, send
from tests.factories.count_days import make_count_day
from tests.factories.people import make_member
from tests.organisations.wall.rows import snapshot

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]

# Every table that points at a session, its register or a counter, with all its columns. A new one, or a new
# column, has to be looked at by a person and named here with what it holds.
POINT_AT_A_SESSION = {
    "events_register": {"occurrence_id", "came", "edition", "closed_at", "groups"},
    "events_counter": {"register_id", "question", "source", "answer", "number"},
    # No answer is in it, and no person.
    "events_batchtaken": {"device", "number", "occurrence_id", "mark", "taken_at"},
    # While the form behind the code takes answers: how many came in, and the key that is thrown away then.
    "events_answersession": {"register_id", "key", "sent"},
    # The only row that one answer makes. It has no answer, time or device, and goes with the session.
    "events_answertoken": {"register_id", "digest"},
    # About dates.
    "events_countday": {
        *("id", "activity_id", "season", "number", "occurrence_id"),
        *("drawn_at", "announced_at", "moved_from_id"),
    },
    "events_calendarentry": {
        *("occurrence_id", "activity_id", "starts_at", "sequence", "meaning"),
        *("changed_at", "public_until", "words_id", "text"),
    },
}

# What is written when somebody takes a register. Audit entries tell of numbers that were put right.
WRITTEN_BY_AN_ANSWER = {
    *("events_register", "events_counter"),
    *("events_answersession", "events_answertoken"),
}
WRITTEN_BY_COUNTING = {"events_register", "events_counter", "events_batchtaken"}


def rows(statement: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def columns(table: str) -> set[str]:
    found = rows(
        "SELECT column_name FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s",
        table,
    )
    return {name for (name,) in found}


def pointing_at(table: str) -> set[str]:
    """Tables with a foreign key to it, by the database's own catalogue."""
    found = rows(
        "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confrelid = %s::regclass",
        table,
    )
    return {name for (name,) in found}


@pytest.fixture
def session(clock) -> Occurrence:
    occurrence = Occurrence.objects.filter(activity=make_activity()).first()
    clock(occurrence.starts_at)
    make_count_day(occurrence)
    return occurrence


def test_every_table_that_points_at_a_session_is_known_column_by_column():
    pointing = set().union(*map(pointing_at, ("events_occurrence", "events_register", "events_counter")))
    assert {table: columns(table) for table in pointing} == POINT_AT_A_SESSION


def test_counters_are_one_row_for_an_answer_whoever_gives_it():
    found = rows(
        "SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
        "AND a.attnum = ANY(i.indkey) WHERE i.indrelid = 'events_counter'::regclass AND i.indisprimary"
    )
    assert {name for (name,) in found} == {"register_id", "question", "source", "answer"}
    assert pointing_at("events_counter") == set()


def test_two_crowds_with_the_same_totals_leave_the_same_rows(clock):
    """Who said what together cannot be told: it was never there."""

    def left_by(crowd: list[tuple[str, str]]) -> list[tuple]:
        session = Occurrence.objects.filter(activity=make_activity()).first()
        clock(session.starts_at)
        make_count_day(session)
        by = make_member(session.activity.host)
        before = set(snapshot().items())
        for number, (group, age) in enumerate(crowd, start=1):
            changes = {"came": 1, f"group:{group}": 1, f"age:{age}": 1}
            batch = Batch(uuid.uuid4(), number)
            registers.count(occurrence=session, changes=changes, by=by, batch=batch)
        written = {table for (table, _key), _digest in set(snapshot().items()) - before}
        assert written == WRITTEN_BY_COUNTING
        counters = "SELECT question, source, answer, number FROM events_counter WHERE register_id = %s"
        assert rows("SELECT came FROM events_register WHERE occurrence_id = %s", session.pk) == [(4,)]
        return sorted(rows(counters, session.pk))

    groups, ages = ("asian", "asian", "white", "white"), ("8-10", "8-10", "11-13", "11-13")
    one = left_by(list(zip(groups, ages, strict=True)))
    other = left_by(list(zip(groups, reversed(ages), strict=True)))
    assert one == other
    assert [number for *_answer, number in one] == [2, 2, 2, 2]


def test_page_and_undo_leave_nothing_but_counts_and_corrections(client, session):
    client.force_login(make_member(session.activity.host))
    address = reverse("register", args=[session.uuid])
    client.get(address)  # the token of the forms is made
    before = set(snapshot().items())
    steps = ["came+", "group:asian+", "group:asian-"]
    for step in steps:
        client.post(address, {"device": str(uuid.uuid4()), "step": step}, follow=True)
    written = {table for (table, _key), _digest in set(snapshot().items()) - before}
    assert written == WRITTEN_BY_COUNTING | {"accounts_auditentry"}
    ((details,),) = rows("SELECT details::text FROM accounts_auditentry WHERE action = 'register.corrected'")
    assert '"group:asian": [1, 0]' in details


def test_logs_keep_neither_query_nor_body_nor_browser():
    """The address of a page that tells what was saved carries it after a question mark."""
    ours = runpy.run_path(str(ROOT / "gunicorn.conf.py"))["access_log_format"]
    assert set(re.findall(r"%\(([^)]+)\)s", ours)) == {"t", "m", "U", "s", "B", "M"}
    proxy = (ROOT / "docs" / "nginx.conf").read_text()
    (said,) = re.findall(r"log_format \w+ '([^']*)'", proxy)
    assert set(re.findall(r"\$\w+", said)) == {
        *("$remote_addr", "$time_iso8601", "$request_method", "$uri", "$status", "$body_bytes_sent"),
    }
    assert "access_log /var/log/nginx/mingle.log paths if=$written_down;" in proxy
    assert re.search(r"map \$uri \$written_down \{\s+default 1;\s+~\^/r/ 0;\s+~\^/concern 0;\s+\}", proxy)


def test_our_log_has_no_line_for_an_answer(tmp_path: Path):
    """Its time beside counters that grow would tell what one person said."""
    ours = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    log, said = tmp_path / "access.log", Config()
    said.set("accesslog", str(log))
    said.set("access_log_format", ours["access_log_format"])
    said.set("logger_class", ours["logger_class"])
    kept = said.logger_class(said)
    asked, answered = SimpleNamespace(headers=[]), SimpleNamespace(status="200 OK", sent=9, headers=[])
    for path in ("/r/23456789", "/activities/", "/r/23456789/kiosk"):
        environ = {
            "PATH_INFO": path,
            "REQUEST_METHOD": "POST",
            "RAW_URI": path,
            "SERVER_PROTOCOL": "HTTP/1.1",
        }
        kept.access(answered, asked, environ, datetime.timedelta(milliseconds=3))
    kept.close_on_exec()
    assert [line.split('"')[1] for line in log.read_text().splitlines()] == ["POST /activities/"]


def test_an_answer_writes_counters_and_the_digest_of_its_form_and_nothing_else(client, session):
    address = f"/r/{code_of(session.activity)}"
    before = set(snapshot().items())
    assert send(client, address, group="asian", age="11-13").status_code == 200
    written = {table for (table, _key), _digest in set(snapshot().items()) - before}
    assert written == WRITTEN_BY_AN_ANSWER
    assert not client.cookies


def test_addresses_of_registers_hold_a_date_and_nothing_else():
    names = ("registers_in_phone", "registers_ready", "registers_token", "register_batches")
    assert [*map(reverse, names), reverse("register", args=[uuid.UUID(int=1)])] == [
        "/organise/registers/",
        "/organise/registers/ready/",
        "/organise/registers/token/",
        "/organise/registers/batches/",
        "/organise/registers/00000000-0000-0000-0000-000000000001/",
    ]
