"""A round worked out, piece by piece, and what it would change. Whoever calls holds its row.

What two schools weigh and who is paired with whom is decided in `schools.matching`; here the database is read
for it, and what it found is put down.
"""

import dataclasses
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from diversity.distances import cross_contact, mixing_inside
from organisations.models import Organisation
from places.models import School
from schools import census
from schools.matching import candidates, proposing
from schools.matching.pairing import Pair
from schools.matching.proposing import Graph, Outcome, Pupils
from schools.models import LinkLimit, Reach, Round, RoundPair, RoundState, Step, Takers, Twinning
from schools.models.twinning import LINKS_UNLESS_CHOSEN
from schools.twins import KM_PER_MILE, miles_apart

ROWS = 2000


def advance(held: Round) -> None:
    """One piece, in the caller's transaction."""
    {Step.LOOKING: _look, Step.PAIRING: _pair, Step.COMPARING: _compare}[Step(held.step)](held)
    held.save()


def search(held: Round) -> candidates.Search:
    """What was asked, as the pure modules take it."""
    reach_km = candidates.REACH_KM
    if held.reach in reach_km:
        reach_km = {held.reach: reach_km[held.reach]}
    most_miles = math.inf if held.most_miles is None else held.most_miles
    return candidates.Search(
        reach_km=reach_km,
        most_km=most_miles * KM_PER_MILE,
        least=held.least_difference / 100,
        study=held.takers == Takers.ALL,
        mixes_phases=held.reach == Reach.ALL_PHASES,
        left_out=frozenset(held.left_out),
        keep=links(held.keep),
        never=links(held.never),
    )


def _read(held: Round) -> census.Read:
    wanting = _wanting(held.year) if held.takers == Takers.JOINED else frozenset()
    return census.read(held.area_codes if held.place_id else None, wanting=wanting)


def _wanting(year: int) -> frozenset[int]:
    """Schools that want a twin have come here, an officer has checked them, and in that year they have fewer
    twinnings than they have chosen."""
    joined = frozenset(Organisation.objects.checked_schools().values_list("urn", flat=True))
    have = Counter(
        urn
        for pair in Twinning.objects.public().filter(year=year).values_list("first", "second")
        for urn in pair
    )
    most = dict(LinkLimit.objects.filter(school__in=joined).values_list("school", "most"))
    return frozenset(urn for urn in joined if have[urn] < most.get(urn, LINKS_UNLESS_CHOSEN))


def _look(held: Round) -> None:
    schools, pupils = _read(held)
    found = proposing.graph(schools, pupils, search(held))
    held.graph = proposing.packed(found)
    held.figures = {"schools": len(schools), "nodes": found.schools, "edges": len(found.weights)}
    held.step = Step.PAIRING


def _pair(held: Round) -> None:
    found = proposing.unpacked(bytes(held.graph or b""))
    kept = links(held.keep)
    pairs = proposing.propose(found, kept)
    pupils = _read(held)[1] | census.pupils_of(urn for pair in kept for urn in pair)
    schools = School.objects.in_bulk([urn for pair in kept for urn in pair])
    beside = numbers(pairs, found.kilometres, pupils, schools)
    RoundPair.objects.bulk_create(
        (
            RoundPair(round=held, first_id=pair[0], second_id=pair[1], kept=pair in kept, **beside[pair])
            for pair in pairs
        ),
        batch_size=ROWS,
    )
    held.step = Step.COMPARING


def _compare(held: Round) -> None:
    """Beside what was proposed, what two simpler ways would; links that are kept are in all three."""
    found = proposing.unpacked(bytes(held.graph or b""))
    pupils = _read(held)[1] | census.pupils_of(urn for pair in held.keep for urn in pair)
    known = held.pairs.exclude(weight=None).exclude(kilometres=None)
    rows = list(known.values_list("first", "second", "weight", "kilometres", "kept"))
    kept = Graph(
        {(one, other): weight for one, other, weight, _km, keeps in rows if keeps},
        {(one, other): km for one, other, _weight, km, keeps in rows if keeps},
    )
    weights, kilometres = {**found.weights, **kept.weights}, {**found.kilometres, **kept.kilometres}
    best = proposing.outcome([(one, other) for one, other, *_ in rows], pupils, weights, kilometres)
    outcomes = {"best": best, **proposing.simpler(found, pupils, kept)}
    held.figures |= {name: dataclasses.asdict(each) for name, each in outcomes.items()}
    held.graph, held.step, held.state = None, None, RoundState.DRAFT


def numbers(
    pairs: Iterable[Pair],
    kilometres: Mapping[Pair, float],
    pupils: Mapping[int, Pupils],
    schools: Mapping[int, School],
) -> dict[Pair, dict[str, Any]]:
    """What stands beside each pair. Distances that are not known yet are measured."""
    return {
        pair: {
            "kilometres": kilometres[pair] if pair in kilometres else _apart(pair, schools),
            **_chances(pair, pupils),
        }
        for pair in pairs
    }


def _apart(pair: Pair, schools: Mapping[int, School]) -> float | None:
    one, other = (schools[urn] for urn in pair)
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    return KM_PER_MILE * miles_apart(one, other)


def links(pairs: Iterable[Sequence[int]]) -> frozenset[Pair]:
    return frozenset((one, other) for one, other in pairs)


def _chances(pair: Pair, pupils: Mapping[int, Pupils]) -> dict[str, Any]:
    one, other = (pupils.get(urn) for urn in pair)
    if one is None or other is None or one.counted_by != other.counted_by:
        return dict.fromkeys(("weight", "across", "inside_first", "inside_second"))
    return {
        "weight": proposing.weight_of(one, other),
        "across": cross_contact(one.groups, other.groups),
        "inside_first": mixing_inside(one.groups),
        "inside_second": mixing_inside(other.groups),
    }


def outcome_now(held: Round) -> Outcome:
    """What the round would change as it stands, after what was changed by hand."""
    rows = list(
        held.pairs.proposed().values_list("weight", "inside_first", "inside_second", "across", "kilometres")
    )
    known = [row for row in rows if row[0] is not None]
    apart = [row[4] for row in rows if row[4] is not None]
    return Outcome(
        pairs=len(rows),
        weight=sum(row[0] for row in known),
        inside=sum(row[1] + row[2] for row in known) / (2 * len(known) or 1),
        across=sum(row[3] for row in known) / (len(known) or 1),
        kilometres=sum(apart) / (len(apart) or 1),
        farthest=max(apart, default=0.0),
    )
