"""An activity's own page, and what its address says once it has gone."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.rich_text import expand_db_html

from events import activity_page, permissions, pictures
from events.addresses import path_of
from events.feeds import links, schema_org
from events.models import Activity, Occurrence, State
from events.shelf import Look
from events.wording.facts import ages_words, audience_words, price_words
from events.wording.occurrences import date_line
from organisations.page_cache import Page, cached_page, generation, render

SHOWN_AT_ONCE = 8
OPENSTREETMAP = "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=17/{0}/{1}"
MOST_NEAR = 3


@cached_page
@require_safe
def activity(request: HttpRequest, organiser: str, slug: str) -> Page:
    """The page; 410 with what else is on where it was public once, 404 where it never was."""
    now = timezone.now()
    today = timezone.localdate(now)
    found = activity_page.find(organiser, slug)
    if found is None:
        raise Http404
    if not permissions.is_public(found, today):
        if not activity_page.was_public(found):
            raise Http404
        return _gone(request, found, now)
    dates = activity_page.coming(found, now)
    content = activity_page.of_stored(found, today)
    near = Look(now, generation(request)).near(found, MOST_NEAR)
    return render(
        request,
        "events/activity.html",
        context(content, dates, now) | {"near": near.cards},
        changes_at=[*moments(dates, now), *near.changes_at],
    )


def context(
    content: activity_page.Content, dates: list[Occurrence], now: datetime.datetime
) -> dict[str, Any]:
    """What the template shows of an activity, stored or still a draft."""
    shown = content.activity
    address = f"{settings.PUBLIC_ADDRESS}{path_of(shown)}"
    following = next((one for one in dates if one.state != State.CANCELLED), None)
    lines = [date_line(one, now=now, usual_venue=shown.venue_id) for one in dates]
    seen = pictures.of(shown)
    return {
        "page": shown,
        "activity": shown,
        "content": content,
        "host": content.host,
        "contact": content.host.page,
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
        "price": price_words(shown.price),
        "next": next((line for line in lines if not line.cancelled), None),
        "dates": lines[:SHOWN_AT_ONCE],
        "later": lines[SHOWN_AT_ONCE:],
        "calendar": links.of_activity(shown),
        "next_in_calendar": _one_date(following),
        "address": address,
        "social_picture": seen.social,
        "structured": schema_org.events(
            shown, dates, site=settings.PUBLIC_ADDRESS, address=address, images=[seen.social]
        ),
    }


def _one_date(date: Occurrence | None) -> tuple[str, str] | None:
    """Google's link to a date and the date as a file."""
    return (links.google_date(date), links.of_occurrence(date).https) if date else None


def moments(dates: list[Occurrence], now: datetime.datetime) -> Iterator[datetime.datetime]:
    """When the page changes by itself: the next start and the next end."""
    for ahead in ([one.starts_at for one in dates], [one.ends_at for one in dates]):
        yield from sorted(moment for moment in ahead if moment > now)[:1]


def _gone(request: HttpRequest, found: Activity, now: datetime.datetime) -> Page:
    """No word of what it was: its organiser may have been suspended."""
    look = Look(now, generation(request))
    alike = look.near(found, MOST_NEAR, same_type=True)
    shown = alike if alike.cards else look.near(found, MOST_NEAR)
    return render(
        request, "events/activity_gone.html", {"near": shown.cards}, changes_at=shown.changes_at, status=410
    )
