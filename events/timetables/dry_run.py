"""What would be made of a timetable, line by line, before anything is."""

import datetime
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from events import dates
from events.importing import layout, lines
from events.importing.layout import Arranged, Layout
from events.importing.lines import Common, Proposal
from events.importing.table import Remark, Unreadable
from events.models import Activity, ActivityType, ScheduleRule, Timetable
from events.recurrence import Repeat, Rule, SchoolYear, Season, horizon, problems
from events.recurrence.dates import dates_between
from events.terms import terms
from events.timetables.types import Types
from events.timetables.venues import Venues
from events.wording import describe, problem_words
from events.wording.facts import ages_words, audience_words, price_words
from events.wording.importing import remark_words
from organisations.models import Venue

MOST_LINES = 500


class Fate(StrEnum):
    """What will become of a line."""

    WRONG = "wrong"
    DOUBLE = "double"
    MADE = "made"
    LEFT_OUT = "left-out"


@dataclass
class Line:
    """A line with everything that is known about it. `problems` pairs a fact and the words beside it."""

    proposal: Proposal
    type: ActivityType | None = None
    venue: Venue | None = None
    title: str = ""
    problems: list[tuple[str, str]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    double: str = ""
    fate: Fate = Fate.MADE
    part_of: int | None = None
    schedule: str = ""

    @property
    def number(self) -> int:
        return self.proposal.number

    @property
    def ages(self) -> str:
        return ages_words(self.proposal.age_from, self.proposal.age_to)

    @property
    def price(self) -> str:
        return self.proposal.price_note or price_words(self.proposal.price)

    @property
    def audience(self) -> str:
        return "" if self.proposal.audience == "everyone" else audience_words(self.proposal.audience)

    @property
    def summary(self) -> str:
        """Its own sentence, or else a plain one of what is known."""
        if self.proposal.summary:
            return self.proposal.summary
        about = self.proposal.about.partition("\n")[0]
        if 0 < len(about) <= lines.LONGEST_SUMMARY:
            return about
        said = {"type": self.type.name if self.type else self.title, "ages": self.ages.lower()}
        return _("%(type)s, %(ages)s.") % said


@dataclass(frozen=True)
class DryRun:
    """All lines. `shown` stands for exactly what would be made, and is sent back with "make them"."""

    arranged: Arranged
    columns: tuple[str, ...]
    lines: list[Line]
    remarks: list[str]
    common_type: ActivityType | None
    common_venue: Venue | None

    def of(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate == fate]

    @property
    def made(self) -> list[Line]:
        """Those that become an activity; further dates go with the line that they belong to."""
        return [line for line in self.of(Fate.MADE) if line.part_of is None]

    def parts_of(self, line: Line) -> list[Line]:
        """The line of an activity itself and further lines with dates of it."""
        return self._parts[line.number]

    @cached_property
    def _parts(self) -> dict[int, list[Line]]:
        """By the line of the activity, in their order."""
        found: dict[int, list[Line]] = defaultdict(list)
        for each in self.of(Fate.MADE):
            found[each.number if each.part_of is None else each.part_of].append(each)
        return found

    @property
    def shown(self) -> str:
        said = json.dumps([list(map(_fingerprint, self.parts_of(line))) for line in self.made], default=str)
        return hashlib.sha256(said.encode()).hexdigest()[:32]


def _fingerprint(line: Line) -> list[Any]:
    rule = line.proposal.rule
    when = [
        str(getattr(rule, name)) for name in ("first_date", "start", "end", "repeat", "interval", "until")
    ]
    more = (
        [rule.times, sorted(rule.days), sorted(rule.left_out), sorted(rule.added), rule.season]
        if rule
        else []
    )
    who = [line.proposal.age_from, line.proposal.age_to, line.proposal.audience, line.proposal.places]
    words = [line.title, line.summary, line.proposal.about, line.proposal.price, line.proposal.price_note]
    return [line.number, words, who, when, more, line.type and line.type.slug, line.venue and line.venue.uuid]


def arrange(timetable: Timetable) -> Arranged:
    """As a list. Raises Unreadable where that has too many lines."""
    arranged = layout.arranged(timetable.table, Layout(timetable.layout) if timetable.layout else None)
    if len(arranged.rows) > MOST_LINES:
        raise Unreadable("too_many_lines", count=len(arranged.rows), most=MOST_LINES)
    if not arranged.rows:
        raise Unreadable("empty")
    return arranged


def look(timetable: Timetable, today: datetime.date) -> DryRun:
    """1. Read every line anew, with what the organiser said about columns and lines.
    2. Find its type and its venue; what is not said holds for all.
    3. Ask the schedule's own arithmetic whether the dates can be.
    4. Look for the same class among the organisation's activities and further up.
    """
    arranged = arrange(timetable)
    given = tuple(timetable.columns)
    columns = given if len(given) == len(arranged.guess) else arranged.guess
    common = Common(
        timetable.first,
        timetable.last,
        Season(timetable.season) if timetable.season else None,
        timetable.minutes or 0,
    )
    # Dates without a year are counted from the day on which it came, however long one thinks about it.
    came = timezone.localdate(timetable.created_at)
    found = lines.read(arranged, columns, timetable.corrected, common, came)
    looking = _Looking(timetable, arranged, today)
    run = [looking.line(proposal) for proposal in found]
    looking.join(run)
    looking.decide(run)
    remarks = [remark_words(remark) for remark in arranged.remarks]
    return DryRun(arranged, columns, run, remarks, looking.common_type, looking.common_venue)


class _Looking:
    def __init__(self, timetable: Timetable, arranged: Arranged, today: datetime.date) -> None:
        self.timetable, self.today = timetable, today
        self.types, self.venues = Types.read(), Venues.read(timetable.organisation)
        self.year: SchoolYear = dates.school_year(timetable.organisation.place)
        self.common_type = timetable.type or self._type_above(arranged.above)
        self.common_venue = timetable.venue or self._venue_above(arranged.above)
        self.known = _known(timetable)
        self.called: dict[tuple[str, str], Venue | Remark] = {}
        # Many lines meet at the same times; looking five years ahead for the clock change takes its time.
        self.checked: dict[Rule, tuple[list[tuple[str, str]], str]] = {}

    def _type_above(self, above: str) -> ActivityType | None:
        """What stands above the table, the file's name and the organisation's may name it."""
        texts = (above, self.timetable.name, self.timetable.organisation.name)
        named = (find(text) for text in texts for find in (self.types.named_in, self.types.hinted_in))
        return next(filter(None, named), None)

    def _venue_above(self, above: str) -> Venue | None:
        named = self.venues.named_in(above)
        return named[0] if len(named) == 1 else self.venues.usual

    def line(self, proposal: Proposal) -> Line:
        line = Line(proposal, title=proposal.title)
        line.notes = [remark_words(remark) for remark in proposal.notes]
        remarks = list(proposal.problems)
        if not proposal.more:
            line.type = self.type(proposal, remarks)
        line.venue = self.venue(proposal, remarks)
        line.problems = [(remark.field, remark_words(remark)) for remark in remarks]
        if proposal.rule is not None:
            self.check(line, proposal.rule)
        return line

    def type(self, proposal: Proposal, remarks: list[Remark]) -> ActivityType | None:
        if proposal.type:
            found = self.types.called(proposal.type)
            if found is None:
                remarks.append(Remark("type", "type_unknown", {"text": proposal.type}))
            return found
        found = (
            self.types.named_in(proposal.title) or self.common_type or self.types.hinted_in(proposal.title)
        )
        if found is None:
            remarks.append(Remark("type", "type_missing"))
        return found

    def venue(self, proposal: Proposal, remarks: list[Remark]) -> Venue | None:
        if proposal.venue or proposal.postcode:
            found = self._venue_called(proposal.venue, proposal.postcode)
            if isinstance(found, Remark):
                remarks.append(found)
                return None
            return found
        if self.common_venue is None and not proposal.more:
            remarks.append(Remark("venue", "venue_missing"))
        return self.common_venue

    def _venue_called(self, name: str, postcode: str) -> Venue | Remark:
        """Read once: a sports centre writes the same one in every line."""
        if (name, postcode) not in self.called:
            self.called[name, postcode] = self.venues.called(name, postcode)
        return self.called[name, postcode]

    def check(self, line: Line, rule: Rule) -> None:
        if rule not in self.checked:
            self.checked[rule] = self._checked(rule)
        found, line.schedule = self.checked[rule]
        line.problems += found

    def _checked(self, rule: Rule) -> tuple[list[tuple[str, str]], str]:
        """What is wrong with it, and what it means in words where nothing is."""
        wrong = [(problem.field, problem_words(problem)) for problem in problems(rule, self.year)]
        if wrong:
            return wrong, ""
        if rule.has_end and rule.season == Season.ANY and not self._is_coming(rule):
            wrong = [("first", remark_words(Remark("first", "schedule_over")))]
        return wrong, describe(rule, self.year, today=self.today)

    def _is_coming(self, rule: Rule) -> bool:
        return bool(dates_between(rule, self.year, self.today, max(horizon(self.today), rule.first_date)))

    def join(self, run: list[Line]) -> None:
        """Lines with more dates go with the line above that has none of these marks."""
        above: Line | None = None
        for line in run:
            if not line.proposal.more:
                above = line
            elif above is None:
                line.problems.append(("more", remark_words(Remark("more", "more_without_line"))))
            else:
                line.part_of = above.number
                line.title, line.type = above.title, above.type
                if not (line.proposal.venue or line.proposal.postcode):
                    line.venue = above.venue

    def decide(self, run: list[Line]) -> None:
        """What becomes of each line; those that belong to another follow it."""
        left_out, taken_in = set(self.timetable.left_out), set(self.timetable.taken_in)
        seen: dict[Key, str] = {}
        for line in run:
            keys = list(_keys(line.title, line.proposal.rule)) if line.part_of is None else []
            line.double = self._double(line, keys, seen)
            if line.number in left_out:
                line.fate = Fate.LEFT_OUT
                continue
            if line.problems:
                line.fate = Fate.WRONG
            elif line.double and line.number not in taken_in:
                line.fate = Fate.DOUBLE
            seen.update(dict.fromkeys(((*key, _where(line)) for key in keys), str(line.proposal.where[0])))
        fates = {line.number: line.fate for line in run}
        for line in run:
            if line.part_of is not None and fates[line.part_of] in {Fate.LEFT_OUT, Fate.DOUBLE}:
                line.fate = fates[line.part_of]

    def _double(self, line: Line, keys: list["Key"], seen: dict["Key", str]) -> str:
        if any(key in self.known for key in keys):
            return _("You have this already: same name, day and time.")
        above = next((seen[(*key, _where(line))] for key in keys if (*key, _where(line)) in seen), None)
        return _("The same stands in line %(number)s.") % {"number": above} if above else ""


Key = tuple[Any, ...]


def _where(line: Line) -> tuple[Any, ...]:
    return (line.venue and line.venue.pk, line.proposal.age_from, line.proposal.age_to)


def _keys(title: str, rule: Rule | None) -> Iterator[Key]:
    """What two lines share that are the same class: its name, a day and a start."""
    if rule is None:
        return
    name = " ".join(terms(title))
    once = rule.repeat == Repeat.ONCE
    for day in [rule.first_date] if once else rule.days:
        yield (name, day, rule.start)


def _known(timetable: Timetable) -> set[Key]:
    """The same of the organisation's activities, but for what this timetable itself has made."""
    own = timetable.drafts.values("activity")
    rows = ScheduleRule.objects.filter(activity__host=timetable.organisation).exclude(activity__in=own)
    titles = dict(Activity.objects.filter(host=timetable.organisation).values_list("pk", "title"))
    rules = [(titles[row.activity_id], dates.as_rule(row)) for row in rows]
    return {key for title, rule in rules for key in _keys(title, rule)}


def rules_of(run: DryRun, line: Line) -> list[tuple[Rule, Venue | None]]:
    """Each rule of an activity, with its venue where that is another than the activity's."""
    parts = run.parts_of(line)
    return [
        (replace(part.proposal.rule), part.venue if part.venue != line.venue else None)
        for part in parts
        if part.proposal.rule is not None
    ]
