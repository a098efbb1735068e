import contextlib
import datetime
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.school_register.rows import BadCell, BadFile, BadRow, Row
from places.school_register.schools import COLUMNS, SchoolFile, SchoolRow, read
from tests.factories.registers import as_csv, school_row


def school(**said: str) -> SchoolRow:
    cells = {key: school_row(**said)[name] for key, name in COLUMNS.items()}
    return read(Row(2, cells))


def test_a_school_is_read_with_everything_but_the_names_of_people() -> None:
    assert school() == SchoolRow(
        line=2,
        urn=900_001,
        name="Heron Bank Primary School",
        search_name="heron bank",
        kind="Community school",
        phase="primary",
        status="open",
        opened_on=datetime.date(1998, 9, 1),
        closed_on=None,
        street="Heron Bank",
        locality="Skircoat",
        town="Halifax",
        postcode="HX1 5ER",
        authority="Calderdale",
        area_code="E08000033",
        easting=409_000.0,
        northing=425_000.0,
        gender="mixed",
        age_from=4,
        age_to=11,
        pupils=210,
        free_meals="21.70",
    )
    assert [name for name in COLUMNS.values() if "head" in name.lower()] == []


def test_what_the_register_leaves_out_is_unknown() -> None:
    empty = dict.fromkeys(set(COLUMNS) - {"urn", "name", "status"}, "")
    found = school(**empty)
    assert (found.pupils, found.free_meals, found.easting, found.opened_on, found.age_from) == (None,) * 5
    assert (found.phase, found.gender, found.area_code, found.postcode) == ("",) * 4


def test_a_suppressed_share_of_free_meals_is_unknown_and_nought_is_nought() -> None:
    assert school(free_meals="SUPP").free_meals is None
    assert school(free_meals="0").free_meals == "0.00"


@pytest.mark.parametrize(
    ("status", "read_as"),
    [
        ("Open", "open"),
        ("Open, but proposed to close", "closing"),
        ("Closed", "closed"),
        ("Proposed to open", "proposed"),
    ],
)
def test_every_status_of_the_register_is_known(status: str, read_as: str) -> None:
    assert school(status=status).status == read_as


@pytest.mark.parametrize("phase", ["Not applicable", "", "A phase of next year"])
def test_a_phase_that_is_none_of_ours_is_unknown(phase: str) -> None:
    assert school(phase=phase).phase == ""


def test_days_are_read_in_both_orders_and_an_open_school_has_not_closed() -> None:
    day = datetime.date(2024, 8, 31)
    assert [school(status="Closed", closed_on=text).closed_on for text in ("31-08-2024", "2024-08-31")] == [
        day
    ] * 2
    assert school(closed_on="31/08/2024").closed_on is None


def test_a_position_of_noughts_is_unknown_and_a_code_that_is_none_is_no_area() -> None:
    found = school(easting="0", northing="0", area_code="999")
    assert (found.easting, found.northing, found.area_code) == (None, None, "")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"urn": ""}, "no number of a school"),
        ({"urn": "12345"}, "“12345” is no school's number"),
        ({"urn": "９００００１"}, "is no school's number"),
        ({"name": ""}, "no name"),
        ({"name": "…"}, "no name"),
        ({"name": "x" * 161}, "EstablishmentName has 161 letters"),
        ({"status": "Resting"}, "“Resting” is no status"),
        ({"pupils": "lots"}, "no number of people"),
        ({"free_meals": "140"}, "no percentage"),
        ({"easting": "here"}, "no grid reference"),
        ({"easting": "", "northing": "425000"}, "no grid reference"),
        ({"opened_on": "31-02-2020"}, "“31-02-2020” is no day"),
        ({"status": "Closed", "closed_on": "01-09-1997"}, "before it opened"),
        ({"age_from": "12"}, "youngest are 12, its oldest 11"),
        ({"age_to": "900"}, "900 is no age"),
    ],
)
def test_what_no_school_can_have_is_refused_in_words(said: dict[str, str], why: str) -> None:
    with pytest.raises(BadCell) as refused:
        school(**said)
    assert why in str(refused.value)


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=12)))
def test_any_cell_is_read_or_refused_in_words(said: dict[str, str]) -> None:
    with contextlib.suppress(BadCell):
        assert 100_000 <= school(**said).urn <= 999_999


def test_a_second_row_of_a_number_is_left_out_and_both_lines_are_named() -> None:
    text = as_csv([school_row(), school_row(900_002), school_row()])
    found = list(SchoolFile(io.StringIO(text, newline="")))
    assert [row.urn for row in found if isinstance(row, SchoolRow)] == [900_001, 900_002]
    assert found[2] == BadRow(4, "number 900001 stands on line 2 already")


def test_a_file_says_nothing_of_a_pair_of_which_it_has_one_half() -> None:
    rows = [{name: cell for name, cell in school_row().items() if name not in {"OpenDate", "Town"}}]
    says = SchoolFile(io.StringIO(as_csv(rows), newline="")).says
    assert set(COLUMNS) - says == {"opened_on", "closed_on", "town"}


def test_a_file_without_what_makes_a_school_is_refused() -> None:
    with pytest.raises(BadFile, match=r"URN, .*EstablishmentStatus \(name\)"):
        SchoolFile(io.StringIO("Name,Town\na,b\n"))
