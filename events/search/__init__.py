"""Finds activities for a question: `find` for pages, `matching` for feeds."""

from events.search.finding import Found, Results, count, find, matching
from events.search.loosening import Looser, loosened

__all__ = ["Found", "Looser", "Results", "count", "find", "loosened", "matching"]
