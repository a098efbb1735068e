"""Calendars to subscribe to, and single dates as files. HTTP is here; what a calendar says is in `feeds`."""

import dataclasses
import datetime
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import http_date, parse_http_date_safe
from django.views.decorators.http import require_safe

from events import index
from events.feeds import links, questions, remembering
from events.feeds.assembling import assemble
from events.feeds.feed import EVERYWHERE, Feed, Reach, key
from events.feeds.remembering import Kept, Read, State, Tag, memory
from events.feeds.zipping import Zipping
from events.models import Activity, Occurrence
from events.query import parse
from organisations.models import Organisation
from organisations.page_cache import may_have_a_postcode, names_tag, takes_gzip
from places.clock import midnight

ATTEMPTS = 3
LONGEST_ADDRESS = 4_000

Make = Callable[[datetime.datetime, int], Feed]


class _Elsewhere(Exception):  # noqa: N818 - not an error
    """The address says more of a position than it may, or says it in another way."""

    def __init__(self, question: str) -> None:
        self.question = question


@require_safe
def calendar(request: HttpRequest) -> HttpResponseBase:
    """The question of `/activities/` as a calendar.

    An address that says more of a position than it may leads to one that does not, as pages do.
    """

    def make(now: datetime.datetime, generation: int) -> Feed:
        asked = parse(request.GET, index.current(generation).known)
        if asked.near_elsewhere:
            files = f"&next={links.NEXT}" if next_dates(request) else ""
            raise _Elsewhere(asked.to_querystring_as_typed() + files)
        return questions.of_query(asked, now=now, generation=generation, next=next_dates(request))

    try:
        return answer(request, make)
    except _Elsewhere as elsewhere:
        return HttpResponseRedirect(f"{request.path}?{elsewhere.question}")


@require_safe
def activity(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """Every date of one activity, as long as anybody may have subscribed to it."""

    def make(now: datetime.datetime, generation: int) -> Feed:
        rows = Activity.objects.select_related("host__page", "type")
        found = rows.filter(uuid=id, listing__isnull=False).first()
        if found is None:
            raise Http404
        return questions.of_activity(
            found, now=now, shows_cancelled=shows_cancelled(request), next=next_dates(request)
        )

    return answer(request, make)


@require_safe
def occurrence(request: HttpRequest, id: uuid.UUID) -> HttpResponse:
    """One date."""

    def make(now: datetime.datetime, generation: int) -> Feed:
        rows = Occurrence.objects.once_public().select_related("activity__host__page", "activity__type")
        found = rows.filter(uuid=id).first()
        if found is None:
            raise Http404
        return questions.of_occurrence(found, now=now, shows_cancelled=shows_cancelled(request))

    return answer(request, make)


@require_safe
def organisation(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that an organisation runs or helps to run. 404 for one that the public never saw."""

    def make(now: datetime.datetime, generation: int) -> Feed:
        found = _organisation(slug)
        if found is None:
            raise Http404
        return questions.of_organisation(
            found,
            now=now,
            generation=generation,
            shows_cancelled=shows_cancelled(request),
            next=next_dates(request),
        )

    return answer(request, make)


def _organisation(slug: str) -> Organisation | None:
    return Organisation.objects.filter(slug=slug, verified_on__isnull=False).first()


def shows_cancelled(request: HttpRequest) -> bool:
    return request.GET.get("cancelled") == "show"


def next_dates(request: HttpRequest) -> int:
    """`next=10` asks for a file of the next ten dates; nothing else does."""
    return links.NEXT if request.GET.get("next") == str(links.NEXT) else 0


def answer(request: HttpRequest, make: Make) -> HttpResponse:
    """1. Ask the database where generations stand, before anything else is read.

    2. If the feed's tag was made of the same generations today, it holds: 304 for who has it already.
    3. Else, or for who has not, take the body from memory or build it. What changes as time passes is built
       each time: it is ten dates.
    """
    # Django's CSRF has looked into the session; a feed does not, so that any cache may keep it for everybody.
    request.session.accessed = False
    question = f"{request.path}?{request.META.get('QUERY_STRING', '')}"
    with translation.override(settings.LANGUAGE_CODE):
        feed_key = key(question)
        now = timezone.now()
        today = timezone.localdate(now)
        feed, state = _understood(feed_key, make, now, today, is_kept=len(question) <= LONGEST_ADDRESS)
        if state.tag is not None and state.holds(today) and not feed.passes:
            is_zipped = takes_gzip(request)
            if _has_it(request, state.tag, is_zipped):
                return _headed(HttpResponse(status=304), state.tag, is_zipped)
        tag, kept = _built(feed_key, feed, state, now, zips=_is_first(request) and takes_gzip(request))
    sent = _sent(request, feed, feed_key, tag, kept)
    if may_have_a_postcode(question):
        memory.let_go(feed_key)
    return sent


def _understood(
    feed_key: str, make: Make, now: datetime.datetime, today: datetime.date, *, is_kept: bool
) -> tuple[Feed, State]:
    """What the address asks for, and where the generations it can reach stood before that was found out.

    It is found out anew whenever anything public has changed, since then it may mean other activities.
    """
    read = memory.question(feed_key)
    reach = read.feed.reach if read else EVERYWHERE
    state = remembering.state(feed_key, reach)
    if read is not None and (read.stamp, read.day) == (state.everywhere, today):
        return read.feed, state
    feed, state = _found_out(feed_key, make, now, reach, state)
    if is_kept:
        memory.keep_question(feed_key, Read(state.everywhere, today, feed))
    return feed, state


def _found_out(
    feed_key: str, make: Make, now: datetime.datetime, reach: Reach, state: State
) -> tuple[Feed, State]:
    """1. Find out what is asked for. If it reaches what `state` was read for, that is all.

    2. Else read the state of what it reaches. If nothing has changed anywhere meanwhile, it is as good as if
       it had been read before.
    3. Else begin again; where changes come without a pause, hold everything for within reach.
    """
    for _attempt in range(ATTEMPTS):
        feed = make(now, state.everywhere[0])
        if feed.reach == reach:
            return feed, state
        before, reach = state.everywhere, feed.reach
        state = remembering.state(feed_key, reach)
        if state.everywhere == before:
            return feed, state
    state = remembering.state(feed_key, EVERYWHERE)
    return dataclasses.replace(make(now, state.everywhere[0]), reach=EVERYWHERE), state


def _built(
    feed_key: str, feed: Feed, state: State, now: datetime.datetime, *, zips: bool
) -> tuple[Tag, Kept]:
    """The body as of `state` or newer, compressed as it goes if it `zips`. Its ETag is of what was built,
    whatever changed meanwhile."""
    today = timezone.localdate(now)
    kept = None if feed.passes else memory.body(feed_key, state.reach, today)
    if kept is None:
        zipping = Zipping() if zips else None
        body = assemble(feed, now, state.everywhere, made=zipping.add if zipping else None)
        kept = Kept(state.reach, today, body, zipping=zipping)
        memory.keep_body(feed_key, kept)
    if state.tag is not None and state.holds(today) and state.tag.etag == kept.body.digest:
        return state.tag, kept
    since = now if feed.passes else midnight(today)
    return remembering.tagged(feed_key, kept.body.digest, state, since=since), kept


def _sent(request: HttpRequest, feed: Feed, feed_key: str, tag: Tag, kept: Kept) -> HttpResponse:
    is_zipped = takes_gzip(request)
    if _has_it(request, tag, is_zipped):
        return _headed(HttpResponse(status=304), tag, is_zipped)
    pieces = (remembering.zipped(feed_key, kept),) if is_zipped else kept.body.pieces
    response = HttpResponse(
        () if request.method == "HEAD" else pieces, content_type="text/calendar; charset=utf-8"
    )
    response["Content-Length"] = str(sum(map(len, pieces)))
    response["Content-Disposition"] = f'inline; filename="{feed.filename or "mingle"}.ics"'
    if is_zipped:
        response["Content-Encoding"] = "gzip"
    return _headed(response, tag, is_zipped)


def _is_first(request: HttpRequest) -> bool:
    """Whoever has an earlier body most often has this one too, which need not be compressed then."""
    return not request.META.keys() & {"HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"}


def _headed(response: HttpResponse, tag: Tag, is_zipped: bool) -> HttpResponse:
    response["ETag"] = _etag(tag, is_zipped)
    response["Last-Modified"] = http_date(tag.modified_at.timestamp())
    response["Cache-Control"] = "public, no-cache"
    response["Vary"] = "Accept-Encoding"
    return response


def _etag(tag: Tag, is_zipped: bool) -> str:
    """Strong, and another for the compressed form: the octets are others."""
    return f'"{tag.etag}-gzip"' if is_zipped else f'"{tag.etag}"'


def _has_it(request: HttpRequest, tag: Tag, is_zipped: bool) -> bool:
    """If-None-Match decides where it is sent, compared weakly; else If-Modified-Since, to the second."""
    if request.META.get("HTTP_IF_NONE_MATCH"):
        return names_tag(request, _etag(tag, is_zipped))
    since = request.META.get("HTTP_IF_MODIFIED_SINCE")
    moment = parse_http_date_safe(since) if since else None
    return moment is not None and int(tag.modified_at.timestamp()) <= moment
