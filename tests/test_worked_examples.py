"""The numbers that the documents work out are what the code computes, and what their sentences say."""

import doctest
import re
from pathlib import Path

import pytest

from diversity import distances, indices, uncertainty
from schools import costs
from schools.matching import pairing, scoring
from tests.diversity import coverage

DOCS = Path(__file__).resolve().parents[1] / "docs"
HERE, CALDERDALE = [12, 1, 3, 0, 24], [21720, 1455, 4021, 1597, 177833]
HILL, DALE = [240, 20, 30, 10, 10], [20, 10, 20, 10, 230]
SENTENCES = {
    "measures.md": [
        ("Mixing chance: {} in 100", indices.mixing_chance(HERE)),
        ("from {} to 68 is likely", uncertainty.mixing_range(HERE)[0]),
        ("to {} is likely", uncertainty.mixing_range(HERE)[1]),
        ("it would be from {} to", uncertainty.not_stated_bounds(HERE, 2)[0]),
        ("it would be from 54 to {}.", uncertainty.not_stated_bounds(HERE, 2)[1]),
        ("in {} picks of 100 they are from different groups. More", indices.baseline_mixing(CALDERDALE)),
        ("Who is missing: {} in 100", indices.representation_gap(HERE, CALDERDALE)),
        ("Luck alone gives {} in 100", indices.expected_gap(40, CALDERDALE)),
        ("who is Asian, {} in 100", indices.exposure(HERE)[0]),
        ("looks mixed over a week: {} in 100", indices.pooled_mixing([[20, 0], [0, 20]] * 2)),
    ],
    "twinning.md": [
        ("Two pupils of Hill differ {} times", distances.mixing_inside(HILL)),
        ("two of Dale {} times", distances.mixing_inside(DALE)),
        ("One from each differ **{} times", distances.cross_contact(HILL, DALE)),
        ("any two differ {} times", distances.joint_mixing(HILL, 30, DALE, 30)),
        ("That is {} more", distances.joint_gain(HILL, 30, DALE, 30)),
        ("{} in 100 pupils would have to change", distances.total_variation(HILL, DALE)),
        ("The gap in free school meals is {} in 100", 0.35 - 0.15),
        ("makes their difference: {} in 100", scoring.difference(HILL, DALE, 0.35, 0.15)),
    ],
}


@pytest.mark.parametrize("name", SENTENCES)
def test_examples_give_what_is_printed(name):
    result = doctest.testfile(str(DOCS / name), module_relative=False)
    assert result.attempted > 5
    assert result.failed == 0


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_say_what_is_computed(name):
    text = re.sub(r"\s+", " ", (DOCS / name).read_text())
    said = [sentence.format(round(100 * value)) for sentence, value in SENTENCES[name]]
    assert [sentence for sentence in said if sentence not in text] == []


def test_the_areas_ratio_is_told_to_a_tenth():
    ratio = indices.relative_mixing(HERE, CALDERDALE)
    assert f"Compared with your area: {ratio:.1f} times" in (DOCS / "measures.md").read_text()


def test_four_schools_along_a_road_are_paired_as_the_head_teacher_reads():
    text = re.sub(r"\s+", " ", (DOCS / "twinning.md").read_text())
    apart = [(1, 2, 50), (2, 3, 80), (3, 4, 50)]
    chosen = [edge for edge in apart if edge[:2] in pairing.best_pairs(apart)]
    assert [edge[:2] for edge in chosen] == [(1, 2), (3, 4)]
    assert "Neighbours differ by {}, {} and {} in 100.".format(*(edge[2] for edge in apart)) in text
    assert f"alone: {max(edge[2] for edge in apart)} in all." in text
    assert f"third with the fourth make {sum(edge[2] for edge in chosen)}, so" in text


def test_a_coach_costs_what_the_head_teacher_reads():
    text = re.sub(r"\s+", " ", (DOCS / "twinning.md").read_text())
    low, high = costs.coach(2.1)
    assert f"For schools 2.1 miles apart that is £{low} to £{high}." in text
    assert f"£{costs.HALF_DAY} for half a day and £{costs.A_MILE} for each mile by road" in text
    assert (costs.ROADS, costs.SPREAD, costs.COACHES) == (1.4, 0.25, 2)


def test_the_range_of_a_session_holds_the_truth_as_often_as_is_printed():
    text = re.sub(r"\s+", " ", (DOCS / "measures.md").read_text())
    held = coverage.of_rooms(20_000)
    mean, worst = sum(held.values()) / len(held), min(held, key=held.__getitem__)
    assert worst == "20 people, mostly one group"
    assert f"holds the truth {mean * 100:.0f} times in 100 on average over five kinds of room" in text
    assert f"at worst {held[worst] * 100:.0f} times: 20 people, mostly of one group." in text


@pytest.mark.slow
def test_the_range_of_a_series_holds_the_truth_as_often_as_is_printed():
    text = re.sub(r"\s+", " ", (DOCS / "measures.md").read_text())
    held = coverage.of_series(5_000)
    worst = min(held, key=held.__getitem__)
    assert worst == "6 sessions, unlike"
    assert f"at worst {held[worst] * 100:.0f} times in 100, where sessions are few and unlike." in text
