"""Names that a family recognises among its calendars."""

import datetime

import pytest

from events.feeds import naming
from events.query import Known, Query
from places.near import Near

TODAY = datetime.date(2026, 11, 23)
HX1 = Near("HX1", 53.725, -1.864, "HX1@53.725,-1.864")
KNOWN = Known(
    types={"football": "Football", "bmx": "BMX", "choir": "Choir"},
    access={"step-free": "Step-free way in"},
    languages={"urdu": "Urdu", "polish": "Polish"},
    aims={"english": "Practise English"},
    places={"calderdale": "Calderdale"},
)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (Query(), "Things to do"),
        (
            Query(types=("football",), ages=(12,), free=True, near=HX1, radius=5),
            "Free football for 12-year-olds within 5 miles of HX1",
        ),
        (Query(types=("bmx", "choir")), "BMX and choir"),
        (Query(near=HX1, radius=1), "Things to do within 1 mile of HX1"),
        (Query(near=HX1, radius=2.5), "Things to do within 2.5 miles of HX1"),
        (Query(places=("calderdale",)), "Things to do in Calderdale"),
        (Query(audiences=("girls",), ages=(9, 12)), "Things to do for girls aged 9 and 12"),
        (Query(languages=("polish", "urdu")), "Things to do in Polish and Urdu"),
        (
            Query(days=("tue", "thu"), times=("evening",)),
            "Things to do on Tuesday and Thursday in the evening",
        ),
        (Query(days=("sat",), times=("morning",)), "Things to do on Saturday in the morning"),
        (Query(times=("afterschool",)), "Things to do after school"),
        (Query(access=("step-free",)), "Things to do with step-free way in"),
        (Query(aims=("english",)), "Things to do to “Practise English”"),
        (Query(q="dragons", free=True), "Free things to do about “dragons”"),
        (Query(alone=True), "Things to do without an adult"),
        (Query(ages=(11,), as_of=(2025, 9)), "Things to do for 12-year-olds"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_name_says_what_was_asked(query: Query, name: str) -> None:
    assert naming.of_query(query, KNOWN, [], TODAY) == name


def test_organisers_are_named() -> None:
    assert (
        naming.of_query(Query(), KNOWN, ["Juniors", "Choir"], TODAY) == "Things to do with Juniors and Choir"
    )
