""" "This date and all after it": one rule becomes two."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from events.recurrence.dates import given_dates, pattern
from events.recurrence.rules import Repeat, Rule, SchoolYear


def split(rule: Rule, at: date, new_uuid: UUID, school_year: SchoolYear) -> tuple[Rule | None, Rule]:
    """The rule up to the day before `at`, and the rule from `at` on, which may then be changed by itself.

    Together they give exactly the dates that `rule` gave. Stored dates keep their public UUIDs when they
    are then refreshed with `continues={later.uuid: rule.uuid}`.

    1. Nothing lies before `at`: there is nothing to split. The earlier rule is None and the later one is
       `rule` itself, under its own UUID. Change that.
    2. The earlier rule keeps its UUID and ends the day before `at`, or on its last date if it was to meet
       a number of times.
    3. The later rule begins on the first date of the pattern from `at` on, so that "every 2 weeks" and
       "the second Tuesday" stay in step. Of "10 times" it has those that are left.
    4. Dates left out and added go to the side they lie on. Where only added dates are left, the rule of
       that side meets once on the first of them, and the others stay added.

    Raises ValueError where no date lies on or after `at`. `school_year` is needed to count "10 times in
    term time".
    """
    given_before = list(takewhile(lambda day: day < at, given_dates(rule, school_year)))
    added_before = frozenset(day for day in rule.added if day < at)
    later = _later(rule, at, len(given_before))
    if later is None:
        raise ValueError(f"no date on or after {at}")
    if not given_before and not added_before:
        return None, rule
    return _earlier(rule, at, given_before, added_before), replace(later, uuid=new_uuid)


def _earlier(rule: Rule, at: date, given: list[date], added: frozenset[date]) -> Rule:
    if not given:
        return _once(rule, added)
    until = given[-1] if rule.times is not None else min(rule.until or date.max, at - timedelta(days=1))
    left_out = frozenset(day for day in rule.left_out if day < at)
    return replace(rule, until=until, times=None, left_out=left_out, added=added)


def _later(rule: Rule, at: date, used: int) -> Rule | None:
    added = frozenset(day for day in rule.added if day >= at)
    left_out = frozenset(day for day in rule.left_out if day >= at)
    left = None if rule.times is None else rule.times - used
    first = next((day for day in pattern(rule) if day >= at), None)
    if first is not None and first <= (rule.until or date.max) and left != 0:
        return replace(rule, first_date=first, times=left, left_out=left_out, added=added)
    return _once(rule, added) if added else None


def _once(rule: Rule, days: frozenset[date]) -> Rule:
    """Only added dates are left on this side: the first as the rule's one date, the others as added ones."""
    first = min(days)
    return Rule(rule.uuid, first, rule.start, rule.end, Repeat.ONCE, added=days - {first})
