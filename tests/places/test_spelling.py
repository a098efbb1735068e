import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from places.spelling import LONGEST, Written, is_outcode, readings, unbroken

AREAS = ["HX", "BD", "OL", "IG", "SO", "CO", "B", "M", "SW1", "GY", "ZE"]
OUTCODES = st.from_regex(
    re.compile(r"(?:HX|BD|OL|IG|CO|B|M)[1-9]|(?:HX|SO)[1-9][0-9]|SW1[A-HJKMNPR-Y]|BL0", re.A), fullmatch=True
)
INCODES = st.from_regex(re.compile(r"[0-9][ABD-HJLNP-UW-Z]{2}", re.A), fullmatch=True)


@pytest.mark.parametrize(
    "text",
    [
        "HX1 1UJ", "hx1 1uj", "HX11UJ", "  hx1   1uj ", "HX1-1UJ", "(HX1 1UJ).", "H X 1 1 U J", "HX1\t1UJ",
        "ＨＸ１　１ＵＪ", "HX۱ ۱UJ", "HX१ १UJ", "HX1\u00a01UJ", "HX1\u200b1UJ", "HX1\x001UJ",
        "HXI IUJ", "HXl lUJ", "HX1 IUJ",
    ],
)  # fmt: skip
def test_a_postcode_is_read_however_it_is_written(text: str) -> None:
    assert readings(text) == (Written("HX1", "1UJ"),)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("M1  1AE", "M1 1AE"),
        ("M11AE", "M1 1AE"),
        ("SW1A1AA", "SW1A 1AA"),
        ("SWIA 1AA", "SW1A 1AA"),
        ("S014 0AA", "SO14 0AA"),
        ("SO14 OAA", "SO14 0AA"),
        ("0L1 2AB", "OL1 2AB"),
        ("1G1 1AA", "IG1 1AA"),
        ("C0I IAA", "CO1 1AA"),
        ("BLO 9AA", "BL0 9AA"),
        ("NPT 9AA", "NPT 9AA"),
        ("GIR0AA", "GIR 0AA"),
        ("JE2 3AB", "JE2 3AB"),
        ("HX1", "HX1"),
        ("ol14", "OL14"),
        ("LI", "L1"),
        ("HX1 1", "HX1 1"),
        ("HX1 1U", "HX1 1U"),
        ("HX11U", "HX1 1U"),
        ("W1A 1", "W1A 1"),
        ("E1 W", "E1W"),
    ],
)
def test_the_first_reading_is_the_likeliest(text: str, meant: str) -> None:
    assert str(readings(text)[0]) == meant


def test_where_the_space_stands_decides_between_an_outcode_and_a_sector() -> None:
    sector, outcode = Written("HX1", "1"), Written("HX11")
    assert readings("HX1 1") == (sector, outcode)
    assert readings("HX11") == (outcode, sector)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "Halifax", "banana", "12345", "H", "1", "HX", "I9", "QX1 1AA", "HX1 1CI", "HX1 AAA",
        "HX1 1UJX", "HX 1 1UJ 1", "P0 1AA", "IOIOIOI", "\x00", "\ud800", "<script>",
        "' OR 1=1 --", "HX1 1UJ" * 99, "é1", "НХ1 1UJ", "½",
    ],
)  # fmt: skip
def test_what_is_no_postcode_has_no_reading(text: str) -> None:
    assert readings(text) == ()


def test_a_mistake_with_two_possible_meanings_is_not_guessed() -> None:
    assert readings("BLL") == (), "BL1 or B11"
    assert readings("BII") == readings("B11")


@pytest.mark.parametrize(
    "code", ["BX1", "QQ1", "HX", "HX111", "H1", "HX01", "hx1", "HX1 ", "HX1\n", "NPT1", ""]
)
def test_an_outcode_has_an_area_that_exists_and_a_number(code: str) -> None:
    assert not is_outcode(code)


@given(OUTCODES, INCODES)
def test_every_postcode_is_read_with_and_without_its_space(outcode: str, incode: str) -> None:
    meant = Written(outcode, incode)
    for text in (f"{outcode} {incode}", outcode + incode, f" {outcode.lower()}-{incode.lower()}."):
        assert readings(text)[0] == meant


def test_a_postcode_on_a_page_is_never_cut_in_two() -> None:
    assert unbroken("HX1 1UJ") == "HX1\N{NO-BREAK SPACE}1UJ"
    assert unbroken("") == ""


@given(OUTCODES, INCODES)
def test_a_postcode_copied_from_a_page_is_read_as_it_was_typed(outcode: str, incode: str) -> None:
    written = f"{outcode} {incode}"
    assert readings(unbroken(written)) == readings(written)


@given(st.text(max_size=LONGEST + 5) | st.text(alphabet="O0I1HXBLM 2A", max_size=9))
def test_readings_never_raise_and_are_always_well_formed(text: str) -> None:
    for reading in readings(text):
        assert is_outcode(reading.outcode)
        assert re.fullmatch(r"|[0-9][A-Z]{0,2}", reading.incode)
        assert reading.code.isascii()
        assert len(reading.code) <= 7
