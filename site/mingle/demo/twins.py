"""Schools as twins: one pair in the middle of its year, one that has agreed, one that waits for an answer.

All through the actions that schools use, each on the day on which somebody would have done it.
"""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from events.actions import occurrences
from events.models import ActivityType, Occurrence
from mingle.demo import clock, organisers, reading, schedules
from mingle.demo.reading import Facts, same_every_time
from organisations.models import Organisation, Venue
from places.models import School
from places.school_years import FIRST_MONTH, year_of
from schools.actions import programmes, twinnings
from schools.actions.programmes import Group, Plan, Planned
from schools.models import Programme, Setting, Side, Twinning

BEGAN_AGO = datetime.timedelta(days=70)
SATURDAY = 5
A_DAY, A_WEEK = datetime.timedelta(days=1), datetime.timedelta(days=7)


def twin(now: datetime.datetime) -> int:
    """As far as the pairs are missing, and both of their schools are here; returns how many were added."""
    return sum(_pair(words, now) for words in reading.twins()["pair"])


@transaction.atomic
def _pair(words: Facts, now: datetime.datetime) -> bool:
    both = Organisation.objects.filter(slug__in=[words["asks"], words["asked"]])
    found = {each.slug: each for each in both}
    schools = [School.objects.filter(pk=each.urn).first() for each in found.values() if each.urn]
    if len(schools) < 2 or None in schools or _known(found):
        return False
    asks, asked = (found[words[name]] for name in ("asks", "asked"))
    waits = words["stands"] == "proposed"
    began = now - A_WEEK if waits else _began(now)
    with clock.at(began):
        made = twinnings.propose(
            school=School.objects.get(pk=asks.urn),
            other=School.objects.get(pk=asked.urn),
            year=year_of(timezone.localdate(now)),
            note=words["note"],
            contact=words["contacts"][0],
            by=organisers.owner_of(asks),
        )
    if waits:
        return True
    with clock.at(min(began + A_WEEK, now - A_DAY)):
        school, contact = School.objects.get(pk=asked.urn), words["contacts"][1]
        twinnings.accept(twinning=made, school=school, contact=contact, by=organisers.owner_of(asked))
    if words["stands"] == "running":
        with clock.at(min(began + 2 * A_WEEK, now - A_DAY)):
            twinnings.start(twinning=made, by=organisers.owner_of(asks))
            programme = _plan(made, asks, asked, words["programme"], now)
        _call_off(programme, words["programme"], now)
    return True


def _known(both: dict[str, Organisation]) -> bool:
    first, second = sorted(each.urn or 0 for each in both.values())
    return Twinning.objects.filter(first=first, second=second).exists()


def _began(now: datetime.datetime) -> datetime.datetime:
    """Ten weeks ago, or when the school year began."""
    year = year_of(timezone.localdate(now))
    first = datetime.datetime(year, FIRST_MONTH, 1, 9, tzinfo=datetime.UTC)
    return min(max(now - BEGAN_AGO, first), now - A_DAY)


def _plan(
    made: Twinning, asks: Organisation, asked: Organisation, words: Facts, now: datetime.datetime
) -> Programme:
    """By the school that asked, which hosts it."""
    school = School.objects.get(pk=asks.urn)
    sides = {"asks": Side.FIRST, "asked": Side.SECOND}
    if not made.is_first(school):
        sides = {"asks": Side.SECOND, "asked": Side.FIRST}
    return programmes.plan(
        twinning=made,
        school=school,
        plan=Plan(
            title=words["title"],
            summary=words["summary"],
            type=ActivityType.objects.get(slug=words["type"]),
            before=words["before"],
            groups=[Group(sides[who], *rest) for who, *rest in words["groups"]],
            meetings=[_meeting(line, sides, made, now) for line in words["meeting"]],
        ),
        version=0,
        by=organisers.owner_of(asks),
    )


def _meeting(line: Facts, sides: dict[str, Side], made: Twinning, now: datetime.datetime) -> Planned:
    """Without a date where its day would lie before the planning or in another school year."""
    setting = Setting(sides[line["setting"]].value if line["setting"] in sides else line["setting"])
    day = _weekday(timezone.localdate(now) + datetime.timedelta(days=line.get("day", 0)))
    if "day" not in line or year_of(day) != made.year or day <= timezone.localdate():
        return Planned(setting, line["title"])
    start, end = schedules.times(line["at"])
    return Planned(
        setting,
        line["title"],
        starts_at=datetime.datetime.combine(day, start),
        ends_at=datetime.datetime.combine(day, end),
        venue=Venue.objects.get(uuid=same_every_time("venue", line["venue"])),
    )


def _weekday(day: datetime.date) -> datetime.date:
    """That day, or the Monday after it."""
    return day + datetime.timedelta(days=7 - day.weekday() if day.weekday() >= SATURDAY else 0)


def _call_off(programme: Programme, words: Facts, now: datetime.datetime) -> None:
    """Yesterday, by the school that hosts it."""
    coming = Occurrence.objects.filter(starts_at__gt=now)
    for meeting, line in zip(programme.meetings.order_by("number"), words["meeting"], strict=True):
        date = coming.filter(rule=meeting.rule).first() if meeting.rule else None
        if "cancel" in line and date and programme.activity:
            by: User = organisers.owner_of(programme.activity.host)
            with clock.at(now - A_DAY):
                occurrences.cancel(occurrence=date, reason=line["cancel"], by=by)
