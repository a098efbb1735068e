import contextlib
import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.school_register import rows
from places.school_register.rows import BadCell, BadFile, BadRow, Row, Table

WANTED = {"urn": "URN", "name": "EstablishmentName", "town": "Town"}


def read(text: str) -> list[Row | BadRow]:
    return list(Table(io.StringIO(text, newline=""), WANTED, ("urn", "name")))


def write(tmp_path: Path, content: bytes) -> Path:
    file = tmp_path / "register.csv"
    file.write_bytes(content)
    return file


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("a,b\nÉcole,ü\n".encode("cp1252"), "cp1252"),
        ("a,b\nÉcole,ü\n".encode(), "utf-8-sig"),
        ("a,b\nÉcole,ü\n".encode("utf-8-sig"), "utf-8-sig"),
        (b"a,b\n1,2\n", "utf-8-sig"),
        (b"a,b\nCaf\xc3", "cp1252"),
    ],
)
def test_encoding_is_utf_8_where_it_can_be_and_else_windows_1252(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    assert rows.encoding(write(tmp_path, content)) == encoding


def test_a_letter_cut_in_two_by_the_piece_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rows, "PIECE", 3)
    assert rows.encoding(write(tmp_path, "aaéé,é\n".encode())) == "utf-8-sig"


def test_what_is_no_text_is_refused_in_words(tmp_path: Path) -> None:
    for content, words in ((b"PK\x03\x04\0\0", "Save it as CSV"), (b"", "The file is empty.")):
        with pytest.raises(BadFile, match=words):
            rows.encoding(write(tmp_path, content))
    for nowhere in (tmp_path, tmp_path / "nowhere.csv"):
        with pytest.raises(BadFile, match="There is no file"):
            rows.encoding(nowhere)


def test_columns_are_found_by_name_in_any_order_and_further_ones_left_alone() -> None:
    assert read(' establishmentname ,Head,URN\n"Heron, Bank",Dr X,900001\n') == [
        Row(2, {"urn": "900001", "name": "Heron, Bank"})
    ]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(BadFile, match="does not name these columns: EstablishmentName"):
        read("URN,Name\n1,2\n")


def test_a_column_that_stands_twice_is_named() -> None:
    with pytest.raises(BadFile, match="a column twice: URN"):
        read("URN,EstablishmentName,urn\n1,2,3\n")


def test_an_empty_file_and_one_with_a_broken_first_line_are_refused() -> None:
    with pytest.raises(BadFile, match="empty"):
        read("")
    with pytest.raises(BadFile, match="not a list of columns"):
        read('URN,"Establishment\n')


def test_a_bad_row_names_its_line_and_the_next_is_read() -> None:
    assert read('URN,EstablishmentName\n1,"two\nlines"\n2\n"3"x,a\n4,b\x01\n5,c\n\n6,d\n') == [
        Row(2, {"urn": "1", "name": "two lines"}),
        BadRow(4, "1 cells where there are 2 columns"),
        BadRow(5, "quotation marks in a wrong place"),
        BadRow(6, "signs in it that are no text"),
        Row(7, {"urn": "5", "name": "c"}),
        Row(9, {"urn": "6", "name": "d"}),
    ]


def test_a_file_that_ends_within_quotation_marks_is_a_bad_file() -> None:
    with pytest.raises(BadFile, match="open on line 3 or after it: it was cut off"):
        read('URN,EstablishmentName\n1,a\n2,"b\n3,c\n')


def test_a_quotation_mark_left_open_takes_few_rows_with_it_and_says_which() -> None:
    text = "URN,EstablishmentName\n" + '1,"a\n' + "2,b\n" * 60 + '3,c"\n4,d\n'
    assert read(text) == [
        BadRow(2, "a quotation mark was left open, up to line 63"),
        Row(64, {"urn": "4", "name": "d"}),
    ]


@given(
    st.lists(
        st.tuples(
            st.integers(100_000, 999_999), st.text(st.characters(codec="utf-8", exclude_categories=["C"]))
        ),
        max_size=20,
    )
)
def test_whatever_is_written_as_csv_is_read_again(written: list[tuple[int, str]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerows([("URN", "x", "EstablishmentName"), *((urn, "", name) for urn, name in written)])
    text.seek(0)
    found = list(Table(text, WANTED, ("urn", "name")))
    assert [row.cells for row in found if isinstance(row, Row)] == [
        {"urn": str(urn), "name": rows.plain(name)} for urn, name in written if "\ufffd" not in name
    ]


@given(st.text())
def test_no_text_is_more_than_a_bad_file_or_bad_rows(text: str) -> None:
    text = f"URN,EstablishmentName\n{text}"
    with contextlib.suppress(BadFile):
        assert all(isinstance(row, Row | BadRow) for row in read(text))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("210", 210),
        ("1,204", 1204),
        ("12.0", 12),
        ("", None),
        ("SUPP", None),
        ("z", None),
        ("..", None),
    ],
)
def test_a_missing_or_suppressed_number_is_unknown_and_never_nought(text: str, number: int | None) -> None:
    assert rows.count(text) == number


@pytest.mark.parametrize("text", ["-1", "many", "1.5", "12345678", "²"])
def test_what_is_no_number_of_people_is_refused(text: str) -> None:
    with pytest.raises(BadCell, match="no number of people"):
        rows.count(text)


def test_a_percentage_has_two_decimals_and_a_range() -> None:
    assert [rows.hundredths(text) for text in ("0", "21.7", "100", "33.333333", "SUPP", "5 %")] == [
        *("0.00", "21.70", "100.00", "33.33", None, "5.00")
    ]
    for text in ("101", "-1", "a few"):
        with pytest.raises(BadCell, match="no percentage"):
            rows.hundredths(text)
