"""Which piece of the map an address asks for."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from events.map import window
from events.map.grouping import Box
from events.map.window import EVERYWHERE, FAR, Unreadable, Window
from places.distance import miles_between


def read(address: str) -> Window:
    return window.read(QueryDict(address))


def test_nothing_asked_is_everywhere_from_afar():
    assert read("") == Window(EVERYWHERE, FAR)


def test_box_is_widened_to_half_a_kilometre():
    assert read("box=53.7236,-1.8631,53.7237,-1.8630&zoom=12").box == Box(53.72, -1.864, 53.725, -1.856)
    assert read("box=53.720,-1.864,53.725,-1.856").box == Box(53.72, -1.864, 53.725, -1.856)


@pytest.mark.parametrize(("text", "zoom"), [("12", 12), ("11.25", 11.25), ("0", 5), ("99", 17)])
def test_zoom_stays_where_a_map_can_be_drawn(text, zoom):
    assert read(f"zoom={text}").zoom == zoom


@pytest.mark.parametrize(
    "address",
    [
        *("box=", "box=1,2,3", "box=1,2,3,4,5", "box=a,b,c,d", "box=nan,nan,nan,nan", "box=54,-2,53,-1"),
        *("box=53,-1,54,-2", "box=53,-2,91,-1", "box=53,-200,54,-1", "box=53,-2,53,-1", "box=٥٣,-2,54,-1"),
        *("zoom=", "zoom=-1", "zoom=x", "zoom=1e5", "zoom=inf", "zoom=" + "9" * 5000),
    ],
)
def test_nonsense_gets_words(address):
    with pytest.raises(Unreadable) as problem:
        read(address)
    assert str(problem.value).endswith(".")


@given(st.floats(50, 60), st.floats(-8, 1), st.floats(0.001, 0.5), st.floats(0.001, 0.5))
def test_radius_covers_the_box(south, west, high, wide):
    box = Box(south, west, south + high, west + wide)
    radius = window.covering(box, *box.middle)
    corners = [(box.south, box.west), (box.south, box.east), (box.north, box.west), (box.north, box.east)]
    assert max(miles_between(*box.middle, *corner) for corner in corners) <= radius
    assert radius in window.RADII
