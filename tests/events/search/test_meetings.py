"""The calendar's months: what meets, on which day, and what there is before and after."""

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.query import Query, meets
from events.search.meetings import A_PAGE, month
from tests.events.search.test_finding import LONDON, NEAR, NOW, TODMORDEN, at, make_row, roaming, snapshot_of

MARCH, APRIL, JUNE = (datetime.date(2027, each, 1) for each in (3, 4, 6))


def on(number, day, hour=16):
    return datetime.datetime(2027, number, day, hour, 30, tzinfo=LONDON)


def shown(query, *rows, now=NOW):
    return [(meeting.key, meeting.starts_at) for meeting in month(query, snapshot_of(*rows), now).meetings]


def test_meetings_stand_in_the_order_of_time():
    rows = [make_row(1, [at(5), at(12)]), make_row(2, [at(5, 9), at(12, 18)])]
    assert shown(Query(), *rows) == [(2, at(5, 9)), (1, at(5)), (1, at(12)), (2, at(12, 18))]


def test_month_is_that_of_the_first_date_unless_another_is_asked_for():
    rows = [make_row(1, [on(4, 2), on(4, 30), on(6, 1)])]
    first = month(Query(), snapshot_of(*rows), NOW)
    assert (first.first, first.total) == (APRIL, 2)
    asked = month(Query(month=JUNE), snapshot_of(*rows), NOW)
    assert (asked.first, asked.total) == (JUNE, 1)


def test_ways_to_other_months_lead_where_something_is():
    rows = [make_row(1, [at(5), on(6, 1)]), make_row(2, [on(7, 1)], free=False)]

    def ways(query):
        found = month(query, snapshot_of(*rows), NOW)
        return found.earlier, found.later

    assert ways(Query()) == (None, JUNE)
    assert ways(Query(month=JUNE)) == (datetime.date(2027, 5, 1), datetime.date(2027, 7, 1))
    assert ways(Query(month=JUNE, free=True)) == (datetime.date(2027, 5, 1), None)
    assert ways(Query(last_day=datetime.date(2027, 5, 31))) == (None, None)
    assert ways(Query(first_day=datetime.date(2027, 6, 1), month=MARCH)) == (None, JUNE)


def test_month_without_anything_is_empty():
    found = month(Query(month=APRIL), snapshot_of(make_row(1, [at(5)])), NOW)
    assert (found.meetings, found.activities, found.total, found.pages) == ([], {}, 0, 1)


def test_only_what_was_asked_for_is_shown():
    rows = [
        make_row(1, [at(4, 10), at(5, 19), at(12, 19)]),
        make_row(2, [at(5, 19)], public=False),
        make_row(3, [at(5, 19)], type="choir"),
    ]
    assert shown(Query(types=("football",), days=("fri",), times=("evening",)), *rows) == [
        (1, at(5, 19)),
        (1, at(12, 19)),
    ]
    assert shown(Query(types=("football",), last_day=at(5).date()), *rows) == [(1, at(4, 10)), (1, at(5, 19))]


def test_days_count_activities_not_meetings():
    rows = [make_row(1, [at(5, 9), at(5)]), make_row(2, [at(5), at(6)])]
    found = month(Query(), snapshot_of(*rows), NOW)
    assert found.activities == {at(5).date(): 2, at(6).date(): 1}
    assert found.total == 4


def test_what_goes_on_since_before_stands_under_today():
    start, now = at(2, 10), at(3, 12)
    row = make_row(1, [start])
    long = make_row(1, [start], ends=row.ends[:-4] + (int.from_bytes(row.ends[-4:]) + 3 * 1440).to_bytes(4))
    found = month(Query(), snapshot_of(long), now)
    assert [(each.day, each.starts_at) for each in found.meetings] == [(now.date(), start)]
    assert found.activities == {now.date(): 1}


def test_pages_hold_a_hundred_and_each_knows_its_time():
    many = [on(4, 1 + number // 10, 8 + number % 10) for number in range(A_PAGE + 20)]
    snapshot = snapshot_of(make_row(1, many))
    first = month(Query(), snapshot, NOW)
    second = month(Query(page=2), snapshot, NOW)
    assert (len(first.meetings), len(second.meetings)) == (A_PAGE, 20)
    assert (first.total, first.pages) == (A_PAGE + 20, 2)
    assert first.closes == second.opens == second.meetings[0].starts_at
    assert second.closes == datetime.datetime(2027, 5, 1, tzinfo=LONDON)
    assert first.pages_of[datetime.date(2027, 4, 10)] == 1
    assert first.pages_of[datetime.date(2027, 4, 11)] == 2
    assert month(Query(page=3), snapshot, NOW).meetings == []


def test_only_dates_that_are_near_are_shown():
    found = month(Query(near=TODMORDEN, radius=2), snapshot_of(roaming(), make_row(2, [at(10)])), NOW)
    assert [(each.key, each.starts_at) for each in found.meetings] == [(1, at(11)), (1, at(18))]
    assert found.activities == {at(11).date(): 1, at(18).date(): 1}


def test_month_says_which_child_it_suits():
    rows = [make_row(1, [at(5)], age_from=5, age_to=8), make_row(2, [at(6)], age_from=5, age_to=14)]
    found = month(Query(ages=(7, 12), near=NEAR, radius=5), snapshot_of(*rows), NOW)
    assert found.suits == {1: (7,), 2: (7, 12)}


DATES = st.lists(
    st.builds(on, st.sampled_from([3, 4, 5]), st.integers(4, 28), st.integers(8, 20)),
    max_size=12,
    unique=True,
)


@pytest.mark.parametrize("query", [Query(), Query(days=("mon", "sat"), times=("evening",)), Query(free=True)])
@given(st.lists(st.tuples(DATES, st.booleans()), min_size=1, max_size=5))
@settings(deadline=None)
def test_month_holds_what_looking_through_every_date_would_find(query, activities):
    rows = [make_row(key, dates, free=free) for key, (dates, free) in enumerate(activities)]
    expected = sorted(
        (date, key)
        for key, (dates, free) in enumerate(activities)
        for date in dates
        if date.month == 4 and meets(date, days=query.days, times=query.times) and (free or not query.free)
    )
    found = month(query.changed(month=APRIL), snapshot_of(*rows), NOW)
    assert [(each.starts_at, each.key) for each in found.meetings] == expected
    assert found.activities == {
        day: len({key for date, key in expected if date.date() == day})
        for day in {date.date() for date, _ in expected}
    }
