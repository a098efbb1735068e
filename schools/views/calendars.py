"""The calendar of a school. How calendars are answered stands in `events.views.calendars`."""

import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from events.feeds.feed import Feed
from events.views import calendars
from organisations.models import Organisation
from schools import feeds


@require_safe
def calendar(request: HttpRequest, urn: int) -> HttpResponse:
    """404 for a school that never ran anything here."""

    def make(now: datetime.datetime, generation: int) -> Feed:
        found = Organisation.objects.filter(urn=urn, verified_on__isnull=False).first()
        if found is None:
            raise Http404
        return feeds.of_school(
            found,
            now=now,
            generation=generation,
            shows_cancelled=calendars.shows_cancelled(request),
            next=calendars.next_dates(request),
        )

    return calendars.answer(request, make)
