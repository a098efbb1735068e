"""A year of registers, the same in every demonstration, and one count day that is open now.

`content/attendance.toml` has the series that tell something. Registers are added to dates that have begun and
have none: what was changed since stays.
"""

import datetime
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from diversity.categories import AGE_BANDS, ETHNIC_GROUPS, FIRST_TIME, NOT_STATED, SEEN_BEFORE
from events.actions import answers, publishing, sums
from events.actions.count_days import AHEAD
from events.drawing import season_of
from events.models import Activity, CountDay, Counter, Occurrence, Question, Register, Source, State
from mingle.demo import activities, clock, organisers, reading, schedules
from mingle.demo.reading import Facts, same_every_time
from mingle.demo.schedules import DAYS
from organisations.models import Organisation
from places.models import Place

YEAR = datetime.timedelta(days=365)
COUNT_DAYS_A_TERM = 2
HEADS = 8, 30
OPEN_SINCE, OPEN_FOR = datetime.timedelta(minutes=30), datetime.timedelta(hours=3)
LAST_MINUTE = datetime.time(23, 55)


@transaction.atomic
def record(place: Place, now: datetime.datetime) -> int:
    """Registers of a year, as far as they are missing; returns how many were added."""
    found = reading.attendance()
    known = {
        same_every_time("activity", line["organisation"], line["title"]): line for line in found["series"]
    }
    rows = (
        Occurrence.objects.filter(
            Q(activity__host__place=place), starts_at__gt=now - YEAR, ends_at__lte=now, register=None
        )
        .exclude(state=State.CANCELLED)
        .select_related("activity")
        .order_by("starts_at", "id")
    )
    registers: list[Register] = []
    counters: list[Counter] = []
    days = _count_days(rows, place)
    for row in rows:
        chance = _chance(row)
        line = known.get(row.activity.uuid)
        came = _around(chance, line["size"]) if line else chance.randint(*HEADS)
        registers.append(Register(occurrence=row, came=came))
        if line and row.pk in days:
            counters += _answers(registers[-1], line, chance, days[row.pk])
    Register.objects.bulk_create(registers, batch_size=2_000)
    Counter.objects.bulk_create(counters, batch_size=2_000)
    sums.recount([register.pk for register in registers])
    return len(registers)


def _chance(row: Occurrence) -> random.Random:
    return random.Random(f"{row.rule}/{row.rule_date}/{row.number}")  # noqa: S311 (the same in every run)


def _around(chance: random.Random, size: int) -> int:
    return max(1, size + chance.randint(-2, 2))


def _count_days(rows: Iterable[Occurrence], place: Place) -> dict[int, int]:
    """Two a term for each series, drawn; by their keys, numbered through the year."""
    terms = list(place.terms.all())
    of_term: dict[tuple[int, int], list[Occurrence]] = defaultdict(list)
    for row in rows:
        day = timezone.localdate(row.starts_at)
        for number, term in enumerate(terms):
            if term.first_day <= day <= term.last_day:
                of_term[row.activity_id, number].append(row)
    drawn: dict[int, list[Occurrence]] = defaultdict(list)
    for (series, _term), dates in of_term.items():
        drawn[series] += _chance(dates[0]).sample(dates, min(COUNT_DAYS_A_TERM, len(dates)))
    return {
        row.pk: place
        for dates in drawn.values()
        for place, row in enumerate(sorted(dates, key=lambda row: row.starts_at))
    }


def _answers(register: Register, line: Facts, chance: random.Random, number: int) -> list[Counter]:
    """Who came, by group, age and whether they had been before. Those who said nothing are counted too."""
    row = register.occurrence
    shares = line["in_turn"] if number % 2 and "in_turn" in line else line["shares"]
    came = register.came or 0
    answered = round(came * line["answer"] / 100)
    told = chance.choices(ETHNIC_GROUPS, shares, k=answered) + [NOT_STATED] * (came - answered)
    ages = chance.choices(_bands(row.activity), k=came)
    before = chance.choices([FIRST_TIME, SEEN_BEFORE], [1, 5], k=came)
    return [
        *_counted(register, Question.GROUP, told),
        *_counted(register, Question.AGE, ages),
        *_counted(register, Question.BEFORE, before),
    ]


def _bands(activity: Activity) -> Sequence[str]:
    """Bands between the activity's ages."""
    youngest, oldest = activity.age_from or 0, activity.age_to or 99
    ends = ((0, 4), (5, 7), (8, 10), (11, 13), (14, 16), (17, 18), (19, 25), (26, 44), (45, 64), (65, 99))
    return [
        band
        for band, (first, last) in zip(AGE_BANDS, ends, strict=True)
        if first <= oldest and last >= youngest
    ]


def _counted(
    register: Register, question: Question, told: Sequence[str], source: Source = Source.TYPED
) -> list[Counter]:
    return [
        Counter(register=register, question=question, source=source, answer=answer, number=told.count(answer))
        for answer in sorted(set(told))
    ]


def always_open() -> UUID:
    """The activity of which a session is open at every start. Visitors may have given it another title."""
    line = reading.attendance()["open"]
    return same_every_time("activity", line["organisation"], line["title"])


def keep_one_open(now: datetime.datetime) -> Occurrence | None:
    """A count day that is on at this hour, whatever the hour, with its register and the code on its wall.
    It may be one from before.

    None where its organisation is not public any more: a visitor may have suspended it.
    """
    line = reading.attendance()["open"]
    public = Organisation.objects.public(timezone.localdate(now)).select_related("place")
    host = public.filter(slug=line["organisation"]).first()
    if host is None:
        return None
    uuid = always_open()
    dates = Occurrence.objects.filter(activity__uuid=uuid)
    on_now = dates.happening().filter(starts_at__lte=now, ends_at__gt=now)
    if (known := on_now.first()) is None:
        if not activities.put_on(host, {**line, "when": [_when(now)]}, reading.venues(), now):
            _meet_now(Activity.objects.get(uuid=uuid), now)
        known = on_now.first() or dates.latest("starts_at")
    answers.code_of(activity=known.activity, by=organisers.owner_of(host))
    _ask(known, now)
    _begin(known)
    return known


def _when(now: datetime.datetime) -> Facts:
    """Once, from half an hour ago, for three hours; not past midnight."""
    local = timezone.localtime(now)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    start = max(midnight, local - OPEN_SINCE).replace(second=0, microsecond=0)
    last = datetime.datetime.combine(local.date(), LAST_MINUTE, local.tzinfo)
    start = min(start, last - OPEN_SINCE)
    end = min(start + OPEN_FOR, last)
    return {"every": "once", "on": DAYS[local.weekday()], "at": f"{start:%H:%M}-{end:%H:%M}", "since": 0}


@transaction.atomic
def _meet_now(activity: Activity, now: datetime.datetime) -> None:
    """Another date of what met at an earlier start, put on before it begins. Dates that were stay."""
    by = organisers.owner_of(activity.host)
    rule = schedules.rule(_when(now), timezone.localdate(now), {})
    begins = timezone.make_aware(datetime.datetime.combine(rule.first_date, rule.start))
    with clock.at(begins - datetime.timedelta(seconds=1)):
        activity.rules = [rule]
        activity.save_revision(user=by)
        publishing.publish(activity=activity, by=by)


def _ask(occurrence: Occurrence, now: datetime.datetime) -> None:
    """On this date people are asked. Of several starts in one term the last has the count day."""
    season, _next = season_of(timezone.localdate(occurrence.starts_at))
    CountDay.objects.update_or_create(
        activity=occurrence.activity,
        season=season,
        number=1,
        defaults={
            "occurrence": occurrence,
            "drawn_at": now - AHEAD,
            "announced_at": now - AHEAD,
            "moved_from": None,
        },
    )


def _begin(occurrence: Occurrence) -> None:
    """Some have come, and some of them have answered on their phones."""
    register, created = Register.objects.get_or_create(occurrence=occurrence, defaults={"came": 23})
    if not created:
        return
    chance = _chance(occurrence)
    told = chance.choices([*ETHNIC_GROUPS, NOT_STATED], [30, 6, 8, 45, 3, 8], k=14)
    ages = chance.choices(AGE_BANDS[3:5], k=14)
    Counter.objects.bulk_create(
        [
            *_counted(register, Question.GROUP, told, Source.ANSWERS),
            *_counted(register, Question.AGE, ages, Source.ANSWERS),
        ]
    )
