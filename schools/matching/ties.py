"""Of all pairings that are as heavy as the best, the one that the order of schools decides for.

It is the one that has the first pair which another has not, and does not depend on how the best was found:

1. No best pairing has an edge that the prices do not exactly pay (`blossoms`). That leaves few.
2. One best pairing becomes another by exchanges: a school leaves its twin for another, whose twin must find
   another in turn, until the first is found again, or where being alone costs nothing. Edges on no such round
   are in all best pairings or in none.
3. What hangs together by the rest is small. Each such group is solved again, with the order written after the
   weight as a binary number: the i-th of its m edges weighs w·2^m + 2^(m−i). The second parts of all edges
   together are less than one of the first, and no two sets of edges have the same sum of them, so that one
   pairing only is best.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from schools.matching.blossoms import ALONE, Blossom, Edge, Matching

MOST_EDGES = 20_000
"""Of a group in step 3: its numbers take so many bits each. In a larger one the pairs stay as they are."""


def settled(best: Matching) -> list[Edge]:
    """The pairs of a solved matching, or those as heavy that the order of schools decides for."""
    pairs = set(best.pairs())
    open_edges = list(_exchangeable(best, list(_paid(best))))
    for group in parted([*open_edges, *pairs]):
        if 1 < len(group) <= MOST_EDGES:
            pairs.difference_update(group)
            pairs.update(_first({(u, v): best.near[u][v] for u, v in group}))
    return sorted(pairs)


def parted(edges: Iterable[Edge]) -> list[list[Edge]]:
    """Edges in groups that have no school in common, in their order."""
    leader: dict[int, int] = {}

    def lead(school: int) -> int:
        while (up := leader.setdefault(school, school)) != school:
            leader[school] = leader[up]
            school = up
        return school

    ordered = sorted(edges)
    for one, other in ordered:
        leader[max(lead(one), lead(other))] = min(lead(one), lead(other))
    groups: dict[int, list[Edge]] = {}
    for edge in ordered:
        groups.setdefault(lead(edge[0]), []).append(edge)
    return list(groups.values())


def numbered(weights: Mapping[Edge, int]) -> tuple[list[int], list[dict[int, int]]]:
    """Schools in order, and of each by its place in that order what its edges weigh."""
    schools = sorted({school for edge in weights for school in edge})
    place = {school: at for at, school in enumerate(schools)}
    near: list[dict[int, int]] = [{} for _ in schools]
    for (one, other), weight in weights.items():
        near[place[one]][place[other]] = near[place[other]][place[one]] = weight
    return schools, near


def _paid(best: Matching) -> Iterator[Edge]:
    """1. The edges that prices exactly pay, those of blossoms around both ends included."""
    for u, weights in enumerate(best.near):
        for v, weight in weights.items():
            if u < v and best.price[u] + best.price[v] + _around_both(best, u, v) == 2 * weight:
                yield u, v


def _around_both(best: Matching, u: int, v: int) -> int:
    if best.outer[u] is not best.outer[v]:
        return 0
    one, other = ({id(each): each for each in _around(best.single[school])} for school in (u, v))
    return sum(one[each].price for each in one.keys() & other.keys())


def _around(blossom: Blossom) -> Iterator[Blossom]:
    around = blossom.around
    while around is not None:
        yield around
        around = around.around


def _exchangeable(best: Matching, paid: Sequence[Edge]) -> Iterator[Edge]:
    """2. A way leads from u over its edge to v on to v's twin, who must find another; `nobody` stands for
    being alone at no cost. An edge is on a round where its way and some way back make one."""
    nobody = len(best.near)
    after = [nobody if twin == ALONE else twin for twin in best.twin]
    ways: list[list[int]] = [[] for _ in range(nobody + 1)]
    unpaired = [(u, v) for u, v in paid if best.twin[u] != v]
    for u, v in unpaired:
        ways[u].append(after[v])
        ways[v].append(after[u])
    for school, price in enumerate(best.price):
        if price == 0:
            ways[nobody].append(school if best.twin[school] == ALONE else after[school])
            ways[school].append(nobody)
    circle = _circles(ways)
    return ((u, v) for u, v in unpaired if circle[u] == circle[after[v]])


def _circles(ways: Sequence[Sequence[int]]) -> list[int]:
    """For each place one of those that it can be reached from and that it reaches (Kosaraju's two walks)."""
    behind: list[list[int]] = [[] for _ in ways]
    for here, there in ((here, there) for here, some in enumerate(ways) for there in some):
        behind[there].append(here)
    circle = [ALONE] * len(ways)
    for first in reversed(_left(ways)):
        waiting = [first] if circle[first] == ALONE else []
        while waiting:
            here = waiting.pop()
            if circle[here] == ALONE:
                circle[here] = first
                waiting += [there for there in behind[here] if circle[there] == ALONE]
    return circle


def _left(ways: Sequence[Sequence[int]]) -> list[int]:
    """Places in the order in which a walk that goes on wherever it can leaves them for the last time."""
    left, seen = [], [False] * len(ways)
    for first in range(len(ways)):
        walk = [] if seen[first] else [(first, iter(ways[first]))]
        seen[first] = True
        while walk:
            here, rest = walk[-1]
            there = next((each for each in rest if not seen[each]), None)
            if there is None:
                left.append(here)
                walk.pop()
            else:
                seen[there] = True
                walk.append((there, iter(ways[there])))
    return left


def _first(weights: Mapping[Edge, int]) -> list[Edge]:
    """3. Of a group, whose edges stand in order."""
    last = len(weights) - 1
    ordered = {
        edge: (weight << len(weights)) + (1 << (last - at))
        for at, (edge, weight) in enumerate(weights.items())
    }
    schools, near = numbered(ordered)
    matching = Matching(near)
    matching.solve()
    return [(schools[one], schools[other]) for one, other in matching.pairs()]
