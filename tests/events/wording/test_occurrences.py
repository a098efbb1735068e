"""A coming date and its state in words."""

import datetime

import pytest

from events.models import Occurrence, State
from events.wording.occurrences import date_line, moment_words
from organisations.models import Venue

NOW = datetime.datetime(2027, 3, 22, 12, tzinfo=datetime.UTC)  # a Monday
VENUE = Venue(pk=1, name="Spring Hall", town="Halifax", postcode="HX3 0AQ", latitude=53.7, longitude=-1.8)


def make_date(**fields: object) -> Occurrence:
    """Tomorrow, 4:30 to 6 pm."""
    return Occurrence(
        **{
            "starts_at": datetime.datetime(2027, 3, 23, 16, 30, tzinfo=datetime.UTC),
            "ends_at": datetime.datetime(2027, 3, 23, 18, tzinfo=datetime.UTC),
            "venue": VENUE,
            **fields,
        }
    )


def test_plain_date_says_when_alone() -> None:
    line = date_line(make_date(reason="left from before"), now=NOW, usual_venue=1)
    assert (line.when, line.starts) == ("Tomorrow, 4:30–6 pm", "2027-03-23T16:30+00:00")
    assert (line.cancelled, line.moved_from, line.reason, line.venue, line.on_now) == (
        False,
        "",
        "",
        "",
        False,
    )


def test_times_of_a_date_stay_together_where_it_is_shown() -> None:
    line = date_line(make_date(), now=NOW, usual_venue=1)
    assert line.shown == 'Tomorrow, <span class="times">4:30–6 pm</span>'
    night = date_line(
        make_date(ends_at=datetime.datetime(2027, 3, 24, 8, tzinfo=datetime.UTC)), now=NOW, usual_venue=1
    )
    assert night.shown == night.when == "Tomorrow, 4:30 pm to Wednesday, 8 am"


def test_cancelled_date_says_why() -> None:
    line = date_line(make_date(state=State.CANCELLED, reason="The hall is flooded"), now=NOW, usual_venue=1)
    assert (line.cancelled, line.reason) == (True, "The hall is flooded")


def test_moved_date_says_when_it_was_and_another_venue_where() -> None:
    before = datetime.datetime(2027, 3, 30, 15, 30, tzinfo=datetime.UTC)
    line = date_line(make_date(state=State.MOVED, moved_from=before), now=NOW, usual_venue=2)
    assert line.moved_from == "Tue 30 March, 4:30 pm"
    assert line.venue == "Spring Hall, Halifax, HX3\N{NO-BREAK SPACE}0AQ"


@pytest.mark.parametrize(
    ("day", "said"), [(22, "today"), (23, "tomorrow"), (24, "Wednesday"), (21, "Sun 21 March")]
)
def test_day_before_a_move_stands_within_a_sentence(day: int, said: str) -> None:
    moment = datetime.datetime(2027, 3, day, 10, tzinfo=datetime.UTC)
    assert moment_words(moment, NOW.date()) == f"{said}, 10 am"


def test_date_that_was_moved_to_another_place_alone_says_no_other_time() -> None:
    moved = make_date(state=State.MOVED, moved_from=make_date().starts_at)
    line = date_line(moved, now=NOW, usual_venue=2)
    assert (line.moved_from, line.elsewhere, line.as_usual) == ("", True, False)
    assert line.venue == "Spring Hall, Halifax, HX3\N{NO-BREAK SPACE}0AQ"
    longer = date_line(moved, now=NOW, usual_venue=1)
    assert (longer.moved_from, longer.elsewhere, longer.as_usual) == ("", False, True)


@pytest.mark.parametrize(("minute", "on"), [(29, False), (30, True)])
def test_date_that_has_begun_is_on_now(minute: int, on: bool) -> None:
    now = datetime.datetime(2027, 3, 23, 16, minute, tzinfo=datetime.UTC)
    assert date_line(make_date(), now=now, usual_venue=1).on_now is on
