"""London's clock: rules, pages and feeds follow it wherever the server stands."""

import datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def midnight(day: datetime.date) -> datetime.datetime:
    """With which a day begins."""
    return datetime.datetime.combine(day, datetime.time(), tzinfo=LONDON)
