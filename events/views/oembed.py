"""`/oembed`: what other sites ask when somebody pastes one of our addresses into theirs."""

import dataclasses
import re
import sys
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import embedding, index, joint, permissions, pictures
from events.browsing import names, sharing
from events.embedding import Frame
from events.feeds import links, oembed
from events.models import Activity
from events.query import Query, parse
from events.search import find
from organisations.models import Organisation
from organisations.page_cache import Page, cached_page, generation
from organisations.sharing import picture as social_picture

NUMBER = re.compile(r"[0-9]{1,5}\Z")
LONGEST_ADDRESS = 2_000


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """What an address is about: the list that stands for it, and the words and the picture of its card."""

    query: Query
    title: str
    picture: str
    host: Organisation | None = None


@cached_page
@require_safe
def answer(request: HttpRequest) -> HttpResponse:
    """JSON for an activity, an organisation or a search; 404 for what is not ours to show, 501 for XML."""
    if request.GET.get("format", "json").lower() != "json":
        return HttpResponse(_("Only format=json is known here."), status=501, content_type="text/plain")
    asked = _ours(request.GET.get("url", ""))
    try:
        match = resolve(asked.path)
    except Resolver404 as unknown:
        raise Http404 from unknown
    if match.url_name == "activity":
        shown = _activity(**match.kwargs)
    elif match.url_name == "organisation":
        shown = _organisation(**match.kwargs)
    elif match.url_name == "browse":
        return _search(request, QueryDict(asked.query))
    else:
        raise Http404
    return _json(request, shown)


def _ours(text: str) -> SplitResult:
    """The address in its parts, if it is one of this installation's."""
    try:
        asked, here = urlsplit(text[:LONGEST_ADDRESS]), urlsplit(settings.PUBLIC_ADDRESS)
        same_host = (asked.hostname, asked.port) == (here.hostname, here.port)
    except ValueError as nonsense:
        raise Http404 from nonsense
    if not same_host or asked.scheme not in ("http", "https"):
        raise Http404
    return asked


def _activity(organiser: str, slug: str) -> Shown:
    kept = Activity.objects.select_related("host", "venue", "type", "picture", "entrance_picture")
    found = next(iter(kept.filter(host__slug=organiser, slug=slug).order_by()), None)
    if found is None or not permissions.is_public(found, timezone.localdate()):
        raise Http404
    social = pictures.of(found, joint.threads_of(found)).social
    return Shown(Query(picks=(found.uuid,)), found.title, social, found.host)


def _organisation(slug: str) -> Shown:
    public = Organisation.objects.public(timezone.localdate()).select_related("page__picture", "place")
    found = public.filter(slug=slug, page__live=True).first()
    if found is None:
        raise Http404
    return Shown(Query(organisers=(slug,)), found.name, social_picture(found, found.page.picture))


def _search(request: HttpRequest, parameters: QueryDict) -> HttpResponse:
    """An answer to an address that carries a whole postcode is kept nowhere."""
    known = index.current(generation(request)).known
    query = parse(parameters, known)
    carries_postcode = bool(query.near_elsewhere)
    if carries_postcode:
        query = parse(QueryDict(query.to_querystring()), known)
    query, known_names = names.named(query.changed(view="list"), timezone.localdate())
    title, picture = sharing.title(query, known, known_names), sharing.picture(query, known)
    response = _json(request, Shown(query, title, picture))
    if carries_postcode:
        response["Cache-Control"] = "no-store"
    return response


def _json(request: HttpRequest, shown: Shown) -> Page:
    """As wide and high as it likes to be, or as it may be."""
    query, host, now = shown.query, shown.host, timezone.now()
    found = find(query.aged(timezone.localdate(now)), now, generation=generation(request))
    frame = Frame(count=min(len(query.picks), embedding.MOST) or embedding.USUAL)
    width = min(oembed.WIDTH, _most(request, "maxwidth"))
    height = min(frame.height(found.total), _most(request, "maxheight"))
    said = oembed.Rich(
        title=shown.title,
        html=embedding.code(query, frame, shown.title, width=str(width), height=height),
        width=width,
        height=height,
        thumbnail=shown.picture,
        site=settings.PUBLIC_ADDRESS,
        author=host.name if host else "",
        author_address=links.of_organisation(host).page if host else "",
    )
    return Page(
        oembed.text(said), content_type="application/json; charset=utf-8", changes_at=[found.changes_at]
    )


def _most(request: HttpRequest, name: str) -> int:
    """Pixels; what is no number sets no limit."""
    text = request.GET.get(name, "")
    return max(int(text), 1) if NUMBER.match(text) else sys.maxsize
