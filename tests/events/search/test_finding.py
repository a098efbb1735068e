"""The index finds and counts what going through every activity by hand would find and count."""

import datetime
import json
import uuid
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.index import Snapshot
from events.index.rows import Row
from events.query import DAYS, TIMES, Known, Query, local_minute, meets
from events.search.finding import answer, count
from events.search.locating import spots
from events.search.loosening import alone, variations
from places.distance import miles_between
from places.near import Near

LONDON = ZoneInfo("Europe/London")
NOW = datetime.datetime(2027, 3, 3, 17, 0, tzinfo=LONDON)  # a Wednesday
NEAR = Near("HX1", 53.725, -1.864, "HX1@53.725,-1.864")
TYPES = ["football", "choir", "chess"]
FEATURES = ["step-free", "quiet-space"]


def sent(numbers):
    """A binary array as PostgreSQL sends it."""
    if not numbers:
        return np.array([0, 0, 23], ">i4").tobytes()
    pairs = [part for number in numbers for part in (4, number)]
    return np.array([1, 0, 23, len(numbers), 1, *pairs], ">i4").tobytes()


def there(latitude, access=(), ask=()):
    """Another venue of a listing."""
    return {
        "latitude": latitude,
        "longitude": NEAR.longitude,
        "access_yes": list(access),
        "access_unknown": list(ask),
    }


def make_row(key, dates=(), *, away=(), elsewhere=(), **facts):
    """A listing with meetings of an hour at these moments. Those `away` are elsewhere, each with its number
    from 1."""
    meetings = sorted(
        [*((local_minute(date), 0) for date in dates), *((local_minute(date), at) for date, at in away)]
    )
    starts = [start for start, at in meetings]
    return Row(
        **{
            "key": key,
            "uuid": uuid.UUID(int=key),
            "public": True,
            "public_until": datetime.date(2099, 1, 1),
            "organisers": ["savile-park"],
            "schools": [],
            "place": "calderdale",
            "type": "football",
            "aims": [],
            "languages": [],
            "access": [],
            "ask": [],
            "audience": "everyone",
            "age_from": 0,
            "age_to": 99,
            "free": True,
            "alone": False,
            "latitude": NEAR.latitude,
            "longitude": NEAR.longitude,
            "elsewhere": json.dumps(list(elsewhere)),
            "title": f"Activity {key}",
            "words": "",
            "starts": sent(starts),
            "ends": sent([start + 60 for start in starts]),
            "spots": sent([at for start, at in meetings] if elsewhere else []),
            **facts,
        }
    )


def snapshot_of(*rows):
    return Snapshot(rows, generation=1, known=Known())


def at(day, hour=16, minute=30):
    return datetime.datetime(2027, 3, day, hour, minute, tzinfo=LONDON)


def keys(query, *rows, now=NOW):
    return [found.key for found in answer(query, snapshot_of(*rows), now).found]


def test_activity_is_found_once_with_its_next_three_dates():
    results = answer(Query(), snapshot_of(make_row(1, [at(day) for day in (2, 4, 5, 6, 7)])), NOW)
    assert [found.key for found in results.found] == [1]
    assert [start for start, end in results.found[0].dates] == [at(4), at(5), at(6)]
    assert results.total == 1


def test_what_has_begun_is_still_found_and_what_is_over_is_not():
    assert keys(Query(), make_row(1, [at(3, 16, 30)]), make_row(2, [at(3, 15)])) == [1]


def test_nothing_hidden_is_found():
    rows = [
        make_row(1, [at(5)], public=False),
        make_row(2, [at(5)], public_until=datetime.date(2027, 3, 2)),
        make_row(3, [at(5)], public_until=datetime.date(2027, 3, 3)),
    ]
    assert keys(Query(), *rows) == [3]


def test_dates_asked_for_choose_the_next_date_shown():
    row = make_row(1, [at(4), at(13), at(20)])
    results = answer(Query(first_day=at(10).date(), last_day=at(14).date()), snapshot_of(row), NOW)
    assert [start for start, end in results.found[0].dates] == [at(13)]
    assert keys(Query(when="tomorrow"), row) == [1]
    assert keys(Query(when="today"), row) == []


def test_day_and_time_must_hold_for_the_same_meeting():
    row = make_row(1, [at(4, 10), at(5, 19)])  # Thursday morning, Friday evening
    assert keys(Query(days=("thu",), times=("morning",)), row) == [1]
    assert keys(Query(days=("thu",), times=("evening",)), row) == []


def test_every_access_feature_asked_for_must_be_there():
    rows = [
        make_row(1, [at(5)], access=FEATURES),
        make_row(2, [at(5)], access=["step-free"], ask=["quiet-space"]),
        make_row(3, [at(5)], ask=FEATURES),
        make_row(4, [at(5)], access=["quiet-space"]),
    ]
    both = Query(access=tuple(FEATURES))
    assert keys(both, *rows) == [1]
    assert answer(both, snapshot_of(*rows), NOW).ask == 2
    assert keys(both.changed(ask=True), *rows) == [2, 3]


def test_activities_for_all_children_come_first():
    rows = [
        make_row(1, [at(4)], age_from=5, age_to=8),
        make_row(2, [at(5)], age_from=5, age_to=14),
        make_row(3, [at(4)], age_from=15, age_to=18),
        make_row(4, [at(6)], age_from=10, age_to=14),
    ]
    results = answer(Query(ages=(7, 12)), snapshot_of(*rows), NOW)
    assert [(found.key, found.suits) for found in results.found] == [(2, (7, 12)), (1, (7,)), (4, (12,))]


def test_for_girls_means_made_for_girls():
    rows = [
        make_row(1, [at(4)]),
        make_row(2, [at(4)], audience="girls"),
        make_row(3, [at(4)], audience="boys"),
    ]
    assert keys(Query(audiences=("girls",)), *rows) == [2]


@pytest.mark.parametrize(
    ("sort", "order"), [("date", [2, 3, 1]), ("", [2, 3, 1]), ("distance", [1, 2, 3]), ("title", [3, 1, 2])]
)
def test_results_are_sorted_as_asked(sort, order):
    rows = [
        make_row(1, [at(6)], title="basket", latitude=53.725),
        make_row(2, [at(4)], title="Chess", latitude=53.735),
        make_row(3, [at(5)], title="Art", latitude=53.745),
    ]
    assert keys(Query(near=NEAR, radius=5, sort=sort), *rows) == order


def test_pages_share_out_everything_once():
    snapshot = snapshot_of(*(make_row(key, [at(4 + key % 20)]) for key in range(1, 46)))
    pages = [answer(Query(page=page), snapshot, NOW) for page in (1, 2, 3, 4)]
    assert [len(page.found) for page in pages] == [20, 20, 5, 0]
    found = [found for page in pages for found in page.found]
    assert [(each.dates[0][0], each.key) for each in found] == sorted(
        (at(4 + key % 20), key) for key in range(1, 46)
    )
    assert pages[0].pages == 3


# Tuesdays in Halifax, Thursdays in Todmorden ten miles from there.
TODMORDEN = Near("OL14", 53.87, -1.864, "OL14@53.87,-1.864")


def roaming(key=1, **facts):
    return make_row(
        key, [at(9), at(16)], away=[(at(11), 1), (at(18), 1)], elsewhere=[there(TODMORDEN.latitude)], **facts
    )


def shown(query, *rows):
    """Of each that is found, the days of its dates and the miles, rounded."""
    return [
        ([start.day for start, end in found.dates], None if found.miles is None else round(found.miles))
        for found in answer(query, snapshot_of(*rows), NOW).found
    ]


def test_activity_is_found_near_every_venue_that_it_meets_at():
    assert shown(Query(), roaming()) == [([9, 11, 16], None)]
    assert shown(Query(near=NEAR, radius=2), roaming()) == [([9, 16], 0)]
    assert shown(Query(near=TODMORDEN, radius=2), roaming()) == [([11, 18], 0)]
    assert shown(Query(near=NEAR, radius=20), roaming()) == [([9, 16], 0)]


def test_distance_is_that_of_the_date_that_is_shown():
    thursdays = Query(days=("thu",))
    assert shown(thursdays.changed(near=NEAR, radius=20), roaming()) == [([11, 18], 10)]
    assert shown(thursdays.changed(near=NEAR, radius=2), roaming()) == []
    nearest_first = thursdays.changed(near=NEAR, radius=20, sort="distance")
    assert keys(nearest_first, roaming(), make_row(2, [at(18)], latitude=53.76)) == [2, 1]


def test_days_are_counted_where_it_is_near():
    counts = answer(Query(near=TODMORDEN, radius=2), snapshot_of(roaming()), NOW).days
    assert counts == {**dict.fromkeys(DAYS, 0), "thu": 1}


def test_access_is_asked_of_the_venue_that_a_date_is_at():
    row = make_row(
        1,
        [at(9)],
        away=[(at(11), 1), (at(12), 2)],
        elsewhere=[there(53.725, access=["step-free"]), there(53.725, ask=["step-free"])],
    )
    asked = Query(access=("step-free",))
    assert shown(asked, row) == [([11], None)]
    assert shown(asked.changed(days=("tue",)), row) == []
    assert shown(asked.changed(ask=True), row) == [([12], None)]
    assert answer(asked, snapshot_of(row), NOW).ask == 1


def test_spots_stay_with_their_slots_when_something_is_written_again():
    snapshot = snapshot_of(make_row(1, [at(4)]), roaming(2), make_row(3, [at(5)]))
    for generation in (2, 3):
        snapshot = snapshot.changed([roaming(2), roaming(4)], generation=generation, known=Known())
    near_todmorden = answer(Query(near=TODMORDEN, radius=2), snapshot, NOW)
    assert [(found.key, found.dates[0][0], found.miles) for found in near_todmorden.found] == [
        (2, at(11), 0),
        (4, at(11), 0),
    ]
    assert [found.key for found in answer(Query(), snapshot, NOW).found] == [1, 3, 2, 4]


def test_spots_of_the_map_are_those_of_the_next_date_that_answers():
    found = spots(Query(days=("thu",)), snapshot_of(make_row(1, [at(11)]), roaming(2)), NOW)
    assert found.latitudes.tolist() == [NEAR.latitude, TODMORDEN.latitude]
    assert found.venues.tolist() == [0, 1]
    assert spots(Query(), snapshot_of(roaming()), NOW).venues.tolist() == [0]


def test_written_again_replaces_and_gone_leaves():
    first = snapshot_of(make_row(1, [at(4)]), make_row(2, [at(5)]))
    second = first.changed(
        [
            make_row(1, [at(6)], type="choir", organisers=["other"]),
            make_row(2, [at(5)], public=False),
            make_row(3, [at(4)]),
        ],
        generation=2,
        known=Known(),
    )
    assert [found.key for found in answer(Query(), second, NOW).found] == [3, 1]
    assert answer(Query(), second, NOW).types == {"football": 1, "choir": 1}
    assert [found.key for found in answer(Query(organisers=("savile-park",)), second, NOW).found] == [3]
    assert [found.key for found in answer(Query(), first, NOW).found] == [1, 2]


def test_page_changes_when_something_begins_or_ends_or_the_day_does():
    assert answer(Query(), snapshot_of(make_row(1, [at(3, 18)])), NOW).changes_at == at(3, 18)
    assert answer(Query(), snapshot_of(make_row(1, [at(3, 16, 30)])), NOW).changes_at == at(3, 17, 30)
    assert answer(Query(), snapshot_of(make_row(1, [at(9)])), NOW).changes_at == at(4, 0, 0)


def test_same_snapshot_knows_that_time_passes():
    snapshot = snapshot_of(make_row(1, [at(3, 16, 30), at(10)]))
    assert answer(Query(), snapshot, NOW).found[0].dates[0][0] == at(3, 16, 30)
    assert answer(Query(), snapshot, at(3, 17, 30)).found[0].dates[0][0] == at(10)


# Everything at once, against going through it by hand.

MOMENTS = st.builds(
    lambda day, hour: NOW.replace(hour=0) + datetime.timedelta(days=day, hours=hour),
    st.integers(-3, 40),
    st.integers(8, 21),
)
FACTS = st.fixed_dictionaries(
    {
        "dates": st.lists(MOMENTS, max_size=4),
        "away": st.lists(st.tuples(MOMENTS, st.sampled_from([1, 2])), max_size=2),
        "elsewhere": st.tuples(
            st.builds(there, st.sampled_from([53.725, 53.9]), st.just(["step-free"])), st.just(there(53.76))
        ),
        "public": st.sampled_from([True, True, True, False]),
        "type": st.sampled_from(TYPES),
        "access": st.lists(st.sampled_from(FEATURES), unique=True, max_size=2),
        "languages": st.lists(st.sampled_from(["urdu", "polish"]), unique=True),
        "age_from": st.sampled_from([0, 5, 11]),
        "age_to": st.sampled_from([11, 16, 99]),
        "free": st.booleans(),
        "alone": st.booleans(),
        "latitude": st.sampled_from([53.725, 53.76, 53.9]),
    }
)
QUERIES = st.builds(
    Query,
    near=st.sampled_from([None, NEAR]),
    radius=st.sampled_from([1, 5]),
    when=st.sampled_from(["", "", "today", "tomorrow", "weekend", "week", "month"]),
    days=st.lists(st.sampled_from(DAYS), unique=True, max_size=3).map(tuple),
    times=st.lists(st.sampled_from(list(TIMES)), unique=True, max_size=2).map(tuple),
    ages=st.lists(st.sampled_from([4, 7, 12, 40]), unique=True, max_size=2).map(tuple),
    types=st.lists(st.sampled_from(TYPES), unique=True, max_size=2).map(tuple),
    access=st.lists(st.sampled_from(FEATURES), unique=True, max_size=2).map(tuple),
    languages=st.lists(st.sampled_from(["urdu", "polish"]), unique=True, max_size=1).map(tuple),
    free=st.booleans(),
    alone=st.booleans(),
)


SPANS = {
    "today": (3, 3),
    "tomorrow": (4, 4),
    "weekend": (6, 7),
    "week": (3, 9),
    "month": (3, 33),
    "": (-9, 999),
}


def by_hand(query, row, fact):
    """The next date of a listing that answers the question, and the miles to it; or None."""
    first, last = SPANS[query.when]
    march = datetime.date(2027, 3, 1)
    venues = [
        (row.latitude, row.access),
        *((each["latitude"], each["access_yes"]) for each in fact["elsewhere"]),
    ]
    miles = [miles_between(53.725, -1.864, latitude, row.longitude) for latitude, access in venues]
    fits = [
        (date, miles[at] if query.near else None)
        for date, at in sorted([*((date, 0) for date in fact["dates"]), *fact["away"]])
        if date + datetime.timedelta(hours=1) > NOW
        and first <= (date.date() - march).days + 1 <= last
        and meets(date, days=query.days, times=query.times)
        and (not query.near or miles[at] <= query.radius)
        and set(query.access) <= set(venues[at][1])
    ]
    answers = (
        row.public
        and (not query.ages or any(row.age_from <= age <= row.age_to for age in query.ages))
        and (not query.types or row.type in query.types)
        and (not query.languages or set(query.languages) & set(row.languages))
        and (row.free or not query.free)
        and (row.alone or not query.alone)
    )
    return fits[0] if answers and fits else None


@given(st.lists(FACTS, max_size=8), QUERIES)
def test_index_agrees_with_going_through_everything_by_hand(facts, query):
    rows = [make_row(key, **fact) for key, fact in enumerate(facts)]

    def found(query):
        pairs = [(by_hand(query, row, facts[row.key]), row.key) for row in rows]
        return {key: date for date, key in pairs if date}

    snapshot = snapshot_of(*rows[:4]).changed(rows[4:], generation=2, known=Known())
    results = answer(query, snapshot, NOW)
    assert {
        each.key: (each.dates[0][0], each.miles if each.miles is None else pytest.approx(each.miles))
        for each in results.found
    } == found(query)
    assert results.total == count(query, snapshot, NOW) == len(found(query))
    assert results.free == len(found(query.changed(free=True)))
    of_any_type = found(query.changed(types=()))
    assert {slug: number for slug, number in results.types.items() if number} == {
        slug: number for slug in TYPES if (number := sum(rows[key].type == slug for key in of_any_type))
    }
    assert results.days == {day: len(found(query.changed(days=(day,)))) for day in DAYS}
    for _, looser in [*variations(query, {}), *alone(query)]:
        assert count(looser, snapshot, NOW) == len(found(looser))
