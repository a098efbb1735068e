"""Dates of today: one whose register can be taken, and one that was counted and put right."""

import datetime
import uuid

from django.utils import timezone

from events.actions import registers
from events.actions.registers import Batch
from events.figures import CAME
from events.models import CountDay, ScheduleRule
from tests.factories.activities import make_rule
from tests.organisations.wall.camp import Camp

SOON, COUNTED = datetime.time(12, 5), datetime.time(12, 10)
"""They begin within a quarter of an hour, so that their registers are open, and nothing has begun yet."""


def rules() -> list[ScheduleRule]:
    today, ends = timezone.localdate(), datetime.time(13, 30)
    return [
        make_rule(first_date=today, start=SOON, end=ends, times=2),
        make_rule(first_date=today, start=COUNTED, end=ends, times=1),
    ]


def counts(camp: Camp) -> None:
    """A count day, and a batch that a phone sent; then one who was counted twice is taken off."""
    now, today = timezone.now(), timezone.localdate()
    date = next(
        each for each in camp.live.occurrences.all() if timezone.localtime(each.starts_at).time() == COUNTED
    )
    CountDay.objects.create(
        activity=camp.live, season=today, number=1, occurrence=date, drawn_at=now, announced_at=now
    )
    came = {CAME: 3, "group:asian": 3}
    registers.count(occurrence=date, changes=came, by=camp.owner, batch=Batch(uuid.uuid4(), 1))
    registers.count(occurrence=date, changes={CAME: -1}, by=camp.owner)
