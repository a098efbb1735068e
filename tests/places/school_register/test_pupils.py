import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.school_register import pupils, rows
from places.school_register.pupils import COLUMNS, PupilFile, PupilRow
from places.school_register.rows import BadCell, BadFile, BadRow
from tests.factories.registers import as_csv, pupil_row


def read(*rows: dict[str, str], **how: object) -> list[PupilRow | BadRow]:
    return list(PupilFile(io.StringIO(as_csv(rows), newline=""), **how))


def test_a_row_is_read_under_the_departments_own_names() -> None:
    assert read(pupil_row(free_meals="21.7", BCRB="c")) == [
        PupilRow(
            2,
            900_001,
            2024,
            210,
            "21.70",
            {"WBRI": 100, "WOTH": 20, "AIND": 0, "APKN": 60, "BCRB": None, "REST": 30},
            (rows.HIDDEN,),
        )
    ]


@pytest.mark.parametrize("mark", ["c", "x", "z", "low", "LOW", "*", "~", "k", ":", "..", "", " ", "\xa0"])
def test_every_mark_of_the_department_leaves_one_figure_unknown_and_the_others_as_they_are(mark: str) -> None:
    (found,) = read(pupil_row(AIND=mark))
    assert isinstance(found, PupilRow)
    assert found.counts == {"WBRI": 100, "WOTH": 20, "AIND": None, "APKN": 60, "REST": 30}
    assert (found.headcount, found.free_meals, len(found.why)) == (210, "21.70", 1)
    (found,) = read(pupil_row(headcount=mark, free_meals=mark))
    assert (found.headcount, found.free_meals, len(found.why)) == (None, None, 2)
    assert found.counts["AIND"] == 0


def test_figures_that_are_not_known_are_counted_by_the_reason_in_good_rows_alone() -> None:
    written = [pupil_row(BCRB="c", AIND="*"), pupil_row(900_002, APKN="low", AIND="0"), pupil_row(BCRB="z")]
    for zero_is_unknown, noughts in ((False, 0), (True, 1)):
        file = PupilFile(io.StringIO(as_csv(written), newline=""), zero_is_unknown=zero_is_unknown)
        list(file)
        assert file.unknown == Counter({rows.HIDDEN: 2, rows.SMALL: 1, rows.EMPTY: 1, pupils.NOUGHT: noughts})


def test_no_nought_is_believed_where_the_file_cannot_mark_what_is_suppressed() -> None:
    (found,) = read(pupil_row(headcount="0", free_meals="0.0"), zero_is_unknown=True)
    assert (found.headcount, found.free_meals, found.counts["AIND"]) == (None, None, None)
    assert found.counts["WBRI"] == 100
    (believed,) = read(pupil_row(headcount="0", free_meals="0.0"))
    assert (believed.headcount, believed.free_meals, believed.counts["AIND"]) == (0, "0.00", 0)


@pytest.mark.parametrize("text", ["202425", "2024/25", "2024-25", "2024", "2024/2025"])
def test_a_school_year_is_the_year_in_which_it_begins(text: str) -> None:
    assert pupils.year(text) == 2024


@pytest.mark.parametrize("text", ["", "24/25", "202427", "1999", "soon"])
def test_what_is_no_school_year_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="no school year"):
        pupils.year(text)


def test_rows_of_other_years_are_counted_and_left() -> None:
    text = as_csv([pupil_row(), pupil_row(year="202324"), pupil_row(year="202324")])
    file = PupilFile(io.StringIO(text, newline=""), only=2024)
    assert [row.year for row in file] == [2024]
    assert file.other_years == 2


def test_a_year_without_a_column_has_to_be_said() -> None:
    row = {name: cell for name, cell in pupil_row().items() if name != COLUMNS["year"]}
    with pytest.raises(BadFile, match="Say with --year"):
        read(row)
    assert [found.year for found in read(row, only=2023)] == [2023]


def test_a_school_stands_once_a_year() -> None:
    found = read(pupil_row(), pupil_row(year="202324"), pupil_row())
    assert [row.year for row in found if isinstance(row, PupilRow)] == [2024, 2023]
    assert found[2] == BadRow(4, "school 900001 stands on line 2 already")


def test_a_file_without_any_group_is_refused() -> None:
    with pytest.raises(BadFile, match="no ethnic group"):
        read({name: cell for name, cell in pupil_row().items() if not name.startswith("number of pupils ")})


@given(st.dictionaries(st.sampled_from(sorted(COLUMNS)), st.text(max_size=8)))
def test_any_cell_is_read_or_its_row_left_out_in_words(said: dict[str, str]) -> None:
    (found,) = read(pupil_row(**said))
    assert isinstance(found, PupilRow) or found.why
