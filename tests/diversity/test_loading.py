"""Census tables on their way into the database."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from diversity import loading
from diversity.models import Baseline
from diversity.published import LISTS
from places.school_register.rows import BadFile, BadRow

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

FILE = Path(__file__).parents[1] / "examples/diversity/residents.csv"
CENSUS = Path(settings.BASE_DIR).parent / "shared" / "data" / "census"
GROUPS = ",".join(f'"{name}"' for name in LISTS["ethnic-5-2021"].columns.values())
REAL = {
    "ethnic-5-2021": ["census2021_ethnic_group_5_by_ltla24.csv", "census2021_ethnic_group_5_by_lsoa.csv"],
    "ethnic-19-2021": ["census2021_ethnic_group_19_by_ltla.csv"],
}


def test_areas_are_kept_and_bad_rows_named_by_line():
    loaded = loading.load(FILE, code_list="ethnic-5-2021")
    assert (loaded.areas, loaded.added, loaded.changed) == (2, 2, 0)
    assert loaded.skipped.named == [
        BadRow(4, "no number for “Other ethnic group”"),
        BadRow(6, "“E9900” is no code of an area"),
        BadRow(5, "the area E99000002 a second time"),
    ]
    known = Baseline.objects.get(area_code="E99000001")
    assert known.counts == {"asian": 1200, "black": 300, "mixed": 450, "white": 8000, "other": 50}


def test_loading_again_changes_nothing_and_another_number_one_area(tmp_path: Path):
    loading.load(FILE, code_list="ethnic-5-2021")
    again = loading.load(FILE, code_list="ethnic-5-2021")
    assert (again.added, again.changed) == (0, 0)
    other = tmp_path / "other.csv"
    other.write_text(FILE.read_text("utf-8").replace("8000", "8001"), "utf-8")
    assert loading.load(other, code_list="ethnic-5-2021").changed == 1


def test_areas_of_a_place_are_added_up_and_an_unknown_one_leaves_nothing():
    loading.load(FILE, code_list="ethnic-5-2021")
    both = Baseline.objects.of("ethnic-5-2021", ["E99000001", "E99000002"])
    assert both == [1300, 330, 495, 17820, 55]
    assert Baseline.objects.of("ethnic-5-2021", ["E99000001", "E99000003"]) is None
    assert Baseline.objects.of("ethnic-5-2021", []) is None


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("ltla24_code,White", "does not name these columns: Asian"),
        (f"name,{GROUPS}", "no column of areas"),
        (f"ltla24_code,lsoa21_code,{GROUPS}", "more than one column of areas"),
    ],
)
def test_file_that_is_another_table_changes_nothing(tmp_path: Path, header: str, why: str):
    file = tmp_path / "other.csv"
    file.write_text(f"{header}\nE99000001,1\n", "utf-8")
    with pytest.raises(BadFile, match=why):
        loading.load(file, code_list="ethnic-5-2021")
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("import_baselines", file, "--list", "ethnic-5-2021")
    assert not Baseline.objects.exists()


def test_command_says_what_it_did(capsys: pytest.CaptureFixture[str]):
    call_command("import_baselines", FILE, "--list", "ethnic-5-2021")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "2 areas read: 2 added, 0 changed, 0 as they were."
    assert lines[1] == "3 rows skipped:"


@pytest.mark.skipif(not CENSUS.is_dir(), reason=f"the census tables are not at {CENSUS}")
@pytest.mark.parametrize(
    ("code_list", "name"), [(key, name) for key, names in REAL.items() for name in names]
)
def test_real_tables_are_read_whole(code_list: str, name: str):
    loaded = loading.load(CENSUS / name, code_list=code_list)
    lines = len((CENSUS / name).read_text("utf-8").splitlines()) - 1
    assert (loaded.areas, loaded.skipped.number) == (lines, 0)


@pytest.mark.skipif(not CENSUS.is_dir(), reason=f"the census tables are not at {CENSUS}")
def test_nineteen_groups_add_up_to_five():
    loading.load(CENSUS / REAL["ethnic-5-2021"][0], code_list="ethnic-5-2021")
    loading.load(CENSUS / REAL["ethnic-19-2021"][0], code_list="ethnic-19-2021")
    detailed = Baseline.objects.get(area_code="E08000033", code_list="ethnic-19-2021").counts
    five = dict.fromkeys(LISTS["ethnic-5-2021"].columns, 0)
    for code, number in detailed.items():
        five[LISTS["ethnic-19-2021"].groups[code]] += number
    known = Baseline.objects.get(area_code="E08000033", code_list="ethnic-5-2021").counts
    # The Office changes counts of detailed tables a little.
    assert [group for group, number in known.items() if abs(five[group] - number) > 25] == []
