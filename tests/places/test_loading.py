from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from places import directory, loading, postcodes
from places.loading import Loaded, Scope
from places.models import Outcode, Place, Postcode
from places.problems import Problem, Reason
from tests.places.small_directory import write

BRADFORD, CALDERDALE = "E08000032", "E08000033"
ROWS = [
    ("B", "BD1 1AA", BRADFORD, 416000.0, 433000.0),
    ("B", "BD131AA", BRADFORD, 408000.0, 433000.0),
    ("B", "BD131AB", CALDERDALE, 408100.0, 433100.0),
    ("B", "BT1 1AA", "N09000003", 334316.0, 374675.0),
    ("H", "HX1 1AA", CALDERDALE, 409000.0, 425000.0),
    ("H", "HX1 1AB", CALDERDALE, 409200.0, 425200.0),
    ("H", "HX1 1AD", None, None, None),
    ("H", "HD1 1AA", "E08000034", 414000.0, 416000.0),
    ("J", "JE2 3AB", "L99999999", None, None),
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    return write(tmp_path, ROWS)


def codes() -> list[str]:
    return list(Postcode.objects.order_by("code").values_list("code", flat=True))


def complete() -> list[str]:
    return list(Outcode.objects.filter(complete=True).order_by("code").values_list("code", flat=True))


def definition() -> tuple[list, list, list]:
    """Columns, indexes and constraints of the table of postcodes."""
    with connection.cursor() as cursor:
        answers = []
        for question in (
            "SELECT column_name, data_type, character_maximum_length, is_nullable, column_default, "
            "collation_name FROM information_schema.columns WHERE table_name = 'places_postcode' "
            "ORDER BY ordinal_position",
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'places_postcode' ORDER BY 1",
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE conrelid = 'places_postcode'::regclass ORDER BY 1",
        ):
            cursor.execute(question)
            answers.append(cursor.fetchall())
    return tuple(answers)


def test_loading_all_takes_every_postcode(files: list[Path]) -> None:
    assert loading.load(Scope(everything=True), files=files) == Loaded(
        postcodes=9, outcodes=6, in_directory=9
    )
    assert codes() == sorted(row[1].replace(" ", "") for row in ROWS)
    assert len(complete()) == 6


def test_loading_an_area_takes_each_outcode_that_reaches_into_it_whole(files: list[Path]) -> None:
    loading.load(Scope(areas=frozenset({CALDERDALE})), files=files)
    assert codes() == ["BD131AA", "BD131AB", "HX11AA", "HX11AB", "HX11AD"]
    assert complete() == ["BD13", "HX1"]


def test_outcodes_are_always_those_of_the_country(files: list[Path]) -> None:
    loading.load(Scope(areas=frozenset({CALDERDALE})), files=files)
    rows = {row.code: row for row in Outcode.objects.all()}
    assert sorted(rows) == ["BD1", "BD13", "BT1", "HD1", "HX1", "JE2"]
    halifax = rows["HX1"]
    assert (halifax.postcodes, halifax.area_code, halifax.edition) == (3, CALDERDALE, 1)
    two = Postcode.objects.filter(code__in=["HX11AA", "HX11AB"])
    assert halifax.latitude == pytest.approx(sum(row.latitude for row in two) / 2, abs=1e-6)
    assert halifax.longitude == pytest.approx(sum(row.longitude for row in two) / 2, abs=1e-6)
    assert {rows[code].latitude for code in ("BT1", "JE2")} == {None}
    assert rows["BT1"].area_code == "N09000003"


def test_loading_postcode_areas_takes_what_begins_with_their_letters(files: list[Path]) -> None:
    loading.load(Scope(postcode_areas=frozenset({"HD", "B"})), files=files)
    assert codes() == ["HD11AA"], "B is Birmingham, not Bradford"


def test_what_was_loaded_before_stays_and_is_refreshed(files: list[Path], tmp_path: Path) -> None:
    loading.load(Scope(areas=frozenset({CALDERDALE})), files=files)
    (tmp_path / "new").mkdir()
    later = [row for row in ROWS if row[1] != "HX1 1AB"] + [("H", "HX1 1ZZ")]
    loading.load(Scope(areas=frozenset({"E08000034"})), files=write(tmp_path / "new", later))
    assert codes() == ["BD131AA", "BD131AB", "HD11AA", "HX11AA", "HX11AD", "HX11ZZ"]
    assert set(Outcode.objects.values_list("edition", flat=True)) == {2}


def test_loading_again_gives_the_same_rows(files: list[Path]) -> None:
    scope = Scope(areas=frozenset({CALDERDALE}))
    loading.load(scope, files=files)
    rows = list(Postcode.objects.order_by("code").values_list())
    loading.load(scope, files=files)
    assert list(Postcode.objects.order_by("code").values_list()) == rows


def test_the_new_table_is_defined_as_the_old_one_was(files: list[Path]) -> None:
    before = definition()
    loading.load(Scope(everything=True), files=files)
    assert definition() == before
    loading.load(Scope(everything=True), files=files)
    assert definition() == before


def test_a_load_that_fails_leaves_the_old_directory(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    loading.load(Scope(areas=frozenset({CALDERDALE})), files=files)
    rows = codes()

    def breaks(file: Path) -> directory.Batch:
        raise OSError(file)

    monkeypatch.setattr(directory, "read", breaks)
    with pytest.raises(OSError, match="postcodes_B"):
        loading.load(Scope(everything=True), files=files)
    assert (codes(), complete()) == (rows, ["BD13", "HX1"])


def test_a_worker_that_loads_knows_the_new_outcodes_at_once(files: list[Path]) -> None:
    assert postcodes.find("HX1").reason is Reason.UNKNOWN
    loading.load(Scope(areas=frozenset({CALDERDALE})), files=files)
    assert postcodes.find("HX1 1AA").exact
    assert postcodes.find("HX1 1AD") == Problem(Reason.NO_POSITION, "HX1")
    assert postcodes.find("BT1 1AA") == Problem(Reason.NORTHERN_IRELAND, "BT1")
    assert not postcodes.find("HD1 1AA").exact


def test_progress_runs_to_the_end(files: list[Path]) -> None:
    seen: list[tuple[int, int]] = []
    loading.load(Scope(), files=files, progress=lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [sum(file.stat().st_size for file in files)] * 3
    assert seen == sorted(seen)
    assert seen[-1][0] == seen[-1][1]


@pytest.fixture
def _small(files: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(directory, "files", lambda: files)


@pytest.mark.usefixtures("_small")
def test_the_command_loads_the_areas_of_all_places(capsys: pytest.CaptureFixture[str]) -> None:
    Place.objects.create(
        slug="bradford", name="Bradford", area_codes=[BRADFORD], latitude=53.8, longitude=-1.7
    )
    call_command("import_postcodes")
    out, err = capsys.readouterr()
    assert complete() == ["BD1", "BD13"]
    assert out.startswith("3 of 9 postcodes in 2 outcodes loaded in ")
    assert err.endswith("Postcodes: 100 %\n")


@pytest.mark.usefixtures("_small")
def test_the_command_takes_areas_letters_or_all() -> None:
    call_command("import_postcodes", area=["E08000034"], near=["hx"], verbosity=0)
    assert complete() == ["HD1", "HX1"]
    call_command("import_postcodes", all=True, verbosity=0)
    assert len(codes()) == 9


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize("wrong", [{"area": ["Calderdale"]}, {"near": ["HX1"]}, {"near": ["Halifax"]}])
def test_the_command_refuses_what_is_no_area_and_loads_nothing(wrong: dict[str, list[str]]) -> None:
    with pytest.raises(CommandError, match="Not "):
        call_command("import_postcodes", **wrong)
    assert codes() == []


@pytest.mark.slow
def test_the_real_directory_of_one_area_is_loaded_and_answers() -> None:
    call_command("import_postcodes", area=[CALDERDALE], verbosity=0)
    assert Outcode.objects.count() > 3000
    assert {"HX1", "HX7", "OL14", "BD13", "HD6"} <= set(complete())
    halifax = postcodes.find("HX1 1UJ")
    assert halifax.exact
    assert (halifax.latitude, halifax.longitude) == pytest.approx((53.72437, -1.86070), abs=1e-4)
    assert halifax.area_code == CALDERDALE
    assert postcodes.find("BT1 1AA").reason is Reason.NORTHERN_IRELAND
    assert postcodes.find("IM1 1AA").reason is Reason.ISLE_OF_MAN
    assert postcodes.find("GY1 1AA").reason is Reason.CHANNEL_ISLANDS
    assert postcodes.find("HX7 9AB").reason is Reason.NO_POSITION
    assert postcodes.find("SW1A 1AA").outcode == "SW1A"
