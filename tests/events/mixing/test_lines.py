"""Marks of a drawing are named beside it, in words that need no eyes and no mathematics."""

import datetime

from django.template.loader import render_to_string

from diversity.reading import Base, Figure, Session, of_series, of_session
from events.mixing import figures, lines
from events.mixing.bases import Found, NamedBase
from events.mixing.lines import Line

AREA = NamedBase(Base(range(5), [21_720, 1_455, 4_021, 177_833, 1_597]), "people who live here")


def read(*counts: int) -> dict[str, Line]:
    reading = of_session(Session(counts, came=sum(counts)), AREA.base)
    return {line.title: line for line in lines.of_reading(reading, Found(AREA))}


def keys(line: Line) -> list[tuple[str, str]]:
    """The class of each mark, with its words."""
    return [(key.sample.shapes[0].kind, key.words) for key in line.keys]


def test_thick_line_bar_and_dashed_line_are_named_with_their_numbers() -> None:
    told = read(12, 1, 3, 24, 0)
    assert keys(told["Mixing chance"]) == [
        ("mark", "Thick line: here, 55 in 100"),
        ("range", "Bar: it could be from 45 to 70"),
        ("area", "Dashed line: in your area, 25 in 100"),
    ]
    assert keys(told["Beside your area"]) == [
        ("mark", "Thick line: here, 2.3 times as mixed as your area"),
        ("range", "Bar: it could be from 1.8 to 2.7 times"),
        ("area", "Dashed line: 1, just as mixed as your area"),
    ]


def test_every_mark_of_a_ranged_drawing_has_a_key_and_no_key_is_without_its_mark() -> None:
    for line in read(12, 1, 3, 24, 0).values():
        drawn = {shape.kind for shape in line.drawing.shapes} if line.drawing else set()
        named = {kind for kind, _words in keys(line)}
        assert named == drawn & {"mark", "range", "area", "dot", "point"}, line.title


def test_how_often_they_met_is_drawn_a_mark_a_time() -> None:
    reading = of_session(Session([12, 1, 3, 24, 0], came=40), AREA.base, held=23)
    kept = lines.of_reading(reading, Found(AREA))[-1]
    assert kept.title == "Kept meeting"
    assert keys(kept) == [("point", "Each mark is a time you met")]
    assert len(kept.drawing.shapes) == 23
    assert len({(shape.x, shape.y) for shape in kept.drawing.shapes}) == 23


def test_a_series_is_drawn_within_its_sessions_beside_all_thrown_together() -> None:
    alternating = [Session(counts, came=30) for counts in ([30, 0, 0, 0, 0], [0, 0, 0, 30, 0]) * 2]
    kept = lines.of_reading(of_series(alternating, AREA.base), Found(AREA))[-1]
    assert kept.rows == [["Within a session", "0"], ["All thrown together", "50"]]
    bars = [(shape.kind, shape.width) for shape in kept.drawing.shapes if shape.kind in {"here", "beside"}]
    assert bars == [("here", 0), ("beside", (figures.WIDTH - 2 * figures.MARGIN) / 2)]


def test_days_of_the_year_stand_as_far_apart_as_they_are() -> None:
    chance = Figure(0.5, 0.4, 0.6)
    days = [(datetime.date(2026, 1, 5) + datetime.timedelta(weeks=week), chance) for week in (0, 1, 8)]
    line = lines.over_the_year(days, datetime.date(2026, 6, 1))
    points = [shape.x for shape in line.drawing.shapes if shape.kind == "point"]
    assert [point - points[0] for point in points] == [0, 37, 296]
    ends = [shape.text for shape in line.drawing.shapes if shape.text]
    assert ends == ["0", "100", line.rows[0][0], line.rows[-1][0]]
    assert lines.over_the_year(days[:1], datetime.date(2026, 6, 1)) is None


def test_dots_are_named_by_group_and_the_smallest_groups_share_one() -> None:
    found = read(12, 1, 3, 24, 0)["Who came"].keys
    assert [(key.sample.shapes[0].group, key.words) for key in found] == [
        ("asian", "Asian"),
        ("white", "White"),
        ("few", "Small groups together: Black, Mixed"),
    ]


def test_where_a_dot_is_several_people_it_is_said() -> None:
    many, few = read(120, 0, 0, 290, 0)["Who came"], read(12, 0, 0, 29, 0)["Who came"]
    assert figures.people([("asian", 120), ("white", 290)]).each == 3
    assert [words for words in many.words if "dot" in words] == ["Each dot is 3 people."]
    assert [words for words in few.words if "dot" in words] == []


def test_a_key_is_read_out_and_its_mark_is_not() -> None:
    line = read(12, 1, 3, 24, 0)["Mixing chance"]
    html = render_to_string(
        "events/organise/mixing/drawing.html",
        {"drawing": line.drawing, "title": line.title, "keys": line.keys},
    )
    assert html.count('role="img"') == 1
    assert html.count('class="mixing__sample"') == html.count('aria-hidden="true"') == 3
    assert html.count('class="mixing__shape--area"') == 2  # in the drawing, and as its own key
    assert "<span>Dashed line: in your area, 25 in 100</span>" in html
