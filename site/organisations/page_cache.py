"""Finished public pages, kept in the worker's memory for as long as they are true.

A page is remembered under its address (path and query, in a canonical order), its language and whether it
is a whole page or the part that htmx asked for. It is given out again only while

1. the installation's generation is the one that was read *before* the page was built: every request reads it
   from the database, so a change is visible to the very next request on every worker;
2. the next moment at which the page changes by itself has not come: midnight in London, because pages say
   "tomorrow", or an earlier moment that the view names (a start, an end, an expiry).

Addresses in pages come from `settings.PUBLIC_ADDRESS` or are relative, so the host is no part of the key.
People who are signed in, or have a message waiting, are served past it. Nothing that carries a form token, a
cookie or `no-store` is kept.
"""

import dataclasses
import datetime
import functools
import hashlib
import re
import threading
import unicodedata
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags
from isal import igzip

from organisations.models import Generation
from places import clock

BUDGET = 48 * 1024 * 1024  # bytes a worker
LONGEST_ADDRESS = 2_000  # longer ones are nobody's: not worth remembering
FULL_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?[\W_]*\d[A-Z]{2}\b", re.IGNORECASE)
KEPT = frozenset({200, 410})
VARY = ["HX-Request", "Accept-Encoding", "Cookie"]
GZIP_LEVEL = 1  # 0.3 ms for a page, within a tenth of the size that level 6 gives

View = Callable[..., HttpResponseBase]
Stamp = tuple[int, datetime.datetime | None]


class Page(HttpResponse):
    """A page that also knows when it changes by itself."""

    def __init__(
        self,
        content: bytes | str,
        *,
        changes_at: Iterable[datetime.datetime] = (),
        status: int = 200,
        content_type: str | None = None,
    ) -> None:
        super().__init__(content, status=status, content_type=content_type)
        self.changes_at = tuple(changes_at)


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    changes_at: Iterable[datetime.datetime] = (),
    status: int = 200,
) -> Page:
    """`django.shortcuts.render` for a page that changes by itself at these moments and at midnight."""
    return Page(render_to_string(template, dict(context), request), changes_at=changes_at, status=status)


def next_midnight(now: datetime.datetime) -> datetime.datetime:
    """The coming midnight on London's clocks."""
    return clock.midnight(timezone.localdate(now) + datetime.timedelta(days=1))


def generation(request: HttpRequest) -> int | None:
    """The number that the page is built for; None where nobody has read one for this request."""
    return getattr(request, "generation", None)


def wants_part(request: HttpRequest) -> bool:
    """htmx asks for the part that it will swap in; going back to a forgotten page it wants the whole one."""
    meta = request.META
    return (
        meta.get("HTTP_HX_REQUEST") == "true"
        and meta.get("HTTP_HX_HISTORY_RESTORE_REQUEST") != "true"
        and meta.get("HTTP_HX_BOOSTED") != "true"
    )


@dataclasses.dataclass(slots=True)
class Entry:
    """One finished page. `zipped` is made when the first reader who takes gzip comes."""

    stamp: Stamp
    until: datetime.datetime
    status: int
    content_type: str
    body: bytes
    tag: str
    zipped: bytes = b""

    @property
    def weight(self) -> int:
        return len(self.body) + len(self.zipped)


class PageCache:
    """Least recently used pages leave first once their bytes exceed the budget. Safe among threads."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.weight = 0
        self._entries: OrderedDict[tuple, tuple[Entry, int]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, key: tuple) -> bool:
        return key in self._entries

    def get(self, key: tuple, stamp: Stamp, now: datetime.datetime) -> Entry | None:
        with self._lock:
            found = self._entries.get(key)
            if found is None:
                return None
            entry = found[0]
            if entry.stamp != stamp or entry.until <= now:
                return None
            self._entries.move_to_end(key)
            return entry

    def put(self, key: tuple, entry: Entry) -> None:
        """Remember the page, or weigh it again after it was compressed."""
        weight = entry.weight + len(key[0])
        with self._lock:
            if (old := self._entries.pop(key, None)) is not None:
                self.weight -= old[1]
            if weight > self.budget:
                return
            self._entries[key] = (entry, weight)
            self.weight += weight
            while self.weight > self.budget:
                _, (_, gone) = self._entries.popitem(last=False)
                self.weight -= gone

    def clear(self) -> None:
        with self._lock:
            self._entries.clear()
            self.weight = 0


pages = PageCache(BUDGET)


def cached_page(view: View) -> View:
    """Serve a public view from memory while nothing has changed, with a strong ETag, 304 and HEAD.

    `request.generation` tells the view which generation it is built for: what it reads from a worker's memory
    must be at least that new.
    """

    @functools.wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD") or _is_somebody(request):
            response = view(request, *args, **kwargs)
            patch_cache_control(response, private=True, no_cache=True)
            return response
        now, stamp = timezone.now(), Generation.objects.stamp()
        key = _key(request)
        entry = pages.get(key, stamp, now)
        if entry is None:
            request.generation = stamp[0]
            response = view(request, *args, **kwargs)
            entry = _finished(request, response, stamp, now)
            if entry is None:
                patch_vary_headers(response, VARY)  # ty: ignore[invalid-argument-type] (any number)
                return response
            if len(key[0]) <= LONGEST_ADDRESS and not may_have_a_postcode(key[0]):
                pages.put(key, entry)
        return _answer(request, key, entry)

    return served


def _is_somebody(request: HttpRequest) -> bool:
    """Someone signed in, or about to be. Visitors carry no cookie of ours."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def may_have_a_postcode(address: str) -> bool:
    """Whether a whole one may be in it, however it is written: then nothing remembers it.

    Browsers send ASCII alone; of what others send nobody can tell.
    """
    words = unicodedata.normalize("NFKC", unquote_plus(address))
    return not address.isascii() or FULL_POSTCODE.search(words) is not None


def _key(request: HttpRequest) -> tuple:
    """Addresses that differ only in the order of unlike parameters share a page."""
    query = request.META.get("QUERY_STRING", "")
    if "&" in query:
        query = "&".join(sorted(query.split("&"), key=_name_of))
    return f"{request.path}?{query}", translation.get_language(), wants_part(request)


def _name_of(pair: str) -> str:
    return pair.partition("=")[0]


def _finished(
    request: HttpRequest, response: HttpResponseBase, stamp: Stamp, now: datetime.datetime
) -> Entry | None:
    """The response as an entry, or None where it must not be kept."""
    if (
        not isinstance(response, HttpResponse)
        or response.status_code not in KEPT
        or response.cookies
        or request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        or "no-store" in response.headers.get("Cache-Control", "")
    ):
        return None
    if not getattr(response, "is_rendered", True):
        response = response.render()
    moments = response.changes_at if isinstance(response, Page) else ()
    body = response.content
    return Entry(
        stamp=stamp,
        until=min([next_midnight(now), *moments]),
        status=response.status_code,
        content_type=response.headers["Content-Type"],
        body=body,
        tag=hashlib.blake2b(body, digest_size=16).hexdigest(),
    )


def takes_gzip(request: HttpRequest) -> bool:
    """Named, and not with a weight of nought."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return "gzip" in accepted and not re.search(r"gzip\s*;\s*q=0(\.0*)?\s*(,|$)", accepted)


def _answer(request: HttpRequest, key: tuple, entry: Entry) -> HttpResponse:
    """200, 304 or the head alone. The compressed form has an ETag of its own, so that both are strong."""
    body, tag, zipped = entry.body, f'"{entry.tag}"', takes_gzip(request)
    if zipped:
        if not entry.zipped:
            entry.zipped = igzip.compress(entry.body, GZIP_LEVEL, mtime=0)
            if key in pages:
                pages.put(key, entry)
        body, tag = entry.zipped, f'"{entry.tag}-gzip"'
    fresh = entry.status == 200 and names_tag(request, tag)
    encoding = {"Content-Encoding": "gzip"} if zipped else {}
    return HttpResponse(
        b"" if fresh or request.method == "HEAD" else body,
        status=304 if fresh else entry.status,
        content_type=entry.content_type,
        headers={
            "ETag": tag,
            "Cache-Control": "no-cache",
            "Vary": ", ".join(VARY),
            "Content-Length": str(len(body)),
            **encoding,
        },
    )


def names_tag(request: HttpRequest, tag: str) -> bool:
    """Whether If-None-Match does, compared weakly: a proxy that compresses again marks the tag W/."""
    sent = request.META.get("HTTP_IF_NONE_MATCH")
    if not sent:
        return False
    tags = parse_etags(sent)
    return "*" in tags or tag in (candidate.removeprefix("W/") for candidate in tags)
