"""Pages of the form as text in each worker's memory: a hall opens the same one hundreds of times.

A page is kept under everything that stands in it, so one that would read otherwise is another page.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import get_language

MOST = 500
"""Pages. Whoever opens more makes all of them be drawn anew."""
HOLE = "the-token-of-this-form-goes-here"
"""Each form has a token of its own."""

_pages: dict[tuple[object, ...], str] = {}


def text(template: str, shown: Mapping[str, object], draw: Callable[[], str]) -> str:
    key = (template, get_language(), *sorted(shown.items()))
    page = _pages.get(key)
    if page is None:
        if len(_pages) >= MOST:
            _pages.clear()
        page = _pages[key] = draw()
    return page
