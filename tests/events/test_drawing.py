"""Drawing count days: pure, so tried on dates made at random."""

import datetime
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from events.drawing import draw, in_term, season_of

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2035, 12, 31))


@given(st.lists(DAYS, unique=True).map(sorted), st.integers(0, 5), st.integers(0, 2**64 - 1))
def test_draw_gives_so_many_different_dates_in_their_order(dates, number, seed):
    drawn = draw(dates, number, seed)
    assert len(drawn) == min(number, len(dates))
    assert drawn == [day for day in dates if day in set(drawn)]
    assert draw(dates, number, seed) == drawn


def test_each_date_is_drawn_as_often_as_any_other():
    drawn = Counter(day for seed in range(12_000) for day in draw(range(12), 2, seed))
    assert set(drawn) == set(range(12))
    assert all(1_800 < times < 2_200 for times in drawn.values())


@given(DAYS)
def test_every_day_lies_in_one_season_that_the_next_follows(day):
    begins, ends = season_of(day)
    assert begins <= day < ends
    assert season_of(begins) == (begins, ends)
    assert season_of(ends)[0] == ends
    assert 89 <= (ends - begins).days <= 153


@given(st.lists(DAYS), st.lists(st.tuples(DAYS, DAYS)))
def test_dates_in_terms_are_those_within_one_or_all_where_none_is(days, terms):
    kept = in_term(days, terms)
    inside = [day for day in days if any(first <= day <= last for first, last in terms)]
    assert kept == (inside if inside else days)
