"""A map of schools as a picture."""

from schools import drawing
from schools.drawing import Spot

HALIFAX, ELLAND = (53.72, -1.86), (53.69, -1.84)


def test_dots_and_lines_stand_where_their_schools_are():
    spots = [Spot(*HALIFAX, "One"), Spot(*ELLAND, "Other")]
    drawn = drawing.context(spots, [(HALIFAX, ELLAND)])
    assert drawn["dots"].count("M") == drawn["dots"].count("h0") == 2
    one, other = drawn["dots"].removeprefix("M").split("M")
    assert drawn["lines"] == f"M{one.removesuffix('h0')}L{other.removesuffix('h0')}"
    assert (drawn["marks"], drawn["crowded"]) == ([], False)


def test_a_school_alone_is_in_the_middle():
    (mark,) = drawing.context([Spot(*HALIFAX, "One", label="1", href="#one")])["marks"]
    assert mark == {"x": "200.0", "y": "170.0", "name": "One", "label": "1", "href": "#one"}


def test_schools_on_one_spot_are_one_mark_that_leads_to_the_first():
    spots = [Spot(*HALIFAX, f"School {at}", label=str(at), href=f"#{at}") for at in (1, 2, 3)]
    for number, label in [(2, "1, 2"), (3, "1…")]:
        (mark,) = drawing.context(spots[:number])["marks"]
        assert (mark["label"], mark["href"]) == (label, "#1")


def test_a_crowd_is_drawn_by_its_lines():
    spots = [Spot(50 + at / 1000, -1.86, "") for at in range(drawing.MOST_DOTS + 1)]
    drawn = drawing.context(spots, [(HALIFAX, ELLAND)])
    assert (drawn["crowded"], drawn["dots"], drawn["lines"].count("L")) == (True, "", 1)
