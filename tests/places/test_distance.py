import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.distance import bounding_box, miles_between, miles_from

HALIFAX, BRADFORD, LONDON = (53.7236, -1.8631), (53.7938, -1.7564), (51.5074, -0.1278)
LATITUDES, LONGITUDES = st.floats(49, 61), st.floats(-9, 2)


def test_distance_is_a_mile_a_minute_of_arc_and_some() -> None:
    """A minute of arc on the mean sphere: 6,371.0088 km · π / 10,800 = 1.8532 km = 1.1516 miles."""
    assert miles_between(53, -1, 53 + 1 / 60, -1) == pytest.approx(1.15156, abs=1e-5)
    assert miles_between(0, 0, 0, 180) == pytest.approx(math.pi * 6371.0088 / 1.609344)


def test_distances_between_towns_are_those_of_the_map() -> None:
    assert miles_between(*HALIFAX, *BRADFORD) == pytest.approx(6.53, abs=0.02)
    assert miles_between(*HALIFAX, *LONDON) == pytest.approx(169.3, abs=0.5)
    assert miles_between(*HALIFAX, *HALIFAX) == 0


@given(LATITUDES, LONGITUDES, LATITUDES, LONGITUDES)
def test_many_at_once_are_the_same_as_one_by_one(a: float, b: float, c: float, d: float) -> None:
    one = miles_between(a, b, c, d)
    assert miles_from(a, b, [c, a], [d, b]).tolist() == pytest.approx([one, 0], abs=1e-6)
    assert miles_between(c, d, a, b) == pytest.approx(one, abs=1e-9)


def test_an_unknown_position_is_infinitely_far() -> None:
    assert miles_from(*HALIFAX, [np.nan, HALIFAX[0]], [np.nan, HALIFAX[1]]).tolist() == [math.inf, 0]


@given(LATITUDES, LONGITUDES, st.floats(0, 200), st.floats(0, 2 * math.pi), st.floats(0, 0.999))
def test_a_box_holds_everything_within_its_miles(
    latitude: float, longitude: float, miles: float, bearing: float, part: float
) -> None:
    """Goes `part` of the miles in a direction, by the formula of the destination point."""
    arc, phi = part * miles * 1.609344 / 6371.0088, math.radians(latitude)
    north = math.asin(math.sin(phi) * math.cos(arc) + math.cos(phi) * math.sin(arc) * math.cos(bearing))
    across = math.atan2(
        math.sin(bearing) * math.sin(arc) * math.cos(phi), math.cos(arc) - math.sin(phi) * math.sin(north)
    )
    box = bounding_box(latitude, longitude, miles)
    slack = 1e-9
    assert box[0] - slack <= math.degrees(north) <= box[2] + slack
    assert box[1] - slack <= longitude + math.degrees(across) <= box[3] + slack


def test_a_box_is_no_larger_than_it_must_be() -> None:
    south, west, north, east = bounding_box(*HALIFAX, 5)
    assert miles_between(*HALIFAX, south, HALIFAX[1]) == pytest.approx(5)
    assert miles_between(*HALIFAX, north, HALIFAX[1]) == pytest.approx(5)
    assert miles_between(*HALIFAX, HALIFAX[0], west) == pytest.approx(5, rel=1e-4)
    assert miles_between(*HALIFAX, HALIFAX[0], east) == pytest.approx(5, rel=1e-4)


def test_a_box_round_a_pole_has_every_longitude() -> None:
    assert bounding_box(89.99, 0, 10)[1::2] == (-180, 180)
    assert bounding_box(89.99, 0, 10)[2] == 90
    assert bounding_box(-89.99, 0, 10)[0] == -90
    assert bounding_box(*HALIFAX, -1) == pytest.approx((HALIFAX[0], HALIFAX[1], HALIFAX[0], HALIFAX[1]))
