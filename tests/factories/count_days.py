"""Count days for tests, drawn and announced long ago."""

from django.utils import timezone

from events.drawing import season_of
from events.models import CountDay, Occurrence


def make_count_day(occurrence: Occurrence, number: int = 1) -> CountDay:
    begins, _ends = season_of(timezone.localdate(occurrence.starts_at))
    return CountDay.objects.create(
        activity=occurrence.activity,
        season=begins,
        number=number,
        occurrence=occurrence,
        drawn_at=timezone.now(),
        announced_at=timezone.now(),
    )
