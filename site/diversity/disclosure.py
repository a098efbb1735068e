"""What may be told of counts so that nobody can be picked out.

`publishable` is what the public sees of a table; `release_is_safe` asks whether that, beside what was
published before, gives away a few people; `snapshot_is_due` whether there is enough that is new;
`for_organiser` is what a club sees of its own closed session, `for_organiser_over` of several. All take true
counts of people, never attendances: `people_in` is how many people several sessions are. What is no count
raises `ValueError`, in words.

Sources: the rule that the Office for National Statistics ships as "10–5"; differencing and bounds on
suppressed cells in Willenborg and de Waal 2001 and Hundepool and others 2012.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations

from diversity.counting import counts_of, table_of

# The thresholds of the rules, in people.
FEWEST = 10  # below this a count is "fewer than 10"
STEP = 5  # others are rounded to this
FEWEST_NEW = 20  # populations that differ may not differ by fewer
SMALL = (1, 4)  # what nobody may be able to work out
FEWEST_OWN = 20  # answers that a club needs to see its own groups
MORE_SESSIONS = 2  # closed since the last snapshot, beside 20 new answers

Shown = int | None
Interval = tuple[int, int]
Number = tuple[int, ...]
Known = dict[Number, Interval]
Series = Sequence[Sequence[Sequence[int]]]
"""Of each series its closed sessions, of each session its counts by group."""

# Of a number without an upper end. No population is larger.
ENDLESS = 10**18


def publishable(counts: Iterable[int]) -> tuple[list[Shown], Shown]:
    """What the public may see of a table: each count, and the total rounded independently of them.

    Below 10, and 0, it is None ("fewer than 10"); otherwise the nearest multiple of 5.
    """
    here = counts_of(counts)
    return [_shown(count) for count in here], _shown(sum(here))


def release_is_safe(earlier: Iterable[Iterable[int]] | Iterable[int], candidate: Iterable[int]) -> bool:
    """Whether `candidate` may be published after the `earlier` releases (true counts, oldest first).

    One earlier release may be given by itself. Two releases are nested where no group of one is larger than
    the same group of the other. Blocked:

    1. where its population differs from an earlier one by 1 to 19 people, those who left and those who came
       both counted;
    2. where a reader of all of them, who knows these rules, could work out that some count is between 1 and
       4: a group of one release, or what a group of one has more than in another that it contains
       (`known_from`).
    """
    new = counts_of(candidate)
    old = _releases(earlier)
    if any(len(release) != len(new) for release in old):
        raise ValueError("The releases do not have the same groups.")
    if any(0 < _people_between(release, new) < FEWEST_NEW for release in old):
        return False
    least, most = SMALL
    return not any(least <= low and high <= most for low, high in known_from([*old, new]).values())


def people_in(series: Series) -> list[int]:
    """By group: the sum over series of its largest single session. A series without a session adds nobody."""
    largest = [[max(column) for column in zip(*table_of(table), strict=True)] for table in series if table]
    return [sum(column) for column in zip(*largest, strict=True)]


def snapshot_is_due(shown: Series, now: Series) -> bool:
    """Whether a frozen snapshot of `shown` may be replaced: 2 more sessions have closed, and there are 20
    more people in them, not 20 more visits. Before the first snapshot `shown` is empty.
    """
    sessions = sum(map(len, now)) - sum(map(len, shown))
    people = sum(people_in(now)) - sum(people_in(shown))
    return sessions >= MORE_SESSIONS and people >= FEWEST_NEW


def known_from(releases: Sequence[Sequence[int]]) -> Known:
    """What a reader can work out, by interval propagation: lowest and highest of each number behind releases.

    A number is (release, group), or (release, its total), the total being named by the number of groups; a
    difference between nested releases is (smaller, larger, group or total).

    1. What is shown bounds each number: None is 0 to 9, m is m−2 to m+2 and 10 at least.
    2. A difference is 0 or more; of totals nobody, or 20 and more where the rules were kept, else somebody.
    3. Groups add up to the total, in releases and in differences; smaller and difference add up to larger.
    4. In each sum, every number lies between what is left when the others are largest and when they are
       smallest. Narrow until nothing changes.
    """
    if any(sum(release) > ENDLESS for release in releases):
        raise ValueError("A release counts more people than there are.")
    known, sums = _numbers(releases)
    changed = True
    while changed:
        changed = False
        for whole, parts in sums:
            changed |= _narrow(known, whole, parts)
    return known


def for_organiser(counts: Iterable[int]) -> list[int | Interval]:
    """What a club sees of the groups of its own closed session, N people having answered, which it knows:
    each group's count, or the lowest and highest that it may be.

    1. A group of 1 to 4 is "1–4". Several are enough, unless all are 1 or all are 4: N would tell.
    2. Otherwise the next smallest groups that have anybody, all that are as large, are hidden with them.
    3. One small group and one other: "1–4", and the four numbers that the other may be, where each of the
       four could be the next smallest. Else all that are hidden get the same range, so that nobody can tell
       which of them is the small one.

    Under 20 answers, and for four people of each of five groups, which nothing could hide: `ValueError`.
    """
    here = counts_of(counts)
    if sum(here) < FEWEST_OWN:
        raise ValueError(f"Fewer than {FEWEST_OWN} people answered.")
    least, most = SMALL
    small = [group for group, count in enumerate(here) if least <= count <= most]
    shown: list[int | Interval] = [SMALL if least <= count <= most else count for count in here]
    ends = least * len(small), most * len(small)
    if not small or len(small) > 1 and sum(here[group] for group in small) not in ends:
        return shown
    larger = sorted(count for count in here if count > most)
    if not larger:
        raise ValueError("The groups are so small and alike that their sum would tell them.")
    partners = [group for group, count in enumerate(here) if count == larger[0]]
    hidden = sum(here[group] for group in (*small, *partners))
    if len(small) == len(partners) == 1:
        other = hidden - most, hidden - least
        if most < other[0] and all(other[1] < count for count in larger[1:]):
            shown[partners[0]] = other
            return shown
    for group in (*small, *partners):
        shown[group] = least, hidden - least * (len(small) + len(partners) - 1)
    return shown


def for_organiser_over(series: Series) -> list[int | Interval]:
    """What a club sees of the groups of several closed sessions, as people: made from what it sees of each
    alone, so that no page can be taken from another to find what a third one hides.

    1. A series is as large as its largest session. Sessions too small to be seen alone count as one session
       of their people, where that is large enough; otherwise they are left out.
    2. Series add up. Those of which nothing is seen count as one in the same way.

    `ValueError` where nothing can be seen.
    """
    seen, unseen = [], []
    for sessions in series:
        told = _seen_apart(sessions)
        if told:
            seen.append(_ends_of(told, max))
        else:
            unseen.append(sessions)
    rest = _seen(people_in(unseen))
    if rest:
        seen.append(rest)
    if not seen:
        raise ValueError(f"Fewer than {FEWEST_OWN} people answered.")
    return [low if low == high else (low, high) for low, high in _ends_of(seen, sum)]


def _seen_apart(sessions: Sequence[Sequence[int]]) -> list[list[Interval]]:
    """Each session that can be seen alone, and the people of the others as one more."""
    told, unseen = [], []
    for counts in sessions:
        ends = _seen(counts)
        if ends:
            told.append(ends)
        else:
            unseen.append(counts)
    rest = _seen(people_in([unseen]))
    return [*told, rest] if rest else told


def _seen(counts: Sequence[int]) -> list[Interval]:
    """`for_organiser` as ends; empty where it shows nothing."""
    try:
        told = for_organiser(counts)
    except ValueError:
        return []
    return [each if isinstance(each, tuple) else (each, each) for each in told]


def _ends_of(
    tables: Sequence[Sequence[Interval]], together: Callable[[Iterable[int]], int]
) -> list[Interval]:
    """By group the lowest and the highest of all, put together."""
    return [
        (together([low for low, _ in column]), together([high for _, high in column]))
        for column in zip(*tables, strict=True)
    ]


def _numbers(
    releases: Sequence[Sequence[int]],
) -> tuple[Known, list[tuple[Number, list[Number]]]]:
    """The numbers with what is known of them at first, and which of them are the sum of which others."""
    known, sums = {}, []
    for at, release in enumerate(releases):
        total = len(release)
        for group, count in enumerate([*release, sum(release)]):
            known[at, group] = _behind(_shown(count))
        sums.append(((at, total), [(at, group) for group in range(total)]))
    for less, more in _nested(releases):
        total = len(releases[less])
        for group in range(total + 1):
            known[less, more, group] = (0, ENDLESS)
            sums.append(((more, group), [(less, group), (less, more, group)]))
        known[less, more, total] = _between(sum(releases[more]) - sum(releases[less]))
        sums.append(((less, more, total), [(less, more, group) for group in range(total)]))
    return known, sums


def _between(people: int) -> Interval:
    """What a reader takes for granted of two nested releases that differ by so many."""
    if not people:
        return 0, 0
    return (FEWEST_NEW if people >= FEWEST_NEW else 1), ENDLESS


def _narrow(known: Known, whole: Number, parts: list[Number]) -> bool:
    """Step 4 for one sum; whether anything became narrower."""
    before = [known[number] for number in (whole, *parts)]
    low, high = sum(known[part][0] for part in parts), sum(known[part][1] for part in parts)
    known[whole] = least, most = max(before[0][0], low), min(before[0][1], high)
    for part in parts:
        lower, upper = known[part]
        known[part] = max(lower, least - (high - upper)), min(upper, most - (low - lower))
    return [known[number] for number in (whole, *parts)] != before


def _nested(releases: Sequence[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of releases of which the second contains the first."""
    for one, other in combinations(range(len(releases)), 2):
        pairs = list(zip(releases[one], releases[other], strict=True))
        if all(first <= second for first, second in pairs):
            yield one, other
        elif all(first >= second for first, second in pairs):
            yield other, one


def _releases(earlier: Iterable[Iterable[int]] | Iterable[int]) -> list[list[int]]:
    given = list(earlier)
    rows = [row for row in given if isinstance(row, Iterable)]
    if rows and len(rows) == len(given):
        return [counts_of(row) for row in rows]
    return [counts_of(given)] if given else []


def _people_between(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(abs(first - second) for first, second in zip(one, other, strict=True))


def _shown(count: int) -> Shown:
    return None if count < FEWEST else (count + STEP // 2) // STEP * STEP


def _behind(shown: Shown) -> Interval:
    """Every count that would have been shown like this."""
    if shown is None:
        return 0, FEWEST - 1
    return max(FEWEST, shown - STEP // 2), shown + STEP // 2
