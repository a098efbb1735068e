"""An exact maximum-weight matching of any graph (Edmonds 1965), in Python alone.

A proof that no better pairs exist grows with them: a price y_v ≥ 0 for each school and z_B ≥ 0 for each
blossom (an odd ring of schools that is treated as one), with y_u + y_v + Σ z_B (over blossoms that hold both)
≥ 2w for each edge, = 2w for each pair, and each blossom with z > 0 full but for its base. Where y = 0 for
each school without a twin as well, the pairs are the best there are.

1. Prices high enough for every edge, each lowered as far as its edges allow; two schools that an exactly paid
   edge joins, both alone, are a pair. Most are, after this.
2. From each school r that is alone at a price, grow a tree over exactly paid edges. The schools at even steps
   from r get cheaper and those at odd steps dearer by the same amount, until one of four things happens:
   a. an even school's price is 0: it gives its twin away along the tree, and stays alone;
   b. an edge from an even school to one outside is exactly paid: if that is alone, pairs are exchanged along
      the tree; if not, it becomes odd and its twin even;
   c. an edge between two even schools is exactly paid: the ring that it closes shrinks to an even blossom;
   d. an odd blossom's price is 0: it opens, and the way through it stays in the tree.
3. An exchange ends the search from r, who has a twin or costs nothing. Everything else only changes the tree.

Things to come are kept in a heap by the sum of all changes at which they are due, and prices are brought up
to date when they are read (Galil, Micali and Gabow 1986), so that a step costs the logarithm of the tree.
What is due after the first thing that is sure to end the search is not kept at all: searches stay near r.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import Self

Edge = tuple[int, int]

# What the change of a search does to the price of a school.
EVEN, FREE, ODD = -1, 0, 1
ALONE = -1


@dataclass(eq=False, slots=True)
class Blossom:
    """One school, or an odd ring of smaller blossoms.

    `joins[i]` is the edge from a school of `ring[i]` to one of the next. The first of the ring holds the
    `base`, the one school whose twin is outside; the others are paired around the ring, second with third and
    so on.
    """

    base: int
    ring: list[Self] = field(default_factory=list)
    joins: list[Edge] = field(default_factory=list)
    around: Self | None = None
    sign: int = FREE
    entry: Edge = (ALONE, ALONE)  # of an odd one: the edge from the even school that it was reached by
    price: int = 0
    since: int = 0

    def schools(self) -> Iterator[int]:
        """Every school inside."""
        waiting: list[Blossom] = [self]
        while waiting:
            each = waiting.pop()
            if each.ring:
                waiting += each.ring
            else:
                yield each.base


class Matching:
    """The best pairs. Schools are numbers from 0; `near[u][v]`, like `near[v][u]`, is a weight above 0."""

    def __init__(self, near: Sequence[Mapping[int, int]]) -> None:
        self.near = near
        self.twin = [ALONE] * len(near)
        self.single = [Blossom(school) for school in range(len(near))]
        self.outer = list(self.single)
        self.price = [max(weights.values(), default=0) for weights in near]
        self.since = [0] * len(near)
        self.change = 0
        self.end = 0
        self.due: list[tuple] = []
        self.counted = 0
        self.tree: list[Blossom] = []

    def solve(self) -> None:
        """First what is plain, then a search for each school that is still alone at a price."""
        for school in range(len(self.near)):
            self._lower(school)
        for school in range(len(self.near)):
            if self.twin[school] == ALONE and self.price[school]:
                self._search(school)

    def pairs(self) -> list[Edge]:
        """Each pair once, the smaller number first."""
        return [(u, v) for u, v in enumerate(self.twin) if u < v]

    def _lower(self, school: int) -> None:
        """1. As cheap as the edges allow; where that leads to a school that is alone, they are a pair."""
        owing = {v: 2 * weight - self.price[v] for v, weight in self.near[school].items()}
        lowest = max([0, *owing.values()])
        if self.twin[school] == ALONE:
            self.price[school] = lowest
            for v, price in owing.items():
                if price == lowest and self.twin[v] == ALONE:
                    self.twin[school], self.twin[v] = v, school
                    break

    # What is due in a search

    def _search(self, school: int) -> None:
        """2. From one school, until a or b ends it."""
        self.change, self.due, self.tree = 0, [], []
        self.end = self.price[school]
        self._become_even(self.outer[school])
        while not self._ended():
            pass
        for blossom in list(self.tree):
            if blossom.around is None and blossom.sign != FREE:
                self._sign(blossom, FREE)

    def _ended(self) -> bool:
        """Take what is due next; whether the search is over."""
        self.change, _, kind, what = heappop(self.due)
        return kind(what)

    def _price_is_gone(self, school: int) -> bool:
        """2a. An even school stays even to the end of a search: this is always true when it is due."""
        self._exchange(school, ALONE)
        return True

    def _edge_is_paid(self, edge: Edge) -> bool:
        """2b and 2c; nothing where the other end is odd by now, dearer, or inside the same blossom."""
        u, v = edge
        here, there = self.outer[u], self.outer[v]
        if here is there or there.sign == ODD or self._owed(u, v):
            return False
        if there.sign == EVEN:
            self._shrink(u, v)
            return False
        twin = self.twin[there.base]
        if twin == ALONE:
            self._turn(there, v)
            self._exchange(u, v)
            return True
        self._become_odd(there, edge)
        self._become_even(self.outer[twin])
        return False

    def _blossom_is_free(self, blossom: Blossom) -> bool:
        """2d; nothing where it is open already, or part of a larger one."""
        if blossom.ring and blossom.around is None:
            self._open(blossom)
        return False

    def _when(self, more: int, kind: Callable[..., bool], what: object, *, last: bool = False) -> None:
        """Something will be due; `last` ends the search, so that nothing later needs to be kept."""
        due = self.change + more
        if due <= self.end:
            self.end = due if last else self.end
            self.counted += 1
            heappush(self.due, (due, self.counted, kind, what))

    def _become_even(self, blossom: Blossom) -> None:
        self._sign(blossom, EVEN)
        self._watch(blossom.schools())

    def _watch(self, schools: Iterable[int]) -> None:
        """What is due of new even schools. An edge with two even ends is paid from both."""
        for u in schools:
            self._when(self.price[u], self._price_is_gone, u, last=True)
            for v in self.near[u]:
                there = self.outer[v]
                if there.sign != ODD and there is not self.outer[u]:
                    owed = self._owed(u, v)
                    alone = there.sign == FREE and self.twin[there.base] == ALONE
                    self._when(
                        owed // 2 if there.sign == EVEN else owed, self._edge_is_paid, (u, v), last=alone
                    )

    def _become_odd(self, blossom: Blossom, entry: Edge) -> None:
        self._sign(blossom, ODD)
        blossom.entry = entry
        if blossom.ring:
            self._when(blossom.price // 2, self._blossom_is_free, blossom)

    # Prices

    def _sign(self, blossom: Blossom, sign: int) -> None:
        """Bring the prices in it up to date under its old sign, and go on under the new one."""
        blossom.price -= 2 * blossom.sign * (self.change - blossom.since)
        for school in blossom.schools():
            self.price[school] += blossom.sign * (self.change - self.since[school])
            self.since[school] = self.change
        blossom.since = self.change
        blossom.sign = sign
        self.tree.append(blossom)

    def _owed(self, u: int, v: int) -> int:
        """What an edge between two outer blossoms still lacks of being exactly paid."""
        owed = self.price[u] + self.price[v] - 2 * self.near[u][v]
        owed += self.outer[u].sign * (self.change - self.since[u])
        return owed + self.outer[v].sign * (self.change - self.since[v])

    # Blossoms

    def _shrink(self, u: int, v: int) -> None:
        """2c. The ring that u–v closes becomes one even blossom, its base where the two ways to r meet."""
        one, other = self._way_to_root(self.outer[u]), self._way_to_root(self.outer[v])
        while len(one) > 1 and len(other) > 1 and one[-2][0] is other[-2][0]:
            one.pop()
            other.pop()
        (meeting, _), _ = one.pop(), other.pop()
        ring = [meeting, *(part for part, _ in reversed(one)), *(part for part, _ in other)]
        joins = [(above, own) for _, (own, above) in reversed(one)] + [(u, v)] + [join for _, join in other]
        new = Blossom(meeting.base, ring, joins, sign=EVEN, since=self.change)
        were_odd = [part for part in ring if part.sign == ODD]
        for part in ring:
            self._sign(part, FREE)
            part.around = new
        for school in new.schools():
            self.outer[school] = new
        self.tree.append(new)
        for part in were_odd:
            self._watch(part.schools())

    def _way_to_root(self, blossom: Blossom) -> list[tuple[Blossom, Edge]]:
        """From an even blossom up to r's: each, and the edge from a school of it to one of the next."""
        way = []
        while (twin := self.twin[blossom.base]) != ALONE:
            odd = self.outer[twin]
            even, own = odd.entry
            way += [(blossom, (blossom.base, twin)), (odd, (own, even))]
            blossom = self.outer[even]
        return [*way, (blossom, (ALONE, ALONE))]

    def _open(self, blossom: Blossom) -> None:
        """2d. Of an odd blossom without a price, the even way from entry to base stays in the tree."""
        self._sign(blossom, FREE)
        ring, joins, blossom.ring = blossom.ring, blossom.joins, []
        for part in ring:
            part.around = None
            for school in part.schools():
                self.outer[school] = part
        # Towards the twin of the part that is entered: it is the one before, or the one after.
        at = ring.index(self.outer[blossom.entry[1]])
        if at % 2:
            way, steps = [*ring[at:], ring[0]], joins[at:]
        else:
            way, steps = ring[at::-1], [(q, p) for p, q in reversed(joins[:at])]
        for part, entry in zip(way[::2], [blossom.entry, *steps[1::2]], strict=True):
            self._become_odd(part, entry)
        for part in ring:
            if part.sign == FREE and part not in way:
                self._watch_for(part)
        for part in way[1::2]:
            self._become_even(part)

    def _watch_for(self, part: Blossom) -> None:
        """A part that left the tree may be reached again, from the even schools around it."""
        for v in part.schools():
            for u in self.near[v]:
                if self.outer[u].sign == EVEN:
                    self._when(self._owed(u, v), self._edge_is_paid, (u, v))

    # Pairs

    def _exchange(self, school: int, partner: int) -> None:
        """Give an even school this partner; every pair on its way to r moves by one."""
        while True:
            blossom = self.outer[school]
            left = self.twin[blossom.base]
            self._turn(blossom, school)
            self.twin[school] = partner
            if partner != ALONE:
                self.twin[partner] = school
            if left == ALONE:
                return
            odd = self.outer[left]
            school, partner = odd.entry
            self._turn(odd, partner)

    def _turn(self, blossom: Blossom, school: int) -> None:
        """Make this school the base, and pair the others around the ring."""
        if blossom.base == school:
            return
        part = self.single[school]
        while part.around is not None and part.around is not blossom:
            part = part.around
        at = blossom.ring.index(part)
        blossom.ring = blossom.ring[at:] + blossom.ring[:at]
        blossom.joins = blossom.joins[at:] + blossom.joins[:at]
        blossom.base = school
        self._turn(part, school)
        for number in range(1, len(blossom.ring), 2):
            p, q = blossom.joins[number]
            self._turn(blossom.ring[number], p)
            self._turn(blossom.ring[number + 1], q)
            self.twin[p], self.twin[q] = q, p
