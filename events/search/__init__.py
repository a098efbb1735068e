"""Finds activities for a question: `find` for pages, `spots` for maps, `matching` for a list that somebody
keeps, `meant` for feeds."""

from events.search.finding import Found, Results, count, find, matching, meant
from events.search.locating import Spots, spots
from events.search.loosening import Looser, loosened
from events.search.meetings import Month, month

__all__ = [
    "Found",
    "Looser",
    "Month",
    "Results",
    "Spots",
    "count",
    "find",
    "loosened",
    "matching",
    "meant",
    "month",
    "spots",
]
