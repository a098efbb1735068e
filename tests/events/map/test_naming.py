"""Names on the still picture: of the busiest mark of each town, whole, and on nothing else."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from events.map.naming import ABOVE, BELOW, HANGS, LETTER, RADIUS, RISES, Name, Spot, names

WIDTH, HEIGHT = 400, 340
SPOTS = st.lists(
    st.builds(
        Spot,
        x=st.floats(0, WIDTH),
        y=st.floats(0, HEIGHT),
        town=st.sampled_from(["Halifax", "Elland", "Hebden Bridge", "Luddenden Foot", ""]),
        count=st.integers(1, 40),
    ),
    max_size=12,
)


def found(*spots: Spot) -> list[Name]:
    return names(spots, width=WIDTH, height=HEIGHT)


def test_a_town_is_named_once_under_the_mark_that_has_most_on() -> None:
    few, most = Spot(100, 100, "Halifax", 2), Spot(200, 200, "Halifax", 9)
    assert found(few, most) == [Name("Halifax", 200, 200 + BELOW)]


def test_a_name_that_has_no_room_under_its_mark_stands_above_it_or_nowhere() -> None:
    mark, under, over = (Spot(200, y, town, 9) for y, town in ((150, "Elland"), (190, ""), (120, "")))
    assert found(mark, under) == [Name("Elland", 200, 150 + ABOVE)]
    assert found(mark, under, over) == []
    assert found(Spot(3, 150, "Elland", 1)) == []


@given(SPOTS)
def test_names_are_whole_and_lie_on_no_mark_and_no_other_name(spots: list[Spot]) -> None:
    named = found(*spots)
    areas = []
    for name in named:
        half = len(name.words) * LETTER / 2
        areas.append((name.x - half, name.y - RISES, name.x + half, name.y + HANGS))
    marks = [(spot.x - RADIUS, spot.y - RADIUS, spot.x + RADIUS, spot.y + RADIUS) for spot in spots]
    assert len({name.words for name in named}) == len(named)
    assert all(min(west, north) > 0 for west, north, _, _ in areas)
    assert all(east < WIDTH and south < HEIGHT for _, _, east, south in areas)
    pairs = [*itertools.combinations(areas, 2), *itertools.product(areas, marks)]
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in pairs)
