"""An activity's own page, and what its address says once it has gone."""

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.rich_text import expand_db_html

from events import activity_page, coming_dates, joint, page_text, page_words, parents_ask, pictures
from events.addresses import path_of
from events.coming_dates import ComingDate
from events.dates import as_rule
from events.feeds import links, schema_org
from events.prepared import Holes
from events.shelf import Look
from events.wording import usual_markup
from events.wording.facts import ages_words, audience_words, price_each_words
from organisations import declared
from organisations.page_cache import Page, cached_page, generation, render

TEMPLATE = "events/activity/page.html"
OPENSTREETMAP = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}"
MOST_NEAR = 3


@cached_page
@require_safe
def activity(request: HttpRequest, organiser: str, slug: str) -> Page:
    """The page; 410 with what else is on where it was public once, 404 where it never was."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = page_text.find(organiser, slug, today)
    if found is None or not (found.public or found.was_public):
        raise Http404
    look = Look(now, generation(request))
    if not found.public:
        return _gone(request, found.key, look)
    text = found.kept or _written(found, today)
    dates = coming_dates.of_activity(found.key, found.venue, now)
    near = look.near(found.key, MOST_NEAR)
    words = page_words.words(
        dates,
        uuid=found.uuid,
        title=found.title,
        summary=found.summary,
        path=found.path,
        usual_venue=found.venue.pk,
        event=text.event,
        near=near.cards,
        confirmed_on=found.confirmed_on,
        now=now,
    )
    return Page(text.filled(words), changes_at=[*moments(dates, now), *near.changes_at])


def _written(found: page_text.Seen, today: datetime.date) -> page_text.Text:
    """The page rendered with holes, and kept for the next reader."""
    content = activity_page.read(found.key, today)
    holes = Holes(page_text.HOLES)
    shown = context(content, holes.words)
    event = schema_org.alike(
        content.activity,
        site=settings.PUBLIC_ADDRESS,
        address=shown["address"],
        images=[shown["social_picture"]],
    )
    text = page_text.Text(holes.seal(render_to_string(TEMPLATE, shown)), event)
    page_text.keep(found, text, today)
    return text


def context(content: activity_page.Content, words: Mapping[str, str]) -> dict[str, Any]:
    """What the template shows of an activity, stored or still a draft; `words` of its dates, or holes."""
    shown = content.activity
    threads = joint.threads(content.host, [(each.name, each.thread) for each in content.partners])
    seen = pictures.of(shown, threads)
    asked = parents_ask.questions(content)
    return {
        "page": shown,
        "activity": shown,
        "content": content,
        "threads": threads,
        "together": joint.words([each.name for each in content.partners]),
        "words": words,
        "host": content.host,
        "contact": content.host.page,
        "lead": declared.lead(content.declaration) if content.declaration else "",
        "venue": content.venue,
        "map_address": OPENSTREETMAP.format(content.venue.latitude, content.venue.longitude),
        "body": expand_db_html(shown.body),
        "cover": seen.cover,
        "entrance": seen.entrance,
        "steps": [
            (_("What’s on"), reverse("browse")),
            (content.host.name, reverse("organisation", args=[content.host.slug])),
        ],
        "unsaid": _("Not said. Ask the organiser."),
        "ages": ages_words(shown.age_from, shown.age_to),
        "audience": audience_words(shown.audience),
        "price": price_each_words(shown.price),
        "meets": [usual_markup(as_rule(row)) for row in content.rules],
        "asked": asked,
        "answered": sum(bool(question.answer) for question in asked),
        "calendar": links.of_activity(shown),
        "address": f"{settings.PUBLIC_ADDRESS}{path_of(shown)}",
        "social_picture": seen.social,
    }


def moments(dates: Sequence[ComingDate], now: datetime.datetime) -> Iterator[datetime.datetime]:
    """When the page changes by itself: the next start and the next end."""
    for ahead in ([one.starts_at for one in dates], [one.ends_at for one in dates]):
        yield from sorted(moment for moment in ahead if moment > now)[:1]


def _gone(request: HttpRequest, key: int, look: Look) -> Page:
    """No word of what it was: its organiser may have been suspended."""
    alike = look.near(key, MOST_NEAR, same_type=True)
    shown = alike if alike.cards else look.near(key, MOST_NEAR)
    return render(
        request, "events/activity/gone.html", {"near": shown.cards}, changes_at=shown.changes_at, status=410
    )
