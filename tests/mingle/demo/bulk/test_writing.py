"""Publishing thirty activities through the actions and at once leaves the same rows in every table.

What must differ is left out or put in order of appearance, and nothing else:

- ids that chance gives: of dates, translations, log and audit rows. Each is named by the order in which it
  appears, so that what refers to it must refer to the same row;
- a table's own running number where other tables do not refer to it, because publishing one by one fills
  several tables in turn;
- `title_norm` of Wagtail's search index: the length of a title by the average of all titles at that moment.

The clock stands still, so no moment differs.
"""

import datetime
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from events.actions import publishing, vocabularies
from events.models import Activity
from mingle.demo import activities
from mingle.demo.bulk import material, writing
from organisations.models import OrganisationPage
from tests.events.conftest import NOW
from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_officer

THIRTY = range(30)
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
NUMBERED_FOR_ITSELF = {
    "accounts_auditentry",
    "events_activity_aims",
    "events_activity_languages",
    "modelsearch_indexentry",
    "organisations_generation",
    "wagtailcore_pagelogentry",
    "wagtailcore_referenceindex",
}
A_STATISTIC = {("modelsearch_indexentry", "title_norm")}

Rows = dict[str, list[dict[str, Any]]]


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    vocabularies.add_missing()
    hosts = [make_organisation() for _ in range(3)]
    venues = [make_venue(hosts[0]) for _ in range(4)]
    return {"hosts": hosts, "venues": venues, "by": make_officer(hosts[0].place)}


def test_thirty_activities_made_both_ways_are_the_same_rows(
    world: dict[str, Any], django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    def one_by_one() -> None:
        for draft in _drafts(world):
            with django_capture_on_commit_callbacks(execute=True):
                activities.save(draft, world["by"])
            with django_capture_on_commit_callbacks(execute=True):
                publishing.publish(activity=Activity.objects.get(pk=draft.pk), by=world["by"])

    def at_once() -> None:
        writing.publish(_drafts(world), by=world["by"], now=NOW)

    before = _rows(frozenset())
    known = frozenset(UUID.findall(json.dumps(before)))
    first = _after(one_by_one, known)
    second = _after(at_once, known)
    assert len(first["events_occurrence"]) == 30 * material.DATES_EACH
    assert {table for table in first if len(first[table]) != len(before[table])} == {
        "accounts_auditentry",
        "events_activity",
        "events_activity_aims",
        "events_activity_languages",
        "events_activityaccess",
        "events_calendarentry",
        "events_calendarwords",
        "events_listing",
        "events_occurrence",
        "events_schedulerule",
        "modelsearch_indexentry",
        "organisations_generation",
        "wagtailcore_page",
        "wagtailcore_pagelogentry",
        "wagtailcore_referenceindex",
        "wagtailcore_revision",
    }
    for table in first:
        assert second[table] == first[table], (table, _differences(first[table], second[table]))


def test_what_is_added_later_stands_after_what_was_there(world: dict[str, Any]) -> None:
    drafts = _drafts(world)
    writing.publish(drafts[:15], by=world["by"], now=NOW)
    writing.publish(drafts[15:], by=world["by"], now=NOW)
    page = OrganisationPage.objects.get(organisation=world["hosts"][0])
    assert page.numchild == page.get_children().count() == 10
    assert OrganisationPage.find_problems() == ([], [], [], [], [])


def _drafts(world: dict[str, Any]) -> list[Activity]:
    today = datetime.date(NOW.year, NOW.month, NOW.day)
    return list(material.drafts(THIRTY, **world, today=today))


def _after(change: Callable[[], None], known: frozenset[str]) -> Rows:
    """The rows that the change leaves; then all is as it was, the next keys too."""
    keys = _next_keys()
    with transaction.atomic():
        change()
        rows = _rows(known)
        transaction.set_rollback(True)
    with connection.cursor() as cursor:
        for name, (value, called) in keys.items():
            cursor.execute("SELECT setval(%s, %s, %s)", [name, value, called])
    return rows


def _rows(known: frozenset[str]) -> Rows:
    """Every table's, as JSON has them, with names in place of ids that chance gave, known ones apart."""
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        return (
            found.group() if found.group() in known else names.setdefault(found.group(), f"id {len(names)}")
        )

    def nameless(found: re.Match[str]) -> str:
        return found.group() if found.group() in known else ""

    result: Rows = {}
    for table in _tables():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t')
            rows = [_kept(table, json.loads(text)) for (text,) in cursor.fetchall()]
        rows.sort(key=lambda row: UUID.sub(nameless, json.dumps(row, sort_keys=True)))
        result[table] = rows if not known else json.loads(UUID.sub(named, json.dumps(rows)))
    return result


def _differences(first: list[dict[str, Any]], second: list[dict[str, Any]]) -> str:
    """Of the first row that differs, the columns, and within a column of JSON its parts."""
    a, b = next(((a, b) for a, b in zip(first, second, strict=False) if a != b), ({}, {}))
    flat = [
        {**row, **row.get("content", {})} if isinstance(row.get("content"), dict) else row for row in (a, b)
    ]
    names = {name for row in flat for name in row} - {"content"}
    return str(
        {
            name: tuple(row.get(name) for row in flat)
            for name in names
            if flat[0].get(name) != flat[1].get(name)
        }
    )


def _tables() -> list[str]:
    """Dates first: their ids stand in the texts of entries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        tables = [name for (name,) in cursor.fetchall()]
    return sorted(tables, key=lambda name: name != "events_occurrence")


def _kept(table: str, row: dict[str, Any]) -> dict[str, Any]:
    if table in NUMBERED_FOR_ITSELF:
        row.pop("id")
    return {column: value for column, value in row.items() if (table, column) not in A_STATISTIC}


def _next_keys() -> dict[str, tuple[int, bool]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(sequencename) FROM pg_sequences WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        found = {}
        for name in names:
            cursor.execute(f"SELECT last_value, is_called FROM {name}")
            found[name] = cursor.fetchone()
    return found
