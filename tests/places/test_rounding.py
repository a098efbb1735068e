from hypothesis import given
from hypothesis import strategies as st

from places.distance import miles_between
from places.rounding import rounded

METRES_A_MILE = 1609.344


@given(st.floats(49, 61), st.floats(-9, 2))
def test_rounding_moves_a_position_by_less_than_400_metres_and_once(
    latitude: float, longitude: float
) -> None:
    north, east = rounded(latitude, longitude)
    assert miles_between(latitude, longitude, north, east) * METRES_A_MILE < 405
    assert rounded(north, east) == (north, east)


def test_a_cell_is_about_500_metres_from_cornwall_to_shetland() -> None:
    """So coarse that it says nothing of a street: neither step may be made smaller."""
    for latitude in (50.0, 53.7, 60.0):
        cells = {rounded(latitude, longitude / 10_000)[1] for longitude in range(-20_000, -10_000)}
        width = miles_between(latitude, -2, latitude, -1) * METRES_A_MILE / len(cells)
        assert 440 < width < 580
    rows = {rounded(latitude / 10_000, -1)[0] for latitude in range(530_000, 540_000)}
    assert 550 < miles_between(53, -1, 54, -1) * METRES_A_MILE / len(rows) < 560


def test_a_rounded_position_is_written_with_three_decimals() -> None:
    assert rounded(53.724371, -1.8607031) == (53.725, -1.864)
    assert str(rounded(51.0, -0.003)) == "(51.0, 0.0)"
