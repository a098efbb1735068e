import datetime
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from places import loading_schools, staging
from places.loading_schools import Loaded
from places.models import School
from places.school_register.rows import BadFile, BadRow
from places.school_register.schools import COLUMNS
from places.signals import school_register_changed
from schools.models import Twinning, TwinningStep
from tests.factories import registers
from tests.factories.registers import school_row, write, write_schools

pytestmark = [pytest.mark.django_db, pytest.mark.floor]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "register.csv"


def load(file: Path, *rows: dict[str, str], **how: bool) -> Loaded:
    return loading_schools.load(write(file, rows), **how)


def figures(loaded: Loaded) -> tuple[int, ...]:
    """Read, added, changed, closed, open again, absent, skipped."""
    return (
        *(loaded.rows, loaded.added, loaded.changed, loaded.closed, loaded.reopened, loaded.absent),
        loaded.skipped.number,
    )


def test_a_school_is_added_with_its_position_on_the_globe(file: Path) -> None:
    assert figures(load(file, school_row(), school_row(900_002, easting="", northing=""))) == (
        2,
        2,
        0,
        0,
        0,
        0,
        0,
    )
    first, second = School.objects.order_by("urn")
    assert (first.latitude, first.longitude) == pytest.approx((53.7213, -1.8651), abs=1e-4)
    assert (second.latitude, second.longitude) == (None, None)
    assert (first.name, first.area_code, first.pupils, str(first.free_meals)) == (
        *("Heron Bank Primary School", "E08000033", 210),
        "21.70",
    )


def test_loading_again_changes_nothing(file: Path) -> None:
    load(file, school_row(), school_row(900_002))
    before = list(School.objects.order_by("urn").values())
    again = load(file, school_row(), school_row(900_002))
    assert (figures(again), bool(again)) == ((2, 0, 0, 0, 0, 0, 0), False)
    assert list(School.objects.order_by("urn").values()) == before


def test_what_is_another_is_changed_in_its_row(file: Path) -> None:
    load(file, school_row(), school_row(900_002))
    assert figures(load(file, school_row(pupils="SUPP"), school_row(900_002))) == (2, 0, 1, 0, 0, 0, 0)
    assert list(School.objects.order_by("urn").values_list("pupils", flat=True)) == [None, 210]


def test_a_school_closes_and_opens_again_in_the_same_row(file: Path) -> None:
    load(file, school_row())
    closed = load(file, school_row(status="Closed", closed_on="31-08-2026"))
    assert figures(closed) == (1, 0, 0, 1, 0, 0, 0)
    known = School.objects.get()
    assert (known.status, known.closed_on) == ("closed", datetime.date(2026, 8, 31))
    assert figures(load(file, school_row())) == (1, 0, 0, 0, 1, 0, 0)
    known.refresh_from_db()
    assert (known.status, known.closed_on, known.opened_on) == ("open", None, datetime.date(1998, 9, 1))


def test_a_school_that_is_not_in_the_file_stays_unless_the_file_is_whole(file: Path) -> None:
    load(file, school_row(), school_row(900_002), school_row(900_003))
    assert figures(load(file, school_row(), school_row(900_003))) == (2, 0, 0, 0, 0, 1, 0)
    assert School.objects.get(pk=900_002).status == "open"
    whole = load(file, school_row(), school_row(900_003), absent_are_closed=True)
    assert figures(whole) == (2, 0, 0, 1, 0, 1, 0)
    assert School.objects.get(pk=900_002).status == "closed"


def test_a_file_that_would_close_more_than_half_is_not_the_register(file: Path) -> None:
    load(file, *(school_row(900_000 + number) for number in range(4)))
    with pytest.raises(BadFile, match="would close 3 of 4 open schools"):
        load(file, school_row(900_000), absent_are_closed=True)
    assert set(School.objects.values_list("status", flat=True)) == {"open"}


def test_a_field_of_which_the_file_does_not_tell_stays(file: Path) -> None:
    load(file, school_row())
    silent = {COLUMNS[key] for key in ("town", "pupils", "opened_on", "closed_on", "age_from")}
    short = {name: cell for name, cell in school_row(name="Heron Bank School").items() if name not in silent}
    assert figures(load(file, short)) == (1, 0, 1, 0, 0, 0, 0)
    known = School.objects.get()
    assert (known.name, known.town, known.pupils) == ("Heron Bank School", "Halifax", 210)
    assert (known.opened_on, known.age_from, known.age_to) == (datetime.date(1998, 9, 1), 4, 11)


def test_a_file_without_days_closes_and_opens_again_without_them(file: Path) -> None:
    load(file, school_row(status="Closed", closed_on="31-08-2026"))
    short = {name: cell for name, cell in school_row().items() if name != COLUMNS["closed_on"]}
    load(file, short)
    assert School.objects.values_list("status", "closed_on").get() == ("open", None)


def test_a_bad_row_is_skipped_and_named_and_its_school_stays(file: Path) -> None:
    load(file, school_row(), school_row(900_002))
    loaded = load(file, school_row(status="Resting"), school_row(900_002, name="Heron Bank Infants"))
    assert figures(loaded) == (1, 0, 1, 0, 0, 1, 1)
    assert loaded.skipped.named == [BadRow(2, "“Resting” is no status of a school")]
    assert School.objects.get(pk=900_001).name == "Heron Bank Primary School"


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_names_are_read_in_every_encoding(file: Path, encoding: str) -> None:
    loading_schools.load(write(file, [school_row(name="Château St Ébba’s – Lower")], encoding))
    assert School.objects.get().name == "Château St Ébba’s – Lower"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04\0",
        b"URN,EstablishmentName\n900001,Heron\n",
        registers.as_csv([school_row(900_005)]).encode() + b'"900006,Heron',
        registers.as_csv([school_row(900_005, status="?")]).encode(),
        registers.as_csv([school_row(900_005)]).splitlines()[0].encode(),
    ],
    ids=["empty", "packed", "other columns", "cut off", "no good row", "no row"],
)
def test_a_bad_file_changes_nothing_and_says_so(file: Path, content: bytes) -> None:
    load(file, school_row())
    before = list(School.objects.values())
    file.write_bytes(content)
    with pytest.raises(CommandError, match=r"Nothing was changed\. [A-Z].*\."):
        call_command("import_schools", file, verbosity=0)
    assert list(School.objects.values()) == before


def test_a_merge_that_fails_leaves_the_register_as_it_was(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(file, school_row())

    def breaks() -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(loading_schools.school_words, "refresh", breaks)
    with pytest.raises(OSError, match="disk"):
        load(file, school_row(name="Heron Bank Infants"), school_row(900_002))
    assert list(School.objects.values_list("urn", "name")) == [(900_001, "Heron Bank Primary School")]


def test_whoever_shows_the_register_hears_of_a_change_and_of_nothing_else(file: Path) -> None:
    heard = []

    def listen(**_: object) -> None:
        heard.append(School.objects.count())

    school_register_changed.connect(listen)
    try:
        load(file, school_row())
        load(file, school_row())
    finally:
        school_register_changed.disconnect(listen)
    assert heard == [1]


def test_the_command_says_what_became_of_the_rows(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load(file, school_row(), school_row(900_002), school_row(900_009))
    rows = [
        school_row(status="Closed"),
        school_row(900_002, name="New name"),
        school_row(900_003),
        *(school_row(900_004 + number, status="?" * (1 + number)) for number in range(25)),
    ]
    call_command("import_schools", write(file, rows))
    out, err = capsys.readouterr()
    assert out.splitlines()[:4] == [
        "3 schools read: 1 added, 1 changed, 1 closed, 0 open again.",
        "1 open schools are not in the file and stay as they are. "
        "If the file has every open school, run it with --absent-are-closed.",
        "25 rows skipped:",
        "  line 5: “?” is no status of a school",
    ]
    assert out.splitlines()[-3:-1] == [
        "  and 5 more. All by their reason:",
        "  25: … is no status of a school (lines 5–29)",
    ]
    assert err.endswith("Schools: 100 %\n")


HISTORY = ("running", "Amina Reid", ["agreed", "running"])


def running_twinning(first: School, second: School) -> Twinning:
    now = timezone.now()
    made = Twinning.objects.create(
        first=first,
        second=second,
        year=2026,
        state="running",
        since=now,
        first_accepted_at=now,
        second_accepted_at=now,
        first_contact="Amina Reid",
    )
    for state in ("agreed", "running"):
        TwinningStep.objects.create(twinning=made, state=state, at=now)
    return made


def history_of(twinning: Twinning) -> tuple[str, str, list[str]]:
    found = Twinning.objects.get(pk=twinning.pk)
    steps = found.steps.order_by("pk").values_list("state", flat=True)
    return found.state, found.first_contact, list(steps)


@pytest.mark.slow
def test_fifty_thousand_schools_of_140_columns_close_and_open_again(tmp_path: Path) -> None:
    file = write_schools(tmp_path / "all.csv", rows=50_000, columns=140)
    assert figures(loading_schools.load(file)) == (50_000, 50_000, 0, 0, 0, 0, 0)
    assert School.objects.filter(status="closed").count() == 2_500
    assert figures(loading_schools.load(file)) == (50_000, 0, 0, 0, 0, 0, 0)
    twins = running_twinning(School.objects.get(pk=100_001), School.objects.get(pk=100_002))
    # Those that were closed open, and as many others close, one of the twins among them.
    other = write_schools(tmp_path / "other.csv", rows=50_000, columns=140, closed=1)
    assert figures(loading_schools.load(other))[3:5] == (2_500, 2_500)
    assert (School.objects.get(pk=100_001).status, history_of(twins)) == ("closed", HISTORY)
    assert figures(loading_schools.load(file))[3:5] == (2_500, 2_500)
    assert (School.objects.get(pk=100_001).status, history_of(twins)) == ("open", HISTORY)
    assert School.objects.count() == 50_000


@pytest.mark.slow
@pytest.mark.skipif(not registers.REAL_SCHOOLS.exists(), reason=registers.ABSENT)
def test_the_real_register_is_read_whole() -> None:
    loaded = loading_schools.load(registers.REAL_SCHOOLS)
    assert figures(loaded) == (27_153, 27_153, 0, 0, 0, 0, 0)
    assert School.objects.filter(latitude=None).count() == 531 + 88, "88 stand at 0, 0"
    assert School.objects.filter(pupils=None).count() == 3_646
    assert School.objects.filter(area_code="").count() == 1_102
    assert School.objects.within(["E08000033"]).count() > 90


@pytest.mark.parametrize(
    ("numbers", "told"), [([], ""), ([7], "7"), ([7, 8], "7–8"), ([2, 5, 6, 7, 40], "2, 5–7, 40")]
)
def test_lines_that_follow_each_other_are_told_as_one(numbers: list[int], told: str) -> None:
    assert staging.spans(numbers) == told
