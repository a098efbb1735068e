"""A date that is over was held, unless somebody called it off; and nobody is told anything new."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from events import nightly
from events.actions import extending, occurrences
from events.feeds import entries, remembering
from events.models import Activity, CalendarEntry, Occurrence
from places.clock import LONDON
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_venue
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

HALFWAY = datetime.datetime(2026, 12, 29, 17, tzinfo=LONDON)
"""While the last of the six is on."""
Clock = Callable[[datetime.datetime], None]


@pytest.fixture
def activity() -> Activity:
    """Six Tuesdays from tomorrow: as planned, at another time, elsewhere, cancelled, withdrawn, on now."""
    rules = [make_rule(first_date=datetime.date(2026, 11, 24), times=6)]
    made = make_activity("Football", rules=rules)
    dates = list(made.occurrences.order_by("starts_at"))
    staff, hour = make_staff(), datetime.timedelta(hours=1)
    later = {"starts_at": dates[1].starts_at + hour, "ends_at": dates[1].ends_at + hour}
    occurrences.move(occurrence=dates[1], by=staff, reason="The hall is late", **later)
    same = {"starts_at": dates[2].starts_at, "ends_at": dates[2].ends_at}
    occurrences.move(occurrence=dates[2], by=staff, venue=make_venue(made.host), **same)
    occurrences.cancel(occurrence=dates[3], by=staff, reason="Snow")
    Occurrence.objects.filter(pk=dates[4].pk).update(state="cancelled", withdrawn=True)
    entries.write(made, now=dates[0].starts_at)
    return made


def states(activity: Activity) -> list[str]:
    return list(activity.occurrences.order_by("rule_date").values_list("state", flat=True))


def calendar(activity: Activity) -> bytes:
    remembering.memory.clear()
    return Client().get(f"/activities/{activity.uuid}/calendar.ics").content


def test_what_is_over_is_held_and_what_was_called_off_is_not(activity: Activity, clock: Clock) -> None:
    before = ["scheduled", "moved", "moved", "cancelled", "cancelled", "scheduled"]
    assert states(activity) == before
    clock(HALFWAY)
    assert nightly.hold_past_dates(dry_run=True) == 3
    assert states(activity) == before
    assert nightly.hold_past_dates(dry_run=False) == 3
    assert states(activity) == ["held", "held", "held", "cancelled", "cancelled", "scheduled"]
    assert nightly.hold_past_dates(dry_run=False) == 0
    clock(HALFWAY + datetime.timedelta(hours=1))
    assert nightly.hold_past_dates(dry_run=False) == 1
    assert states(activity)[-1] == "held"


def test_holding_raises_no_sequence_and_changes_no_byte_of_a_feed(activity: Activity, clock: Clock) -> None:
    clock(HALFWAY)
    body = calendar(activity)
    histories = list(CalendarEntry.objects.order_by("pk").values_list("sequence", "meaning", "changed_at"))
    extending.hold_past_dates(now=HALFWAY)
    assert calendar(activity) == body
    assert entries.write_many([activity.pk], now=HALFWAY) == 0
    after = CalendarEntry.objects.order_by("pk").values_list("sequence", "meaning", "changed_at")
    assert list(after) == histories
    assert calendar(activity) == body
    assert body.count(b"SUMMARY:MOVED: Football") == 2


def test_dates_that_were_never_public_are_not_called_held(activity: Activity) -> None:
    Occurrence.objects.filter(activity=activity).update(public_since=None)
    assert extending.hold_past_dates(now=HALFWAY) == 0


def test_settling_again_leaves_held_dates_alone(activity: Activity, clock: Clock) -> None:
    clock(HALFWAY)
    extending.hold_past_dates(now=HALFWAY)
    held = list(Occurrence.objects.filter(state="held").order_by("pk").values())
    activity.get_latest_revision().publish()
    assert list(Occurrence.objects.filter(state="held").order_by("pk").values()) == held
    assert extending.extend_dates(now=HALFWAY) == 0
