"""What the map is drawn on: postcodes as dots, and the names of towns."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.map import ground
from events.map.ground import FINEST, Town, dots, drawing
from tests.events.views.test_browse import make_on
from tests.factories.organisations import make_venue
from tests.factories.postcodes import make_postcode

SPOTS = st.lists(st.tuples(st.floats(49, 61), st.floats(-9, 2)), max_size=40)


def columns(spots):
    return np.array(spots, dtype=float).reshape(-1, 2).T


@given(SPOTS, st.integers(1, 10))
def test_dots_are_cells_each_once_and_few_enough(spots, most):
    found = dots(*columns(spots), most=most)
    cells = list(zip(found.y.tolist(), found.x.tolist(), strict=True))
    assert cells == sorted(set(cells))
    assert len(cells) <= most
    assert bool(cells) == bool(spots)


def test_dots_are_as_fine_as_they_may_be():
    assert dots(*columns([(53.7, -1.8), (53.8, -1.9)])).zoom == FINEST
    assert dots(*columns([(53.7, -1.8), (53.7001, -1.8001)]), most=2).zoom == FINEST


def test_drawing_gives_every_dot_back():
    beside = 360 / 2**FINEST
    found = dots(*columns([(53.7, -1.8), (53.7, -1.8 + beside), (53.75, -1.9), (53.75, -1.85)]))
    text = drawing(found, [])
    x, y = (int(re.search(f'data-{name}="(\\d+)"', text)[1]) for name in "xy")
    cells = []
    for east, south, run in re.findall(r"m(-?\d+) (-?\d+)h(\d+)", text):
        x, y = x + int(east), y + int(south)
        cells += [(x + dot, y) for dot in range(int(run))]
        x += int(run)
    assert cells == list(zip(found.x.tolist(), found.y.tolist(), strict=True))


def test_names_that_would_meet_are_not_on_the_small_picture():
    found = dots(*columns([(53.6, -2.1), (53.8, -1.7)]))
    towns = [
        Town("Halifax", 53.7236, -1.8631, 9),
        Town("<b>", 53.7237, -1.8632, 5),
        Town("Hebden", 53.742, -2.01, 2),
    ]
    main, others = re.findall(r'<g id="\w+" text-anchor="middle">(.*?)</g>', drawing(found, towns))
    assert re.findall(r">([^<]+)</text>", main) == ["Halifax", "Hebden"]
    assert re.findall(r">([^<]+)</text>", others) == ["&lt;b&gt;"]


def test_place_without_postcodes_has_a_ground_all_the_same():
    assert 'd="M0 .5"' in drawing(dots(*columns([])), [])


@pytest.mark.django_db
def test_ground_names_towns_of_what_the_public_sees(django_assert_num_queries):
    make_postcode("HX11UJ")
    make_postcode("HX19ZZ", None)
    make_postcode("SW1A1AA", (51.501, -0.1416), area_code="E09000033")
    make_on("Choir", venue=make_venue(town="Hebden Bridge", latitude=53.742, longitude=-2.013))
    make_on("Gone", venue=make_venue(town="Nowhere", latitude=53.6, longitude=-1.9)).unpublish()
    with django_assert_num_queries(3):  # areas, postcodes, towns
        text = ground.read()
    assert re.findall(r">([^<]+)</text>", text) == ["Hebden Bridge"]
    assert re.findall(r"h\d+", text) == ["h1"]
