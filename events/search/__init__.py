"""Finds activities for a question: `find` for pages, `spots` for maps, `matching` for feeds."""

from events.search.finding import Found, Results, count, find, matching
from events.search.locating import Spots, spots
from events.search.loosening import Looser, loosened

__all__ = ["Found", "Looser", "Results", "Spots", "count", "find", "loosened", "matching", "spots"]
