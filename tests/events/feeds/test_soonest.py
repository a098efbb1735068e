"""The largest feeds are picked from memory, and are what the database would give."""

import datetime
import gzip
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from events.actions import occurrences, publishing
from events.feeds import assembling, phrases, questions, reading, remembering, soonest
from events.models import Activity, Occurrence
from organisations.actions import verification
from places.clock import LONDON
from tests.events.conftest import NOW
from tests.events.feeds import readers
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

ALL = "/activities/calendar.ics"
MOST, SPARE = 6, 3
Clock = Callable[[datetime.datetime], None]


@pytest.fixture(autouse=True)
def most(monkeypatch: pytest.MonkeyPatch) -> None:
    """A calendar is full with six dates."""
    for module in (questions, reading, soonest):
        monkeypatch.setattr(module, "MOST", MOST)
    monkeypatch.setattr(soonest, "SPARE", SPARE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who asked the database for dates."""
    names: list[str] = []

    def named(name: str, read: Callable[..., reading.Dates]) -> Callable[..., reading.Dates]:
        def asks(*args: object, **how: object) -> reading.Dates:
            names.append(name)
            return read(*args, **how)

        return asks

    for name in ("read", "soonest"):
        monkeypatch.setattr(reading, name, named(name, getattr(reading, name)))
    return names


@pytest.fixture
def from_database(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], bytes]:
    """The same feed without what is in memory."""

    def get_anew(address: str) -> bytes:
        remembering.memory.clear()
        with monkeypatch.context() as patch:
            patch.setattr(soonest.keeper, "picked", lambda *_: None)
            content = get(address)
        remembering.memory.clear()
        return content

    return get_anew


def get(address: str, **headers: str) -> bytes:
    response = Client().get(address, headers=headers)
    assert response.status_code == 200
    return response.content


def titles(content: bytes) -> list[str]:
    return [event.summary for event in readers.events(content)]


def fill() -> list[Activity]:
    """Four that meet weekly, five times, from Tuesday, 12 January on."""
    return [
        make_activity(title, age_from=age_from, age_to=19, rules=[make_rule(times=5)])
        for title, age_from in (("Football", 5), ("Choir", 5), ("Chess", 5), ("Boxing", 14))
    ]


def test_another_question_for_most_of_it_asks_no_more(asked: list[str]) -> None:
    fill()
    assert titles(get(ALL)) == ["Football", "Choir", "Chess", "Boxing", "Football", "Choir"]
    assert asked == ["soonest"]
    assert titles(get(f"{ALL}?age=9")) == ["Football", "Choir", "Chess", "Football", "Choir", "Chess"]
    assert asked == ["soonest"]


@pytest.mark.parametrize(
    "question",
    ["", "?age=9", "?age=9&cancelled=show", "?age=15", "?organiser=nobody", "?alone=1"],
)
def test_what_is_picked_is_what_the_database_gives(
    question: str, from_database: Callable[[str], bytes]
) -> None:
    football, *_ = fill()
    date = Occurrence.objects.filter(activity=football).earliest("starts_at")
    occurrences.cancel(occurrence=date, reason="Hall shut", by=make_staff())
    get(ALL)
    assert get(ALL + question) == from_database(ALL + question)


@pytest.mark.parametrize(
    "question", ["?day=tue", "?time=evening", "?next=10", "?age=15&day=tue", "?pick={pick}", "?type=chess"]
)
def test_days_and_few_activities_and_files_are_asked_of_the_database(question: str, asked: list[str]) -> None:
    pick = fill()[0].uuid
    get(ALL + question.format(pick=pick))
    assert asked == ["read"]


def test_where_too_little_is_left_of_what_is_in_memory_the_database_is_asked(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(soonest, "SPARE", 0)
    fill()
    assert titles(get(f"{ALL}?age=9")) == ["Football", "Choir", "Chess", "Football", "Choir", "Chess"]
    assert asked == ["soonest", "read"]


def test_fewer_dates_than_a_calendar_holds_are_read_once_with_those_that_are_over(
    asked: list[str], clock: Clock
) -> None:
    make_activity("Football", rules=[make_rule(times=5)])
    clock(NOW + datetime.timedelta(days=20))
    assert len(titles(get(ALL))) == 5
    assert asked == ["read"]


def test_a_change_is_in_the_very_next_reading(asked: list[str]) -> None:
    football, *_ = fill()
    get(ALL)
    football.title = "Football for all"
    football.save_revision()
    publishing.publish(activity=Activity.objects.get(pk=football.pk), by=make_staff())
    assert titles(get(ALL)).count("Football for all") == 2
    assert asked == ["soonest", "soonest"]


@pytest.mark.parametrize("question", ["", "?cancelled=show", "?age=9"])
@pytest.mark.parametrize("a_piece", [1, 2, 3, 5, 6])
def test_pieces_together_are_the_whole(question: str, a_piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    football, *_ = fill()
    date = Occurrence.objects.filter(activity=football).earliest("starts_at")
    occurrences.cancel(occurrence=date, reason="Hall shut", by=make_staff())
    address = ALL + question
    in_one = Client().get(address)
    remembering.memory.clear()
    monkeypatch.setattr(assembling, "A_PIECE", a_piece)
    zipped = Client().get(address, headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(zipped.content) == in_one.content == get(address)
    head = Client().head(address)
    assert (head.content, dict(head.headers)) == (b"", dict(in_one.headers))


def test_another_day_is_read_anew(asked: list[str], clock: Clock) -> None:
    fill()
    get(ALL)
    clock(datetime.datetime(2027, 1, 13, 0, 1, tzinfo=LONDON))
    assert [event.starts_at.day for event in readers.events(get(ALL))] == [19, 19, 19, 19, 26, 26]
    assert asked == ["soonest", "soonest"]


def test_who_has_lapsed_meanwhile_is_not_named(clock: Clock) -> None:
    fill()
    until = NOW.date() + datetime.timedelta(days=1)
    make_activity("Rugby", host=make_organisation(declaration_until=until), rules=[make_rule(times=5)])
    assert "Rugby" in titles(get(ALL))
    clock(NOW + datetime.timedelta(days=2))
    said = titles(get(ALL))
    assert "Rugby" not in said
    assert any(title.startswith("No longer listed here") for title in said)


def test_who_is_suspended_is_not_named_at_once() -> None:
    football, *_ = fill()
    get(ALL)
    verification.suspend(organisation=football.host, reason="A concern", by=make_staff())
    assert "Football" not in titles(get(ALL))


def test_another_renderer_or_address_renders_as_the_feed_goes(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill()
    assert b"http://localhost:8000/organisers/" in get(ALL)
    monkeypatch.setattr(phrases, "RENDERER", phrases.RENDERER + 1)
    settings.PUBLIC_ADDRESS = "https://new.example"
    content = get(ALL)
    assert b"localhost" not in content
    assert len(titles(content)) == MOST
