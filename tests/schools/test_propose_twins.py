"""`manage.py propose_twins`: the proposal as a file, and in words."""

import csv
import io

import pytest
from django.core.management import CommandError, call_command

from places import loading_pupils, loading_schools
from places.models import School
from schools.models import Round, RoundState
from tests.factories import registers
from tests.factories.rounds import counted_school, four_schools

pytestmark = pytest.mark.django_db


def propose(*words: str) -> list[str]:
    said = io.StringIO()
    call_command("propose_twins", *words, stdout=said)
    return said.getvalue().splitlines()


def test_a_places_pairs_are_written_and_the_round_is_kept(tmp_path, capsys):
    four_schools()
    counted_school(900_005, 0, 0, 100, area_code="E08000001")
    said = propose("--place", "E08000033", "--out", str(tmp_path / "twins.csv"))
    with (tmp_path / "twins.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["urn"], row["twin_urn"]) for row in rows] == [("900001", "900002"), ("900003", "900004")]
    first = rows[0]
    assert {name: first[name] for name in ("school", "phase", "town", "twin", "twin_phase")} == {
        "school": "School 900001",
        "phase": "Primary",
        "town": "Halifax",
        "twin": "School 900002",
        "twin_phase": "Primary",
    }
    assert (first["miles"], first["difference"], first["one_from_each_differ"]) == (
        "1.00",
        "0.5000",
        "0.5000",
    )
    assert (first["inside_school"], first["inside_twin"], first["kept"]) == ("0.5051", "0.0000", "")
    assert said[0] == "4 schools have 6 possible links among them; 2 pairs are proposed."
    assert said[1] == (
        "The best for all together: 2 pairs, weight 1,000,000 (100.0 % of the best). "
        "Two pupils differ 25 times in 100 in their own school, 50 times in 100 across. "
        "The two schools are 1.0 miles apart on average, 1.0 at most."
    )
    assert said[2].startswith("The most different first (greedy): ")
    assert said[3].startswith("The nearest first: ")
    assert said[4].startswith("The round is kept. Done in ")
    kept = Round.objects.get()
    assert (kept.state, kept.area_codes, kept.by) == (RoundState.DRAFT, ["E08000033"], None)
    assert capsys.readouterr().err == "Twins: 25 %\nTwins: 50 %\nTwins: 100 %\n"


def test_a_dry_run_writes_the_file_and_keeps_nothing(tmp_path):
    four_schools()
    said = propose("--place", "E08000033", "--dry-run", "--out", str(tmp_path / "twins.csv"))
    assert len((tmp_path / "twins.csv").read_text().splitlines()) == 3
    assert said[-1].startswith("Nothing was kept. Done in ")
    assert not Round.objects.exists()


def test_a_name_that_a_spreadsheet_would_take_for_a_formula_is_text(tmp_path):
    four_schools()
    School.objects.filter(pk=900_001).update(name="=HYPERLINK(1)", town=" +town")
    propose("--place", "E08000033", "--dry-run", "--out", str(tmp_path / "twins.csv"))
    line = (tmp_path / "twins.csv").read_text().splitlines()[1]
    assert line.startswith("900001,'=HYPERLINK(1),Primary,' +town,")


def test_all_phases_of_england_are_paired_together():
    counted_school(900_001, 100, 0, area_code="E08000001")
    counted_school(900_002, 0, 100, phase="", area_code="E08000002")
    propose("--all-england")
    propose("--all-england", "--all-phases")
    same, mixed = Round.objects.order_by("pk")
    assert (same.pairs.count(), mixed.pairs.count(), mixed.is_study) == (0, 1, True)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        (["--place", "E08000099"], "No place here answers for E08000099."),
        (["--place", "nonsense"], "No place here answers for nonsense."),
        (["--place", "E08000033"], "No register of schools is loaded."),
        ([], "one of the arguments --place --all-england is required"),
        (["--all-england", "--place", "E08000033"], "not allowed with argument"),
    ],
)
def test_what_cannot_be_is_said_in_words(words, refusal):
    with pytest.raises(CommandError, match=refusal):
        propose(*words)


def test_a_file_that_cannot_be_written_keeps_nothing(tmp_path):
    four_schools()
    with pytest.raises(CommandError, match="Nothing was kept"):
        propose("--place", "E08000033", "--out", str(tmp_path / "no" / "such" / "folder.csv"))
    assert not Round.objects.exists()


@pytest.mark.slow
@pytest.mark.skipif(not registers.REAL_SCHOOLS.exists(), reason=registers.ABSENT)
def test_calderdale_on_the_real_register():
    loading_schools.load(registers.REAL_SCHOOLS)
    loading_pupils.load(registers.REAL_PUPILS, zero_is_unknown=True)
    said = propose("--place", "E08000033")
    assert said[0] == "90 schools have 1,028 possible links among them; 44 pairs are proposed."
    best, greedy, nearest = (Round.objects.get().figures[name] for name in ("best", "greedy", "nearest"))
    assert best["weight"] > greedy["weight"] > nearest["weight"] > 0
    assert best["across"] > best["inside"]
