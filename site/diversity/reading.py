"""What registers may be read as: numbers in, what is shown and why the rest is not out.

No sentence is made here. A page puts words to a `Reading`; whatever is None in it is not to be shown, and
`silence` says why nothing is.

All thresholds of what an organiser sees stand below. They count people, not attendances: over several
sessions of one series a group is as large as in its largest session, so that one child in a weekly club does
not become ten by half-term.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from diversity import indices, uncertainty
from diversity.categories import EDITION
from diversity.disclosure import FEWEST_OWN, Interval, Series, for_organiser_over, people_in

# Answers that a session or series needs before any number is shown: `FEWEST_OWN`, 20.
LEAST_RESPONSE = 0.70  # of those who came must have answered
FULL_RESPONSE = 0.90  # below this every way of filling in the others is shown
LEAST_EXPOSED = 10  # people of a group before it is said whom they meet
LEAST_BASE = 0.20  # mixing chance of the base that may stand under a ratio
MOSTLY = 0.90  # of one group: above it is "mostly one group"
COUNT_DAYS_FOR_WORDS = 3  # with 20 answers together give a small club words
WELL_BELOW, WELL_ABOVE = 0.75, 1.25  # times what the base would give
ALTERNATING = 0.15  # by which the pooled chance is far above that within sessions
MISSING = 0.15  # by which the gap is more than luck's
STEP, RATIO_STEP = 20, 10  # chances are shown to the nearest 1/20, ratios to 1/10


Table = Sequence[Sequence[int]]
Facts = tuple[int, int, int, int, float]


class Silence(StrEnum):
    """Why no figure is shown."""

    OPEN = "open"
    NOBODY_ASKED = "nobody asked"
    TOO_FEW = "too few"
    FEW_ANSWERED = "few answered"


class Standing(StrEnum):
    """How a club that is too small for numbers stands beside its base."""

    WELL_BELOW = "well below"
    ABOUT = "about"
    ABOVE = "above"


class Advice(StrEnum):
    """What one could try. Each is given by one rule, in `_advice`."""

    ASK_AGAIN = "ask again"
    SAME_SESSION = "same session"
    ONE_GROUP = "one group"
    WHO_IS_MISSING = "who is missing"
    MEET_AGAIN = "meet again"


@dataclass(frozen=True, slots=True)
class Session:
    """One meeting with a register. `counts` by group, in the order of the code list; `not_stated` came and
    said nothing of it; `came` is the head count, where there is one; `announced` as a count day, so that
    whoever came and was not asked counts as silent; `edition` of the code lists that it was taken with."""

    counts: Sequence[int]
    not_stated: int = 0
    came: int | None = None
    is_open: bool = False
    announced: bool = False
    edition: int = EDITION

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def silent(self) -> int:
        """Not stated, and who came without being asked."""
        return max(self.not_stated, (self.came or 0) - self.answered)

    @property
    def is_count_day(self) -> bool:
        return self.answered + self.not_stated > 0 or (self.announced and bool(self.came))


@dataclass(frozen=True, slots=True)
class Base:
    """The population that people come from. `groups` are the places in the code list that it can tell apart,
    `counts` its people in them: ratios compare those groups only, on both sides, of one `edition` alone."""

    groups: Sequence[int]
    counts: Sequence[int]
    edition: int = EDITION

    @property
    def mixing(self) -> float:
        return indices.baseline_mixing(self.counts)

    @property
    def is_mixed(self) -> bool:
        """Enough to stand under a ratio."""
        return self.mixing >= LEAST_BASE

    def of(self, counts: Sequence[int]) -> list[int]:
        return [counts[group] for group in self.groups]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with the lowest and highest that is likely, rounded for showing."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Meeting:
    """For a member of one group: the chance that another person here is of another group, and in the base."""

    group: int
    chance: float
    expected: float | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Places that would have to change hands to mirror the base, beside what luck alone gives."""

    value: float
    luck: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What may be said of a session or a series. `held` is how often they met; `chance` is within sessions;
    `pooled` all thrown together.

    `bounds` stands in place of the likely range where some of those who came said nothing. All is of one
    `edition` of the code lists; `apart` count days were taken with others, and count for `held` and `came`
    alone.
    """

    held: int
    count_days: int
    came: int
    answered: int
    response: float | None
    silence: Silence | None = None
    standing: Standing | None = None
    groups: Sequence[int | Interval] | None = None
    chance: Figure | None = None
    bounds: bool = False
    pooled: float | None = None
    alternates: bool = False
    mostly: int | None = None
    base: float | None = None
    compared: Figure | None = None
    gap: Gap | None = None
    meetings: Sequence[Meeting] = ()
    advice: Sequence[Advice] = ()
    edition: int = EDITION
    apart: int = 0


def of_session(session: Session, base: Base | None = None, *, held: int = 1) -> Reading:
    """One closed session of a series that met `held` times. While it is open only how many answered is told,
    never the groups."""
    if session.is_open:
        days = int(session.is_count_day)
        facts = held, days, session.came or 0, session.answered
        return Reading(*facts, None, Silence.OPEN, edition=session.edition)
    return of_several([[session]], base, held=held)


def of_series(sessions: Sequence[Session], base: Base | None = None) -> Reading:
    """All closed sessions of a series; `base` is the population they come from."""
    return of_several([sessions], base)


def of_several(
    series: Sequence[Sequence[Session]], base: Base | None = None, *, held: int | None = None
) -> Reading:
    """All closed sessions of an organisation, by series. `held` is how often they met, if these are not all.

    1. One edition of the code lists is read (`edition_of`), and `base` is counted by the same.
    2. Response: who answered, of those who came on count days.
    3. Too little response, or too few people: nothing, and why; words alone for a small club with three count
       days and 20 answers together.
    4. Otherwise every figure that its own threshold allows, from true counts, rounded last.
    """
    edition = edition_of(series)
    if base is not None and base.edition != edition:
        raise ValueError("The people and their base are counted by two lists: they are never in one ratio.")
    closed = [each for sessions in series for each in sessions if not each.is_open]
    held = len(closed) if held is None else held
    came = sum(each.came or 0 for each in closed)
    apart = sum(each.is_count_day and each.edition != edition for each in closed)
    same = [[each for each in sessions if each.edition == edition] for sessions in series]
    return replace(_read(same, base, held, came), edition=edition, apart=apart)


def edition_of(series: Sequence[Sequence[Session]]) -> int:
    """The edition of the code lists that these are read by: of most count days, of as many the newest."""
    closed = [each for sessions in series for each in sessions if not each.is_open]
    days = Counter(each.edition for each in closed if each.is_count_day)
    newest = max((each.edition for each in closed), default=EDITION)
    return max(days, key=lambda edition: (days[edition], edition), default=newest)


def _read(series: Sequence[Sequence[Session]], base: Base | None, held: int, came: int) -> Reading:
    """`of_several` of one edition, from its second step."""
    closed = [each for sessions in series for each in sessions if not each.is_open]
    days = [each for each in closed if each.is_count_day]
    answered = sum(each.answered for each in days)
    asked = answered + sum(each.silent for each in days)
    if not asked:
        return Reading(held, len(days), came, answered, None, Silence.NOBODY_ASKED)
    facts = held, len(days), came, answered, answered / asked
    if facts[-1] < LEAST_RESPONSE:
        return Reading(*facts, Silence.FEW_ANSWERED, advice=[Advice.ASK_AGAIN])
    tables = [[each.counts for each in sessions if not each.is_open] for sessions in series]
    people = people_in(tables)
    if sum(people) < FEWEST_OWN:
        table = [each.counts for each in days if each.answered]
        return Reading(*facts, Silence.TOO_FEW, standing=_standing(table, answered, base))
    return _shown(facts, days, tables, base)


def _standing(table: Table, answered: int, base: Base | None) -> Standing | None:
    if len(table) < COUNT_DAYS_FOR_WORDS or answered < FEWEST_OWN or base is None or not base.is_mixed:
        return None
    try:
        times = indices.within_session_mixing(map(base.of, table)) / base.mixing
    except ValueError:
        return None
    if times < WELL_BELOW:
        return Standing.WELL_BELOW
    return Standing.ABOVE if times > WELL_ABOVE else Standing.ABOUT


def _shown(facts: Facts, days: Sequence[Session], tables: Series, base: Base | None) -> Reading:
    """The figures. Composition is that of the people, each group as large as in its largest session."""
    people, groups = people_in(tables), _groups(tables)
    table = [each.counts for each in days if each.answered]
    try:
        chance = indices.within_session_mixing(table)
    except ValueError:
        return Reading(*facts, Silence.TOO_FEW)
    pooled = indices.pooled_mixing(table)
    bounds = facts[-1] < FULL_RESPONSE
    gap = _gap(people, base)
    largest = max(range(len(people)), key=people.__getitem__)
    mostly = largest if people[largest] > MOSTLY * sum(people) else None
    alternates = len(table) > 1 and pooled - chance >= ALTERNATING
    return Reading(
        *facts,
        groups=groups,
        chance=_figure(chance, *_range(days, bounds), STEP),
        bounds=bounds,
        pooled=_rounded(pooled, STEP) if len(table) > 1 else None,
        alternates=alternates,
        mostly=mostly,
        base=_rounded(base.mixing, STEP) if base else None,
        compared=_compared(days, people, bounds, base),
        gap=gap and Gap(_rounded(gap.value, STEP), _rounded(gap.luck, STEP)),
        meetings=_meetings(table, groups, base),
        advice=_advice(facts[0], alternates, mostly, gap, bounds),
    )


def _figure(value: float, low: float, high: float, step: int) -> Figure:
    """Its range holds the value. Of bounds that is not a matter of course: the value weighs sessions by those
    who answered, its bounds by everybody who came."""
    return Figure(_rounded(value, step), _rounded(min(low, value), step), _rounded(max(high, value), step))


def _compared(
    days: Sequence[Session], people: Sequence[int], bounds: bool, base: Base | None
) -> Figure | None:
    """R = D/B over the groups that both can tell apart."""
    if base is None or not base.is_mixed or sum(base.of(people)) < FEWEST_OWN:
        return None
    apart = [Session(base.of(each.counts), each.silent) for each in days]
    try:
        chance = indices.within_session_mixing([each.counts for each in apart])
        low, high = _range(apart, bounds)
    except ValueError:
        return None
    area = base.mixing
    return _figure(chance / area, low / area, high / area, RATIO_STEP)


def _gap(people: Sequence[int], base: Base | None) -> Gap | None:
    if base is None or sum(apart := base.of(people)) < FEWEST_OWN:
        return None
    return Gap(indices.representation_gap(apart, base.counts), indices.expected_gap(sum(apart), base.counts))


def _range(days: Sequence[Session], bounds: bool) -> tuple[float, float]:
    """The likely range; where too many said nothing, all that they could have been, session by session."""
    table = [each.counts for each in days if each.answered]
    if not bounds:
        return uncertainty.mixing_range(table[0]) if len(table) == 1 else _series_range(table)
    lowest = highest = pairs = 0.0
    for each in days:
        total = each.answered + each.silent
        if total < 2:
            continue
        low, high = uncertainty.not_stated_bounds(each.counts, each.silent)
        weight = total * (total - 1)
        lowest, highest, pairs = lowest + weight * low, highest + weight * high, pairs + weight
    return lowest / pairs, highest / pairs


def _series_range(table: Table) -> tuple[float, float]:
    with_a_pair = [row for row in table if sum(row) > 1]
    if len(with_a_pair) == 1:
        return uncertainty.mixing_range(with_a_pair[0])
    return uncertainty.series_range(with_a_pair)


def _groups(tables: Series) -> Sequence[int | Interval] | None:
    try:
        return for_organiser_over(tables)
    except ValueError:
        return None


def _meetings(table: Table, groups: Sequence[int | Interval] | None, base: Base | None) -> list[Meeting]:
    """Of groups that the base can tell apart beside what it would give, of others alone. A group that is told
    as a range has none: with N it would tell its size.
    """
    expected = dict(zip(base.groups, indices.expected_exposure(base.counts), strict=True)) if base else {}
    found = []
    for group, number in enumerate(groups or ()):
        if isinstance(number, tuple) or number < LEAST_EXPOSED:
            continue
        totals = [sum(base.of(row)) if base and group in expected else sum(row) for row in table]
        met = _met([row[group] for row in table], totals)
        likely = expected.get(group)
        found.append(Meeting(group, _rounded(met, STEP), None if likely is None else _rounded(likely, STEP)))
    return found


def _met(own: Sequence[int], totals: Sequence[int]) -> float:
    """E of one group; over a series each session weighs as many pairs as the group's members made there."""
    others = sum(n * (total - n) for n, total in zip(own, totals, strict=True))
    return others / sum(n * (total - 1) for n, total in zip(own, totals, strict=True))


def _advice(held: int, alternates: bool, mostly: int | None, gap: Gap | None, bounds: bool) -> list[Advice]:
    """One rule each, in the order in which it is worth trying."""
    rules = [
        (Advice.SAME_SESSION, alternates),
        (Advice.ONE_GROUP, mostly is not None),
        (Advice.WHO_IS_MISSING, mostly is None and gap is not None and gap.value - gap.luck >= MISSING),
        (Advice.MEET_AGAIN, held < 2),
        (Advice.ASK_AGAIN, bounds),
    ]
    return [advice for advice, holds in rules if holds]


def _rounded(value: float, parts: int) -> float:
    return round(value * parts) / parts
