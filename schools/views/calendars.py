"""The calendars of a school and of two twins. How they are answered stands in `events.views.calendars`."""

import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from events.feeds.feed import Feed
from events.views import calendars
from organisations.models import Organisation
from schools import feeds
from schools.models import Twinning


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


@require_safe
def of_pair(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What two twins do together. Once they have agreed it is there for ever, since others hold it."""

    def make(now: datetime.datetime, _generation: int) -> Feed:
        found = Twinning.objects.agreed_once().filter(uuid=uuid).first()
        schools = [found.first_id, found.second_id] if found else []
        verified = Organisation.objects.filter(urn__in=schools, verified_on__isnull=False).order_by("urn")
        if found is None or len(both := list(verified)) < len(schools):
            raise Http404
        return feeds.of_pair(
            found,
            *both,
            now=now,
            shows_cancelled=calendars.shows_cancelled(request),
            next=calendars.next_dates(request),
        )

    return calendars.answer(request, make)
