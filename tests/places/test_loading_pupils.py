from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from places import loading_pupils, loading_schools
from places.loading_pupils import Loaded
from places.models import School, SchoolPupils
from places.school_register.rows import BadRow
from tests.factories import registers
from tests.factories.registers import make_school, pupil_row, write

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pupils.csv"


@pytest.fixture(autouse=True)
def _two_schools() -> None:
    make_school(900_001)
    make_school(900_002)


def load(file: Path, *rows: dict[str, str], **how: object) -> Loaded:
    return loading_pupils.load(write(file, rows, "utf-8"), **how)


def figures(loaded: Loaded) -> tuple[int, ...]:
    """Read, added, changed, of other years, skipped."""
    return loaded.rows, loaded.added, loaded.changed, loaded.other_years, loaded.skipped.number


def test_pupils_are_kept_as_they_were_published(file: Path) -> None:
    assert figures(load(file, pupil_row(BCRB="c"), pupil_row(900_002))) == (2, 2, 0, 0, 0)
    known = SchoolPupils.objects.get(school=900_001)
    assert (known.year, known.headcount, str(known.free_meals)) == (2024, 210, "21.70")
    assert known.groups == {"WBRI": 100, "WOTH": 20, "AIND": 0, "APKN": 60, "BCRB": None, "REST": 30}
    assert known.five.counts == {"white": 120, "asian": 60, "black": None, "mixed": None, "other": None}


def test_noughts_of_a_file_that_cannot_mark_suppression_are_unknown(file: Path) -> None:
    load(file, pupil_row(), zero_is_unknown=True)
    assert SchoolPupils.objects.get().groups["AIND"] is None


def test_a_figure_that_is_kept_back_by_now_is_unknown_and_its_row_is_kept(file: Path) -> None:
    load(file, pupil_row(BCRB="7"), pupil_row(900_002, BCRB="~"))
    loaded = load(file, pupil_row(BCRB="*"), pupil_row(900_002, BCRB="~", free_meals="k"))
    assert figures(loaded) == (2, 0, 2, 0, 0)
    assert list(loaded.words()) == [
        "2 schools' pupils read: 0 added, 2 changed, 0 as they were.",
        "3 figures of rows that can be read are not known, and stay so:",
        "  2: too small to be told",
        "  1: kept back, so that nobody is known by it",
    ]
    one, other = SchoolPupils.objects.order_by("school")
    assert (one.headcount, one.groups["BCRB"], one.groups["APKN"]) == (210, None, 60)
    assert (other.free_meals, other.groups["BCRB"], other.groups["APKN"]) == (None, None, 60)
    assert one.five.incomplete >= {"black"}


def test_loading_again_changes_nothing_and_another_number_one_row(file: Path) -> None:
    load(file, pupil_row(), pupil_row(900_002))
    assert figures(load(file, pupil_row(), pupil_row(900_002))) == (2, 0, 0, 0, 0)
    assert figures(load(file, pupil_row(APKN="61"), pupil_row(900_002))) == (2, 0, 1, 0, 0)
    assert SchoolPupils.objects.get(school=900_001).groups["APKN"] == 61


def test_each_year_is_a_row_and_the_newest_is_found(file: Path) -> None:
    load(file, pupil_row(), pupil_row(year="202324"), pupil_row(900_002, year="202324"))
    newest = SchoolPupils.objects.newest().values_list("school_id", "year")
    assert list(newest) == [(900_001, 2024), (900_002, 2023)]


def test_one_year_of_many_can_be_asked_for(file: Path) -> None:
    assert figures(load(file, pupil_row(), pupil_row(year="202324"), year=2023)) == (1, 1, 0, 1, 0)
    assert SchoolPupils.objects.get().year == 2023


def test_a_school_that_the_register_does_not_know_is_skipped_by_its_line(file: Path) -> None:
    loaded = load(file, pupil_row(), pupil_row(987_654), pupil_row(900_002, WBRI="many"))
    assert figures(loaded) == (1, 1, 0, 0, 2)
    assert loaded.skipped.named == [
        BadRow(4, "“many” is no number of people"),
        BadRow(3, "the register has no school 987654"),
    ]


def test_a_bad_file_changes_nothing_and_says_so(file: Path) -> None:
    load(file, pupil_row())
    before = list(SchoolPupils.objects.values())
    whole = registers.as_csv([pupil_row(APKN="1")]).encode()
    for content in (b"", b"\0", b"urn,headcount\n1,2\n", whole + b'"2024', whole.splitlines()[0]):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=r"Nothing was changed\. [A-Z].*\."):
            call_command("import_pupils", file, verbosity=0)
    assert list(SchoolPupils.objects.values()) == before


def test_the_command_takes_a_year_in_words_and_refuses_what_is_none(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(file, [pupil_row(), pupil_row(900_002, year="202324"), pupil_row(987_654)])
    call_command("import_pupils", str(file), "--year", "2024/25", "--zero-is-unknown")
    out, err = capsys.readouterr()
    assert out.splitlines()[:6] == [
        "1 schools' pupils read: 1 added, 0 changed, 0 as they were.",
        "1 rows are of other years.",
        "2 figures of rows that can be read are not known, and stay so:",
        "  2: nought, in a file that writes it for what it may not tell",
        "1 rows skipped:",
        "  line 4: the register has no school 987654",
    ]
    assert err.endswith("Pupils: 100 %\n")
    with pytest.raises(CommandError, match="“soon” is no school year"):
        call_command("import_pupils", str(file), "--year", "soon")


@pytest.mark.slow
@pytest.mark.skipif(not registers.REAL_PUPILS.exists(), reason=registers.ABSENT)
def test_the_real_census_is_read_whole() -> None:
    School.objects.all().delete()
    loading_schools.load(registers.REAL_SCHOOLS)
    loaded = loading_pupils.load(registers.REAL_PUPILS, zero_is_unknown=True)
    assert figures(loaded) == (20_670, 20_670, 0, 0, 0)
    assert SchoolPupils.objects.filter(headcount=None).count() == 5
    assert SchoolPupils.objects.filter(groups__contains={"ABAN": 0}).count() == 0
    aldgate = SchoolPupils.objects.get(school=100_000)
    assert (aldgate.headcount, aldgate.groups["ABAN"], aldgate.groups["REST"]) == (244, 92, 63)
