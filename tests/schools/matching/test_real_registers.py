"""A real place, on the registers as published; all of England is `tests.bench.bench_matching`."""

import pytest

from schools.matching import comparing, pairing
from schools.matching.candidates import Search, candidates
from tests.schools.matching import graphs, registers

PLACES = ["E08000033", pytest.param("E08000025", marks=pytest.mark.slow)]  # Calderdale, Birmingham


@pytest.mark.skipif(registers.folder() is None, reason="the national registers are not on this machine")
@pytest.mark.parametrize("place", PLACES)
def test_a_real_places_pairs_are_the_best_there_are(place, capsys):
    schools, pupils = registers.read(place)
    weights = registers.weights(candidates(schools, Search(study=True)), pupils)
    pairs = pairing.best_pairs((one, other, weight) for (one, other), weight in weights.items())
    best = graphs.greatest(weights)
    greedy = comparing.total(comparing.greedy(weights), weights)
    with capsys.disabled():
        print(f"\n{place}: {len(schools)} schools, {len(pairs)} pairs, greedy {100 * greedy / best:.1f} %")
    assert comparing.total(pairs, weights) == best > greedy
