"""The demonstration's year of registers tells what it is there to tell."""

import datetime

import pytest

from diversity import reading as readings
from diversity.reading import Silence, Standing
from events.actions import vocabularies
from events.answers import opening
from events.mixing import sessions
from events.models import AnswerCode, Occurrence, Register, State
from mingle.demo import attendance, reading
from mingle.demo.reading import same_every_time
from organisations.models import Organisation, Role
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met
from tests.factories.organisations import make_organisation, make_place, make_venue
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)
PUPILS = readings.Base(range(5), [9000, 700, 1800, 23000, 500])


@pytest.fixture
def read(frozen_now) -> dict[str, readings.Reading]:
    """What each series of the demonstration reads, of a year of weekly dates in term time."""
    host = make_organisation()
    found = {}
    for line in reading.attendance()["series"]:
        uuid = same_every_time("activity", line["organisation"], line["title"])
        activity = make_activity(line["title"], host=host, uuid=uuid)
        for week in range(1, 50):
            make_met(activity, 7 * week)
        found[line["tells"]] = activity
    attendance.record(host.place, frozen_now)
    return {
        tells: readings.of_series(
            [
                met.session
                for met in sessions.with_registers(Occurrence.objects.filter(activity=each), frozen_now)
            ],
            PUPILS,
        )
        for tells, each in found.items()
    }


@pytest.fixture
def frozen_now(monkeypatch: pytest.MonkeyPatch) -> datetime.datetime:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    return NOW


def test_each_series_tells_what_it_is_for(read: dict[str, readings.Reading]):
    well = read["mixes well"]
    assert (well.silence, well.alternates, well.mostly, well.chance.value >= 0.55) == (
        None,
        False,
        None,
        True,
    )
    turns = read["alternates single groups"]
    assert (turns.alternates, turns.chance.value <= 0.1) == (True, True)
    small = read["is too small"]
    assert (small.silence, small.standing in set(Standing)) == (Silence.TOO_FEW, True)
    assert read["answers too little"].silence == Silence.FEW_ANSWERED
    assert read["is mostly one group"].mostly == 3


def test_second_start_adds_nothing(read: dict[str, readings.Reading], frozen_now: datetime.datetime):
    place = Occurrence.objects.first().activity.host.place
    known = Register.objects.count()
    assert (known, attendance.record(place, frozen_now)) == (5 * 49, 0)


@pytest.mark.parametrize("hour", ["00:05", "09:00", "17:30", "23:59"])
def test_some_session_is_open_at_every_hour(monkeypatch: pytest.MonkeyPatch, hour: str):
    at = datetime.datetime.fromisoformat(f"2026-11-27T{hour}:00+00:00")
    when = attendance._when(at)
    start, end = when["at"].split("-")
    assert start <= hour
    assert start < end
    assert (end > hour) == (hour != "23:59")
    ended = datetime.datetime.fromisoformat(f"2026-11-27T{end}:00+00:00")
    assert at < ended + opening.AFTER


def test_named_series_are_activities_of_the_demonstration():
    hosts = reading.organisations()
    make_place()
    for line in reading.attendance()["series"]:
        assert line["title"] in {each["title"] for each in hosts[line["organisation"]]["activity"]}
        assert sum(line["shares"]) == 100


def test_session_is_open_at_every_start_and_dates_that_were_stay(monkeypatch: pytest.MonkeyPatch):
    """Until its organisation is suspended; then nothing is put on."""
    vocabularies.add_missing()
    host = make_organisation(slug="crossways-youth")
    make_member(host, Role.OWNER)
    line = reading.attendance()["open"]
    make_venue(host, uuid=same_every_time("venue", line["venue"]))
    opened = []
    for day, hour in ((23, 10), (23, 11), (24, 22)):
        now = datetime.datetime(2026, 11, day, hour, 3, tzinfo=datetime.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=now: at)
        opened.append(attendance.keep_one_open(now))
        assert opened[-1].starts_at <= now < opened[-1].ends_at
        assert opened[-1].register.counters.count() > 3
        assert opening.takes_answers(Occurrence.objects.get(pk=opened[-1].pk), now)
        code = AnswerCode.objects.get(activity=opened[-1].activity).code
        assert opening.find(code, now).now == opened[-1]
    first, again, other = opened
    assert (first == again, first == other) == (True, False)
    assert Occurrence.objects.get(pk=first.pk).state == State.SCHEDULED
    Organisation.objects.update(state="suspended")
    assert attendance.keep_one_open(now) is None
