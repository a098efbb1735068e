"""Groups of markers: everything in one of them, few enough, none on another."""

import ast
import itertools
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.map import grouping
from events.map.grouping import APART, MOST, Box, Group, grouped
from places import mercator

CALDERDALE = Box(53.6, -2.2, 53.85, -1.7)
HALIFAX, TODMORDEN = (53.7236, -1.8631), (53.7150, -2.0960)
POSITIONS = st.lists(
    st.tuples(st.floats(49, 61, allow_subnormal=False), st.floats(-9, 2, allow_subnormal=False))
    | st.sampled_from([HALIFAX, TODMORDEN, (53.72365, -1.8631)]),
    max_size=60,
)
ZOOMS = st.floats(0, 18)


def boxes() -> st.SearchStrategy[Box]:
    edges = st.tuples(st.floats(48, 62), st.floats(-10, 3), st.floats(48, 62), st.floats(-10, 3))
    return edges.map(lambda e: Box(min(e[0], e[2]), min(e[1], e[3]), max(e[0], e[2]), max(e[1], e[3])))


def inside(box: Box, latitude: float, longitude: float) -> bool:
    return box.south <= latitude <= box.north and box.west <= longitude <= box.east


def split(positions: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [latitude for latitude, _ in positions], [longitude for _, longitude in positions]


def pixels(group: Group, zoom: float) -> tuple[float, float]:
    x, y = mercator.world(group.latitude, group.longitude)
    return float(x) * 256 * 2**zoom, float(y) * 256 * 2**zoom


@given(POSITIONS, boxes(), ZOOMS, st.integers(1, 12))
def test_everything_in_the_box_is_in_exactly_one_group(positions, box, zoom, most):
    groups = grouped(*split(positions), box, zoom, most=most)
    members = sorted(member for group in groups for member in group.members)
    assert members == [at for at, position in enumerate(positions) if inside(box, *position)]
    assert len(groups) <= most


@given(POSITIONS, boxes(), ZOOMS)
def test_groups_lie_within_their_bounds_and_these_in_the_box(positions, box, zoom):
    for group in grouped(*split(positions), box, zoom):
        south, west, north, east = group.bounds
        assert box.south <= south <= group.latitude <= north <= box.north
        assert box.west <= west <= group.longitude <= east <= box.east
        assert all(inside(group.bounds, *positions[member]) for member in group.members)


@given(POSITIONS, ZOOMS)
def test_markers_do_not_lie_on_each_other(positions, zoom):
    places = [pixels(group, zoom) for group in grouped(*split(positions), Box(48, -10, 62, 3), zoom)]
    near = [pair for pair in itertools.combinations(places, 2) if math.dist(*pair) < APART - 1e-6]
    assert near == []


@given(POSITIONS, boxes(), ZOOMS)
def test_same_positions_give_the_same_groups_in_the_same_order(positions, box, zoom):
    groups = grouped(*split(positions), box, zoom)
    assert groups == grouped(*split(positions), box, zoom)
    assert groups == sorted(groups, key=lambda group: (-group.latitude, group.longitude))


@pytest.mark.parametrize("zoom", [5, 11, 17])
def test_never_more_than_three_hundred(zoom):
    latitudes, longitudes = np.random.default_rng(7).uniform((49, -9), (61, 2), (20_000, 2)).T
    groups = grouped(latitudes, longitudes, Box(49, -9, 61, 2), zoom)
    assert len(groups) <= MOST
    assert sum(len(group.members) for group in groups) == 20_000


def test_those_at_one_venue_make_one_marker_however_close_one_looks():
    (group,) = grouped(*split([HALIFAX] * 5), CALDERDALE, 18)
    assert group == Group(*HALIFAX, (0, 1, 2, 3, 4), Box(*HALIFAX, *HALIFAX))
    assert group.is_one_spot


def test_looking_closer_parts_a_group():
    positions = [HALIFAX, (53.7250, -1.8650), TODMORDEN]
    assert [group.members for group in grouped(*split(positions), CALDERDALE, 11)] == [(0, 1), (2,)]
    assert [group.members for group in grouped(*split(positions), CALDERDALE, 17)] == [(1,), (0,), (2,)]


def test_nothing_found_is_nothing_drawn():
    assert grouped([], [], CALDERDALE, 12) == []
    assert grouped(*split([(51.5, -0.1)]), CALDERDALE, 12) == []


def test_grouping_knows_nothing_of_django():
    tree = ast.parse(Path(grouping.__file__).read_text())
    imported = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert imported == ["collections.abc", "typing", "numpy.typing", "places"]
