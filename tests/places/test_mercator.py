import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from places import mercator


@pytest.mark.parametrize(
    ("position", "part"),
    [((0, 0), (0.5, 0.5)), ((85.0511287798, -180), (0, 0)), ((-85.0511287798, 180), (1, 1))],
)
def test_world_is_a_square(position, part):
    assert np.allclose(mercator.world(*position), part)


def test_tile_of_halifax_is_the_one_that_tile_servers_have():
    """At zoom 12, by the formula in OpenStreetMap's wiki (Slippy map tilenames)."""
    x, y = mercator.world(53.7236, -1.8631)
    assert (int(x * 2**12), int(y * 2**12)) == (2026, 1320)


@given(st.floats(-85, 85), st.floats(-180, 180))
def test_degrees_lead_back(latitude, longitude):
    assert np.allclose(mercator.degrees(*mercator.world(latitude, longitude)), (latitude, longitude))
