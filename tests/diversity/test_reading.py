"""What a register may be read as, and what is kept back."""

from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diversity import reading
from diversity.categories import EDITION
from diversity.disclosure import FEWEST_OWN, SMALL
from diversity.reading import Advice, Base, Figure, Gap, Meeting, Reading, Session, Silence, Standing

EVERY = range(5)
CALDERDALE = Base(EVERY, [21720, 1455, 4021, 1597, 177833])
PUPILS = Base(EVERY, [9000, 700, 1800, 500, 23000])
APART = Base([0, 1, 4], [9000, 700, 23000])
MIXED = Session([12, 1, 3, 0, 24], not_stated=2, came=42)
NUMBERS = ("groups", "chance", "pooled", "mostly", "base", "compared", "gap")


def numbers_in(read: Reading) -> list[str]:
    return [name for name in NUMBERS if getattr(read, name) is not None] + ["meetings"] * len(read.meetings)


def test_session_reads_all_six_lines():
    read = reading.of_session(MIXED, CALDERDALE)
    assert (read.held, read.count_days, read.came, read.answered, read.response) == (1, 1, 42, 40, 40 / 42)
    assert read.groups == [12, SMALL, SMALL, 0, 24]
    assert (read.chance, read.bounds) == (Figure(0.55, 0.45, 0.7), False)
    assert (read.base, read.compared) == (0.25, Figure(2.3, 1.8, 2.7))
    assert read.gap == Gap(0.25, 0.05)
    assert read.meetings == [Meeting(0, 0.7, 0.9), Meeting(4, 0.4, 0.15)]
    assert read.advice == [Advice.WHO_IS_MISSING, Advice.MEET_AGAIN]


def test_open_session_tells_only_how_many_answered():
    read = reading.of_session(Session([12, 1, 3, 0, 24], came=42, is_open=True), CALDERDALE)
    assert (read.silence, read.answered, numbers_in(read)) == (Silence.OPEN, 40, [])


@pytest.mark.parametrize(
    ("session", "silence"),
    [
        (Session([0, 0, 0, 0, 0], came=42), Silence.FEW_ANSWERED),
        (Session([0, 0, 0, 0, 0]), Silence.NOBODY_ASKED),
        (Session([10, 9, 0, 0, 0]), Silence.TOO_FEW),
        (Session([10, 10, 0, 0, 0], not_stated=9), Silence.FEW_ANSWERED),
        (Session([10, 10, 0, 0, 0], came=29), Silence.FEW_ANSWERED),
        (Session([10, 10, 0, 0, 0], came=28), None),
        (Session([10, 10, 0, 0, 0]), None),
    ],
)
def test_nothing_is_shown_below_the_thresholds(session: Session, silence: Silence | None):
    days = [session]
    if not session.is_count_day and session.came:
        days = [Session(session.counts, not_stated=session.came)]
    read = reading.of_series(days, CALDERDALE)
    assert read.silence == silence
    assert bool(numbers_in(read)) == (silence is None)


def test_response_between_70_and_90_shows_what_the_silent_could_be():
    read = reading.of_session(Session([10, 10, 5, 0, 0], not_stated=5), CALDERDALE)
    assert (read.bounds, read.chance) == (True, Figure(0.65, 0.65, 0.75))
    assert Advice.ASK_AGAIN in read.advice


def test_small_club_has_words_from_three_count_days_and_no_number():
    two = [Session([3, 0, 0, 0, 4], came=7)] * 2
    three = [Session([3, 0, 0, 0, 4], came=7)] * 3
    assert reading.of_series(two, PUPILS).standing is None
    read = reading.of_series(three, PUPILS)
    assert (read.silence, read.standing, numbers_in(read)) == (Silence.TOO_FEW, Standing.ABOUT, [])
    alone = reading.of_series([Session([0, 0, 0, 0, 7], came=7)] * 3, PUPILS)
    assert alone.standing == Standing.WELL_BELOW
    mixed = reading.of_series([Session([2, 2, 1, 1, 1], came=7)] * 3, PUPILS)
    assert mixed.standing == Standing.ABOVE


def test_weekly_club_of_fifteen_never_becomes_large():
    """Attendances are not people."""
    term = [Session([5, 0, 0, 0, 10], came=15)] * 12
    assert reading.of_series(term, PUPILS).silence == Silence.TOO_FEW


def test_series_that_alternates_single_groups_is_told():
    days = [Session([20, 0, 0, 0, 0]), Session([0, 0, 0, 0, 20])] * 2
    read = reading.of_series(days, PUPILS)
    assert read.chance is not None
    assert (read.chance.value, read.pooled, read.alternates) == (0, 0.5, True)
    assert read.advice[0] == Advice.SAME_SESSION


def test_series_of_mostly_one_group_is_told():
    read = reading.of_series([Session([1, 0, 0, 0, 30])] * 2, PUPILS)
    assert (read.mostly, read.advice) == (4, [Advice.ONE_GROUP])
    assert reading.of_series([Session([10, 0, 0, 0, 30])] * 2, PUPILS).mostly is None


def test_ratio_needs_a_base_that_is_mixed_enough():
    hardly = Base(EVERY, [10, 0, 0, 0, 100])
    assert not hardly.is_mixed
    read = reading.of_session(MIXED, hardly)
    assert (read.compared, read.base) == (None, 0.15)
    assert reading.of_session(MIXED, None).gap is None


def test_base_that_tells_fewer_groups_apart_is_compared_with_those_alone():
    read = reading.of_session(Session([12, 0, 10, 0, 24]), APART)
    alone = reading.of_session(Session([12, 0, 0, 0, 24]), APART)
    assert (read.compared, read.gap) == (alone.compared, alone.gap)
    assert read.chance != alone.chance
    asian, mixed, white = read.meetings
    assert (asian.expected, mixed.expected, white.expected) == (0.7, None, 0.3)
    assert asian.chance == round(24 / 35 * 20) / 20
    assert mixed.chance == round(36 / 45 * 20) / 20


def test_people_of_several_series_are_those_of_each_ones_largest_session():
    """Two clubs of twelve are twenty-four people, however often they meet; one of them alone is too small."""
    club = [Session([4, 0, 0, 0, 8], came=12)] * 5
    assert reading.of_series(club, PUPILS).silence == Silence.TOO_FEW
    read = reading.of_several([club, club, []], PUPILS)
    assert (read.held, read.answered, read.groups) == (10, 120, [8, 0, 0, 0, 16])


@st.composite
def series(draw: st.DrawFn) -> list[Session]:
    count = st.integers(0, 30)
    day = st.builds(
        Session,
        counts=st.lists(count, min_size=5, max_size=5),
        not_stated=st.integers(0, 20),
        came=st.none() | st.integers(0, 200),
        is_open=st.booleans(),
    )
    return draw(st.lists(day, max_size=6))


# A year of days is drawn slowly where others use the machine.
@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(series(), st.none() | st.just(CALDERDALE) | st.just(PUPILS) | st.just(APART))
def test_any_series_is_read_and_kept_to_the_rules(days: list[Session], base: Base | None):
    read = reading.of_series(days, base)
    closed = [day for day in days if not day.is_open and day.answered]
    people = sum(max(column) for column in zip(*(day.counts for day in closed), strict=True)) if closed else 0
    if read.silence is not None:
        assert numbers_in(read) == []
        return
    assert people >= FEWEST_OWN
    assert read.response is not None
    assert read.response >= reading.LEAST_RESPONSE
    assert read.chance is not None
    assert 0 <= read.chance.low <= read.chance.value <= read.chance.high <= 1
    assert read.standing is None
    assert {field.name for field in fields(read)} >= set(NUMBERS)


def test_a_group_that_is_told_as_a_range_has_no_meetings():
    """Of 39 who answered, whom the 15 meet would tell that they are 15, and so that the small group is 4."""
    read = reading.of_session(Session([20, 15, 4, 0, 0], came=39))
    assert read.groups == [20, (15, 18), SMALL, 0, 0]
    assert [meeting.group for meeting in read.meetings] == [0]


def test_bounds_count_every_day_on_which_anybody_came():
    """A day on which nobody answered could have been of any groups."""
    answered = [Session([12, 8, 0, 0, 0], came=20)] * 9
    silent = Session([0, 0, 0, 0, 0], not_stated=40, came=40)
    read = reading.of_series([*answered, silent])
    assert (read.response, read.bounds) == (180 / 220, True)
    pairs, silent_pairs = 9 * 20 * 19, 40 * 39
    same = 9 * (12 * 11 + 8 * 7)
    lowest, highest = (1 - (same + alike) / (pairs + silent_pairs) for alike in (silent_pairs, 5 * 8 * 7))
    assert (read.chance.low, read.chance.high) == (round(lowest * 20) / 20, round(highest * 20) / 20)


def test_a_value_lies_in_its_own_bounds():
    """It weighs sessions by those who answered, its bounds by everybody who came."""
    series = [Session([0, 0, 0, 0, 20]), Session([5, 0, 0, 10, 6], not_stated=12)]
    read = reading.of_series(series)
    assert read.bounds
    assert read.chance.low <= read.chance.value <= read.chance.high


def test_a_session_says_how_often_its_series_met():
    session = Session([12, 10, 0, 20, 0], came=42)
    assert (reading.of_session(session).held, reading.of_session(session, held=5).held) == (1, 5)
    assert Advice.MEET_AGAIN in reading.of_session(session).advice
    assert Advice.MEET_AGAIN not in reading.of_session(session, held=5).advice


def test_who_came_to_an_announced_count_day_and_was_not_asked_is_silent():
    asked, unasked = Session([12, 8, 0, 0, 0], came=20), Session([0] * 5, came=30, announced=True)
    assert not Session([0] * 5, announced=True).is_count_day
    read = reading.of_series([asked, unasked])
    assert (read.count_days, read.response, read.silence) == (2, 0.4, Silence.FEW_ANSWERED)


def test_two_lists_are_never_in_one_ratio():
    old, new = Session([12, 12, 12, 0, 0]), Session([12, 0, 24], edition=2)
    with pytest.raises(ValueError, match="two lists"):
        reading.of_session(new, CALDERDALE)
    second = Base([0, 1, 2], [50, 30, 20], edition=2)
    assert reading.of_session(new, second).compared == Figure(0.7, 0.6, 0.9)
    with pytest.raises(ValueError, match="two lists"):
        reading.of_series([old, old, new], second)
    read = reading.of_series([old, old, new, Session([], came=5, edition=3)], CALDERDALE)
    alone = reading.of_series([old, old], CALDERDALE)
    assert (read.held, read.came, read.apart, read.edition, alone.apart) == (4, 5, 1, 1, 0)
    assert [getattr(read, name) for name in NUMBERS] == [getattr(alone, name) for name in NUMBERS]


def test_sessions_are_read_by_the_list_of_most_count_days_and_of_as_many_the_newest():
    old, new, heads = Session([5, 0]), Session([5], edition=2), Session([], came=9, edition=3)
    assert reading.edition_of([[old, old, new]]) == 1
    assert reading.edition_of([[old], [new]]) == 2
    assert reading.edition_of([[old, heads, heads]]) == 1
    assert reading.edition_of([[heads]]) == 3
    assert reading.edition_of([[old, Session([5], edition=2, is_open=True)]]) == 1
    assert reading.edition_of([]) == EDITION
