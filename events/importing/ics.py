"""A calendar as lines in our template's columns. What a line cannot say is said beside it."""

import re
import warnings
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from html import unescape
from typing import Any

from icalendar import Calendar

from events.importing import ics_rules, writing
from events.importing.lines import NO_RULE
from events.importing.table import Remark, Table, Unreadable
from events.recurrence import Repeat, Rule, Season, horizon
from events.recurrence.dates import dates_between
from events.recurrence.rules import LONDON, SchoolYear

MOST_EVENTS = 3_000
MOST_RULES = 300  # each is counted out day by day: some 25 ms
MOST_OVERRIDES = 1_000
EVENT = re.compile(r"^BEGIN:VEVENT", re.MULTILINE | re.IGNORECASE)
RULE = re.compile(r"^RRULE", re.MULTILINE | re.IGNORECASE)
TAG = re.compile(r"<[^>]{0,200}>")
BREAK = re.compile(r"<(?:br|/p|/li)[^>]{0,20}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Span:
    """One meeting in London's time. `end` is None where it is not said or on another day."""

    day: date
    start: time
    end: time | None


def read(text: str, *, today: date) -> Table:
    """One line an event; dates at other times are further lines that belong to it. Raises Unreadable.

    1. Events of one UID belong together: one with its rule, and single dates that were changed.
    2. What is over is left out, and so is what was cancelled.
    3. Each event becomes rules of ours, and those become text.
    """
    if len(EVENT.findall(text)) > MOST_EVENTS or len(RULE.findall(text)) > MOST_RULES:
        raise Unreadable("too_many_events", most=MOST_EVENTS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _read(text, today)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable("calendar_broken") from error


def _read(text: str, today: date) -> Table:
    events = [
        event for calendar in Calendar.from_ical(text, multiple=True) for event in calendar.walk("VEVENT")
    ]
    if not events:
        raise Unreadable("calendar_empty")
    lines: list[dict[str, str]] = []
    remarks: dict[int, tuple[Remark, ...]] = {}
    left: dict[str, int] = defaultdict(int)
    for event, changed in _together(events):
        try:
            found = _Reading(event, changed, today).lines()
        except _Skip as reason:
            left[reason.code] += 1
            continue
        for said, notes in found:
            if notes:
                remarks[len(lines)] = notes
            lines.append(said)
    whole = tuple(Remark("", code, {"count": count}) for code, count in left.items())
    if not lines:
        raise Unreadable("calendar_over" if left else "calendar_empty")
    return writing.table(lines, {**remarks, -1: whole})


def _together(events: list[Any]) -> Iterator[tuple[Any, list[Any]]]:
    """Each event with its changed dates. A changed date whose event is missing stands alone."""
    changed: dict[str, list[Any]] = defaultdict(list)
    whole: list[Any] = []
    uids = {str(event.get("UID", "")) for event in events if "RECURRENCE-ID" not in event}
    for event in events:
        uid = str(event.get("UID", ""))
        if "RECURRENCE-ID" in event and uid in uids:
            changed[uid].append(event)
        else:
            whole.append(event)
    for event in whole:
        yield event, changed.pop(str(event.get("UID", "")), [])[:MOST_OVERRIDES]


class _Skip(Exception):
    """Nothing to make of it."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class _Reading:
    event: Any  # its values may be of any kind that iCalendar knows
    changed: list[Any]
    today: date

    def lines(self) -> list[tuple[dict[str, str], tuple[Remark, ...]]]:
        if str(self.event.get("STATUS", "")).upper() == "CANCELLED":
            raise _Skip("cancelled_left_out")
        self.notes: list[Remark] = []
        said = self.words()
        span = self.span(self.event)
        if span is None or span.end is None:
            return [({**said, **self.without_times(span)}, tuple(self.notes))]
        rules = self.rules(span)
        if not any(_is_coming(rule, self.today) for rule in rules):
            raise _Skip("over_left_out")
        first, *others = rules
        found = [({**said, **writing.of_rule(first)}, tuple(self.notes))]
        more = {"title": said.get("title", ""), "more": "yes"}
        return [*found, *(({**more, **writing.of_rule(rule)}, ()) for rule in others)]

    def words(self) -> dict[str, str]:
        about = unescape(TAG.sub(" ", BREAK.sub("\n", str(self.event.get("DESCRIPTION", "")))))
        said = {
            "title": str(self.event.get("SUMMARY", "")),
            "venue": str(self.event.get("LOCATION", "")),
            "about": about,
        }
        return {name: text.strip() for name, text in said.items() if text.strip()}

    def without_times(self, span: Span | None) -> dict[str, str]:
        """All day, or into the next one: the day is kept, and the person says the times."""
        if span is None:
            self.notes.append(Remark("first", "event_without_date"))
            return {}
        if span.day < self.today and "RRULE" not in self.event:
            raise _Skip("over_left_out")
        said = {"first": f"{span.day:%d/%m/%Y}", "repeat": "once"}
        if "RRULE" in self.event:
            said = {"first": f"{span.day:%d/%m/%Y}"}
            rule = ics_rules.understood(self.event["RRULE"], span.day)
            if rule is not None:
                whole = Rule(NO_RULE, span.day, time(0), time(1), rule.repeat, rule.interval, rule.weekdays)
                said = {name: text for name, text in writing.of_rule(whole).items() if name != "time"}
        return said

    def span(self, event: Any) -> Span | None:
        """When it is the first time. Says which time zone is not known, and what lasts all day."""
        if "DTSTART" not in event:
            return None
        begins = event["DTSTART"].dt
        if not isinstance(begins, datetime):
            self.note("time", "all_day")
            return Span(begins, time(0), None) if isinstance(begins, date) else None
        self.look_at_zone(event)
        starts = _london(begins)
        ends = self.end(event, begins)
        if ends is None:
            return Span(starts.date(), _minute(starts), None)
        ends = _london(ends)
        if ends.date() != starts.date() or _minute(ends) <= _minute(starts):
            self.note("time", "over_midnight")
            return Span(starts.date(), _minute(starts), None)
        return Span(starts.date(), _minute(starts), _minute(ends))

    def end(self, event: Any, begins: datetime) -> datetime | None:
        if "DTEND" in event and isinstance(event["DTEND"].dt, datetime):
            return event["DTEND"].dt
        if "DURATION" in event:
            return begins + event["DURATION"].dt
        self.note("time", "event_without_end")
        return None

    def look_at_zone(self, event: Any) -> None:
        """A zone without a definition is a name alone: its times are taken as London's, and that is said."""
        zone = event["DTSTART"].params.get("TZID")
        if zone and event["DTSTART"].dt.tzinfo is None:
            self.note("time", "zone_unknown", zone=str(zone)[:60])

    def note(self, field: str, code: str, **params: object) -> None:
        remark = Remark(field, code, params)
        if remark not in self.notes:
            self.notes.append(remark)

    def rules(self, span: Span) -> list[Rule]:
        """1. Without a rule: one date, and those of RDATE.
        2. A rule that we have too, and that gives the same dates at the same London time: that.
        3. Else its dates from today to the horizon, one rule for each time of day.
        4. Then single dates that were left out, added, or moved.
        """
        given = self.given(span)
        rule = self.as_ours(span, given)
        gone, moved = self.exceptions()
        gone_days = {day for day, _ in gone}
        spans = [each for each in given if (each.day, each.start) not in gone] if rule is None else []
        extra = [*self.rdates(span), *moved]
        if rule is not None:
            left_out = gone_days & set(
                dates_between(rule, SchoolYear(), rule.first_date, horizon(self.today))
            )
            same = {each.day for each in extra if (each.start, each.end) == (rule.start, rule.end)}
            left_out -= same
            rule = replace(
                rule, left_out=frozenset(left_out), added=frozenset(same - _given(rule, self.today))
            )
            extra = [each for each in extra if (each.start, each.end) != (rule.start, rule.end)]
            return [rule, *_singles(extra)]
        coming = [each for each in (*spans, *extra) if each.day >= self.today]
        return _singles(coming) or [_once([span])]

    def given(self, span: Span) -> list[Span]:
        """The dates of the event's rule up to the horizon, in its own zone, as London sees them."""
        if "RRULE" not in self.event:
            return [span]
        rules = self.event["RRULE"]
        begins = self.event["DTSTART"].dt
        ends = self.end(self.event, begins)
        length = (ends - begins) if ends else timedelta()
        try:
            found = ics_rules.dates(rules, begins, horizon(self.today))
        except ics_rules.Unknown:
            self.note("repeat", "rule_unknown")
            return [span]
        spans = []
        for day in found:
            starts = _london(datetime.combine(day, begins.time(), tzinfo=begins.tzinfo))
            stops = _london((datetime.combine(day, begins.time(), tzinfo=begins.tzinfo)) + length)
            if stops.date() == starts.date():
                spans.append(Span(starts.date(), _minute(starts), _minute(stops)))
        return spans

    def as_ours(self, span: Span, given: list[Span]) -> Rule | None:
        if "RRULE" not in self.event:
            return None
        found = ics_rules.understood(self.event["RRULE"], span.day)
        if found is not None and span.end is not None:
            rule = Rule(
                NO_RULE,
                span.day,
                span.start,
                span.end,
                found.repeat,
                found.interval,
                found.weekdays,
                season=Season.ANY,
            )
            if ics_rules.has_end(self.event["RRULE"]) and given:
                rule = replace(rule, until=given[-1].day)
            ours = _given(rule, self.today)
            times = {(each.start, each.end) for each in given}
            if given and ours == {each.day for each in given} and times == {(span.start, span.end)}:
                return rule
        if not any(note.code == "rule_unknown" for note in self.notes):
            self.note("repeat", "rule_as_dates", until=horizon(self.today).isoformat())
        return None

    def exceptions(self) -> tuple[set[tuple[date, time]], list[Span]]:
        """Dates that were taken out, with the time they had, and what they became."""
        gone: set[tuple[date, time]] = set()
        for moment in _moments(self.event, "EXDATE"):
            local = self.local(moment)
            gone.add((local.date(), _minute(local)))
        moved = []
        for event in self.changed:
            local = self.local(event["RECURRENCE-ID"].dt)
            if "RANGE" in event["RECURRENCE-ID"].params:
                self.note("repeat", "later_dates_changed")
                continue
            gone.add((local.date(), _minute(local)))
            span = None if str(event.get("STATUS", "")).upper() == "CANCELLED" else self.span(event)
            if span is not None and span.end is not None:
                moved.append(span)
        return gone, moved

    def local(self, moment: date) -> datetime:
        """A date alone stands for the event's own time on that day."""
        if isinstance(moment, datetime):
            return _london(moment)
        begins = self.event["DTSTART"].dt
        clock = begins.time() if isinstance(begins, datetime) else time(0)
        zone = begins.tzinfo if isinstance(begins, datetime) else None
        return _london(datetime.combine(moment, clock, tzinfo=zone))

    def rdates(self, span: Span) -> list[Span]:
        found = [self.local(moment) for moment in _moments(self.event, "RDATE")]
        length = datetime.combine(span.day, span.end or span.start) - datetime.combine(span.day, span.start)
        spans = [(starts, starts + length) for starts in found]
        return [Span(a.date(), _minute(a), _minute(b)) for a, b in spans if a.date() == b.date()]


def _given(rule: Rule, today: date) -> set[date]:
    return set(dates_between(rule, SchoolYear(), rule.first_date, horizon(today)))


def _is_coming(rule: Rule, today: date) -> bool:
    return bool(dates_between(rule, SchoolYear(), today, horizon(today))) or rule.first_date >= today


def _singles(spans: list[Span]) -> list[Rule]:
    """One rule for all dates of one time of day, the time that comes first before the others."""
    by_time: dict[tuple[time, time], list[Span]] = defaultdict(list)
    for span in sorted(spans, key=lambda each: (each.day, each.start)):
        if span.end is not None and span.end > span.start:
            by_time[span.start, span.end].append(span)
    return [_once(each) for each in by_time.values()]


def _once(spans: list[Span]) -> Rule:
    days = sorted({span.day for span in spans})
    end = spans[0].end or spans[0].start
    return Rule(NO_RULE, days[0], spans[0].start, end, Repeat.ONCE, added=frozenset(days[1:]))


def _moments(event: Any, name: str) -> Iterator[date]:
    """EXDATE and RDATE are a list or, on several lines, a list of lists; a period counts by its start."""
    lists = event.get(name, [])
    for each in lists if isinstance(lists, list) else [lists]:
        for entry in getattr(each, "dts", []):
            moment = entry.dt
            yield moment[0] if isinstance(moment, tuple) else moment


def _london(moment: datetime) -> datetime:
    """A time without a zone is the wall clock here."""
    return (
        moment.replace(tzinfo=LONDON) if moment.tzinfo is None else moment.astimezone(UTC).astimezone(LONDON)
    )


def _minute(moment: datetime) -> time:
    return time(moment.hour, moment.minute)
