"""The month's overview: what its days say and where they lead."""

import datetime

from events.browsing.overview import Cell, overview
from events.query import Query
from events.search.meetings import Month
from tests.events.search.test_finding import LONDON

TODAY = datetime.date(2026, 12, 9)
MIDNIGHT = datetime.datetime(2026, 12, 9, tzinfo=LONDON)


def december(**fields):
    return Month(
        **{
            "first": datetime.date(2026, 12, 1),
            "meetings": [],
            "activities": {TODAY: 1, datetime.date(2026, 12, 19): 4},
            "pages_of": {TODAY: 1, datetime.date(2026, 12, 19): 2},
            "total": 5,
            "pages": 2,
            "opens": MIDNIGHT,
            "closes": MIDNIGHT,
            "suits": {},
            "earlier": None,
            "later": datetime.date(2027, 1, 1),
            **fields,
        }
    )


def cells(query, month):
    return {cell.number: cell for week in overview(query, month, TODAY).weeks for cell in week if cell}


def test_day_says_how_much_is_on_and_leads_to_it():
    found = cells(Query(view="calendar", free=True), december())
    assert found[9] == Cell(9, 1, "Today, 9 December, 1 activity", "#day-2026-12-09", is_today=True)
    assert found[19] == Cell(
        19, 4, "19 December, 4 activities", "?free=1&view=calendar&month=2026-12&page=2#day-2026-12-19"
    )
    assert found[20] == Cell(20)


def test_weeks_begin_on_monday_and_those_that_are_over_are_left_out():
    weeks = overview(Query(), december(), TODAY).weeks
    assert [[cell and cell.number for cell in week] for week in weeks] == [
        [7, 8, 9, 10, 11, 12, 13],
        [14, 15, 16, 17, 18, 19, 20],
        [21, 22, 23, 24, 25, 26, 27],
        [28, 29, 30, 31, None, None, None],
    ]


def test_other_months_are_named_as_far_as_needed():
    query = Query(view="calendar", ages=(9,))
    near = overview(query, december(), TODAY)
    assert near.earlier is None
    assert (near.later.label, near.later.href) == ("January", "?age=9&view=calendar&month=2027-01")
    far = overview(query, december(later=datetime.date(2027, 3, 1)), TODAY)
    assert far.later.label == "March 2027"


def test_overview_names_its_month_and_weekdays():
    found = overview(Query(), december(), TODAY)
    assert found.title == "December 2026"
    assert found.weekdays[0] == ("Mon", "Monday")
