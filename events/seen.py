"""What a person looks at when they decide about dates.

A form carries it, and the action compares it with what is there when nobody else can change it: a change that
rests on an older look is refused, not written over.
"""

import datetime
import zlib
from collections import defaultdict
from collections.abc import Mapping

from django.utils import timezone

from events.models import Activity, Occurrence
from places import clock

Days = Mapping[datetime.date, str]
"""What stands on each day that has a date."""


def of_date(occurrence: Occurrence) -> str:
    """Everything of one date that a page of the workspace shows."""
    times = f"{occurrence.starts_at.timestamp():.0f}/{occurrence.ends_at.timestamp():.0f}"
    words = zlib.crc32(f"{occurrence.reason}\n{occurrence.notice}".encode())
    return f"{occurrence.state}/{times}/{occurrence.venue.uuid}/{words:x}"


def of_coming(activity: Activity) -> Days:
    """From today on. Days, because a date that somebody moved away is missed on the day that it left."""
    begin = clock.midnight(timezone.localdate())
    rows = Occurrence.objects.filter(activity=activity, starts_at__gte=begin, withdrawn=False)
    days: defaultdict[datetime.date, list[str]] = defaultdict(list)
    for row in rows.select_related("venue"):
        days[timezone.localdate(row.starts_at)].append(f"{row.uuid}/{of_date(row)}")
    return {day: f"{zlib.crc32(' '.join(sorted(found)).encode()):x}" for day, found in days.items()}


def differing(seen: Days, now: Days, first: datetime.date, last: datetime.date) -> list[datetime.date]:
    """Days from `first` to `last` that are not as they were seen."""
    days = (day for day in seen.keys() | now.keys() if first <= day <= last)
    return sorted(day for day in days if seen.get(day) != now.get(day))


def as_text(days: Days) -> str:
    """For a hidden field: "20270112=5f3a 20270119=9c01"."""
    return " ".join(f"{day:%Y%m%d}={found}" for day, found in sorted(days.items()))


def from_text(text: str) -> Days:
    """Nonsense is nothing that anybody saw."""
    days = {}
    for part in text.split():
        day, _, found = part.partition("=")
        try:
            days[datetime.datetime.strptime(day, "%Y%m%d").date()] = found  # noqa: DTZ007 (a day, no moment)
        except ValueError:
            continue
    return days
