"""What somebody asked for: the parameters of `/activities/` and of every feed, read and written."""

from events.query.dates import (
    DAYS,
    TIMES,
    from_local_minute,
    local_minute,
    meets,
    minute_of_day,
    span,
    time_of_day,
)
from events.query.parsing import DEFAULT_RADIUS, MOST_PICKS, Known, parse
from events.query.question import SCHOOL_YEAR_BEGINS, Query

__all__ = [
    "DEFAULT_RADIUS",
    "MOST_PICKS",
    "SCHOOL_YEAR_BEGINS",
    "DAYS",
    "TIMES",
    "Known",
    "Query",
    "from_local_minute",
    "local_minute",
    "meets",
    "minute_of_day",
    "parse",
    "span",
    "time_of_day",
]
