"""What somebody asked for: the parameters of `/activities/` and of every feed, read and written."""

from events.query.dates import TIMES, local_minute, meets, span
from events.query.parsing import DEFAULT_RADIUS, MOST_PICKS, Known, parse
from events.query.question import Near, Query

__all__ = [
    "DEFAULT_RADIUS",
    "MOST_PICKS",
    "TIMES",
    "Known",
    "Near",
    "Query",
    "local_minute",
    "meets",
    "parse",
    "span",
]
