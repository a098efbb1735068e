"""What benchmark activities are made of: the demonstration's words many times over, fifty dates each."""

import datetime
import random
from collections.abc import Iterator, Sequence

from accounts.models import User
from events.models import Activity, ScheduleRule
from events.recurrence import Repeat
from mingle.demo import activities, reading
from mingle.demo.lists import Lists
from organisations.models import Organisation, Venue

DATES_EACH = 50
# Fifty dates end within the horizon of eighteen months, whichever of these they follow.
KINDS = (
    (Repeat.WEEKLY, 1, 26),
    (Repeat.WEEKLY, 2, 40),
    (Repeat.WEEKLY, 3, 40),
    (Repeat.DAILY, 1, 60),
)
STARTS = [datetime.time(hour, minute) for hour in range(9, 20) for minute in (0, 30)]


def drafts(
    numbers: Sequence[int],
    *,
    hosts: Sequence[Organisation],
    venues: Sequence[Venue],
    by: User,
    today: datetime.date,
) -> Iterator[Activity]:
    """Unsaved activities with these numbers; a number always gives the same one."""
    lists, buildings = Lists.read(), reading.venues()
    bases = [words for facts in reading.organisations().values() for words in facts["activity"]]
    for number in numbers:
        chance = random.Random(number)  # noqa: S311 (the same in every run)
        words = dict(bases[number % len(bases)])
        words["title"] = f"{words['title']} {number}"
        if "ages" in words:
            youngest = max(0, words["ages"][0] + chance.randint(-2, 2))
            words["ages"] = (youngest, max(youngest, words["ages"][1] + chance.randint(-2, 2)))
        yield activities.draft(
            hosts[number % len(hosts)],
            words,
            by,
            lists,
            uuid=reading.same_every_time("benchmark", number),
            venue=chance.choice(venues),
            rules=[_rule(number, chance, today)],
            **activities.coming(words, buildings[words["venue"]]),
        )


def _rule(number: int, chance: random.Random, today: datetime.date) -> ScheduleRule:
    repeat, days, weeks = chance.choice(KINDS)
    start = chance.choice(STARTS)
    end = (datetime.datetime.combine(today, start) + datetime.timedelta(minutes=90)).time()
    weekdays = sorted(chance.sample(range(7), days)) if repeat == Repeat.WEEKLY else []
    return ScheduleRule(
        uuid=reading.same_every_time("benchmark", number, "rule"),
        first_date=today + datetime.timedelta(days=chance.randint(1, weeks * 7)),
        start=start,
        end=end,
        repeat=repeat.value,
        weekdays=weekdays,
        times=DATES_EACH,
    )
