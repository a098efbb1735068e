"""What a sheet would fill in, line by line, before anything is."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events import figures, permissions
from events.actions import register_sheets
from events.actions.register_sheets import YEAR, Brought
from events.figures import CAME
from events.importing import counts, opening
from events.importing.counts import CountLine
from events.importing.table import Unreadable
from events.models import Counter, Occurrence, Source, State
from events.wording import full_date_words, when_words
from events.wording.register_sheets import figures_by_column, problem_words
from places import clock

Sessions = dict[tuple[str, datetime.date], list[Occurrence]]
ICS = b"BEGIN:VCALENDAR"


class Fate(StrEnum):
    COUNTED = "counted"
    THERE = "there"
    """It has numbers already, which stay."""
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Line:
    """`words`: the session as it is known, or as the line has it; `said`: what is wrong, or what is there."""

    row: int
    words: str
    fate: Fate
    said: Sequence[str] = ()
    brought: Brought | None = None

    @property
    def came(self) -> int:
        return self.brought.figures[CAME] if self.brought else 0

    @property
    def answers(self) -> int:
        return len(self.brought.figures) - 1 if self.brought else 0


@dataclass(frozen=True, slots=True)
class DryRun:
    lines: Sequence[Line]
    without: int
    """Lines in which nobody had typed a number."""
    ignored: Sequence[str]

    def of(self, fate: Fate) -> list[Line]:
        return [line for line in self.lines if line.fate == fate]

    @property
    def brought(self) -> list[Brought]:
        return [line.brought for line in self.of(Fate.COUNTED) if line.brought]


def look(data: bytes, by: User, now: datetime.datetime) -> DryRun:
    """Raises Unreadable. Four queries, however long it is."""
    today = timezone.localdate(now)
    if data.lstrip()[: len(ICS)].upper() == ICS:
        raise Unreadable("is_calendar")
    sheet = counts.read(opening.opened(data, today=today), figures_by_column(), today)
    judge = _Judge(sheet.lines, by, now)
    return DryRun([judge.line(each) for each in sheet.lines], sheet.without, sheet.ignored)


class _Judge:
    """Knows the person's sessions on the days of the sheet, and which lines came before."""

    def __init__(self, lines: Iterable[CountLine], by: User, now: datetime.datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        mine = permissions.recordable_by(by)
        self.titles = {_key(title) for title in mine.values_list("activity__title", flat=True).distinct()}
        days = {line.day for line in lines if line.day}
        rows = self._of(days, mine.select_related("activity", "register", "count_day"))
        self.sessions = rows
        keys = [row.pk for found in rows.values() for row in found]
        typed = Counter.objects.filter(register__in=keys, source=Source.TYPED)
        self.typed = set(typed.values_list("register_id", flat=True))
        self.seen: dict[int, int] = {}

    def _of(self, days: set[datetime.date], rows: QuerySet[Occurrence]) -> Sessions:
        """By title and day."""
        found: Sessions = defaultdict(list)
        days = {day for day in days if self.today - 2 * YEAR < day <= self.today}
        if days:
            end = clock.midnight(max(days) + datetime.timedelta(days=1))
            for row in rows.filter(starts_at__gte=clock.midnight(min(days)), starts_at__lt=end):
                day = timezone.localdate(row.starts_at)
                if day in days:
                    found[_key(row.activity.title), day].append(row)
        return found

    def line(self, line: CountLine) -> Line:
        said = [problem_words(remark) for remark in line.problems]
        session = None
        if line.day and not said:
            session, why = self._session(line)
            said += [why] if why else []
        words = self._words(line, session)
        if session and not said:
            if there := self._there(session):
                return Line(line.row, words, Fate.THERE, [there])
            why = (
                self._twice(session, line)
                or _unknown(session, line)
                or register_sheets.why_not(session, line.numbers, self.now)
            )
            said += [why] if why else []
        if said or session is None:
            return Line(line.row, words, Fate.WRONG, said)
        return Line(line.row, words, Fate.COUNTED, (), Brought(session.uuid, line.numbers))

    def _session(self, line: CountLine) -> tuple[Occurrence | None, str]:
        """The one session that is meant, or why there is none."""
        assert line.day is not None
        if line.day > self.today:
            return None, _("This day has not come yet.")
        if not line.title:
            return None, _("It does not say which activity.")
        if _key(line.title) not in self.titles:
            return None, _("You run no activity called “%(title)s”.") % {"title": line.title[:80]}
        found = self.sessions.get((_key(line.title), line.day), [])
        if line.start:
            found = [row for row in found if timezone.localtime(row.starts_at).time() == line.start]
        if not found:
            return None, _("It did not meet then. Look at the date and the time.")
        held = [row for row in found if row.state != State.CANCELLED] or found
        if len(held) > 1:
            return None, _("It met more than once on that day. Say at what time it began.")
        return held[0], ""

    def _there(self, session: Occurrence) -> str:
        register = getattr(session, "register", None)
        if register is not None and register.came is not None:
            return ngettext(
                "%(came)s was counted already. That stays.", "%(came)s were counted already. That stays.",
                register.came,
            ) % {"came": register.came}  # fmt: skip
        return _("Answers were typed in already. They stay.") if session.pk in self.typed else ""

    def _twice(self, session: Occurrence, line: CountLine) -> str:
        first = self.seen.setdefault(session.pk, line.row)
        return "" if first == line.row else _("Line %(row)s is about the same session.") % {"row": first}

    def _words(self, line: CountLine, session: Occurrence | None) -> str:
        if session:
            when = when_words(session.starts_at, session.ends_at, self.today)
            return f"{session.activity.title}, {when}"
        said = [line.title[:80], full_date_words(line.day) if line.day else ""]
        return ", ".join(part for part in said if part) or _("A line without a name")


def _unknown(session: Occurrence, line: CountLine) -> str:
    """An answer that the list of this register does not have."""
    try:
        figures.check(line.numbers, figures.edition_of(session))
    except ValidationError as refusal:
        return refusal.messages[0]
    return ""


def _key(title: str) -> str:
    return " ".join(title.casefold().split())
