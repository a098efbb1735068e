"""From rules, stored or just typed, to arithmetic: one path for publishing, preview and editor."""

import datetime
from collections.abc import Iterable
from uuid import UUID

from events.models.activity import Activity
from events.models.schedule import ScheduleRule
from events.recurrence import Meeting, Problem, Repeat, Rule, SchoolYear, Season, horizon, meetings, problems
from places import calendar
from places.models import Place


def as_rule(row: ScheduleRule) -> Rule:
    """The rule that a row, saved or not, stands for."""
    return Rule(
        uuid=row.uuid,
        first_date=row.first_date,
        start=row.start,
        end=row.end,
        repeat=Repeat(row.repeat),
        interval=row.interval,
        weekdays=frozenset(row.weekdays) if row.repeat == Repeat.WEEKLY else frozenset(),
        until=row.until,
        times=row.times,
        left_out=frozenset(row.left_out),
        added=frozenset(row.added),
        season=Season(row.season),
    )


def school_year(place: Place) -> SchoolYear:
    """What the place knows of its terms and bank holidays."""
    terms, bank_holidays = calendar.school_year(place)
    return SchoolYear(terms=terms, bank_holidays=bank_holidays)


def coming(rows: Iterable[ScheduleRule], year: SchoolYear, today: datetime.date) -> list[Meeting]:
    """The meetings of all rules from today to the horizon, in order."""
    given = (meeting for row in rows for meeting in meetings(as_rule(row), year, today, horizon(today)))
    return sorted(given, key=lambda meeting: (meeting.starts_at, meeting.rule_uuid))


def continued(rows: Iterable[ScheduleRule]) -> dict[UUID, UUID]:
    """Which rule took over from which."""
    return {row.uuid: row.continues for row in rows if row.continues}


def once_continued(activity: Activity) -> dict[UUID, UUID]:
    """The same of every version of the activity: of rules that are no longer in its schedule too."""
    versions = activity.revisions.values_list("content__rules", flat=True)
    lines = [line for version in versions for line in version or []]
    return {UUID(line["uuid"]): UUID(line["continues"]) for line in lines if line.get("continues")}


def problems_of(rows: Iterable[ScheduleRule], year: SchoolYear) -> list[Problem]:
    """Why these rows cannot be published; empty where they can."""
    return [problem for row in rows for problem in problems(as_rule(row), year)]
