"""First parts of addresses that our own routes hold: no page of the CMS may stand there."""

import re
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern


def slugs() -> frozenset[str]:
    """Read off the routes themselves, so that a new route is reserved at once; languages' prefixes too."""
    languages = {code for code, _name in settings.LANGUAGES}
    return frozenset(_first_parts(get_resolver().url_patterns, "")) | languages | {"static", "media"}


def _first_parts(patterns: Iterable, before: str) -> Iterator[str]:
    for each in patterns:
        prefix = "" if isinstance(each.pattern, LocalePrefixPattern) else str(each.pattern)
        route = before + prefix
        first = re.match(r"\^?([\w-]+)(?:/|$)", route)
        if first:
            yield first[1]
        elif isinstance(each, URLResolver) and not route:
            yield from _first_parts(each.url_patterns, route)
