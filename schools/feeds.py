"""A school's calendar, that of its organisation under the address of the school; and that of two twins."""

import dataclasses
import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from events.feeds import links, questions
from events.feeds.feed import Feed
from organisations.models import Organisation
from organisations.permissions import is_public
from schools.models import Twinning


def of_school(
    organisation: Organisation,
    *,
    now: datetime.datetime,
    generation: int,
    shows_cancelled: bool = False,
    next: int = 0,
) -> Feed:
    """Everything that a school runs or helps to run."""
    feed = questions.of_organisation(
        organisation, now=now, generation=generation, shows_cancelled=shows_cancelled, next=next
    )
    found = links_of(organisation, named=is_public(organisation, timezone.localdate(now)))
    return dataclasses.replace(
        feed, heading=dataclasses.replace(feed.heading, source=found.https, page=found.page)
    )


def of_pair(
    twinning: Twinning,
    first: Organisation,
    second: Organisation,
    *,
    now: datetime.datetime,
    shows_cancelled: bool = False,
    next: int = 0,
) -> Feed:
    """What two twins do together."""
    feed = questions.of_two(first, second, now=now, shows_cancelled=shows_cancelled, next=next)
    today = timezone.localdate(now)
    found = links_of_pair(twinning, first, second, named=is_public(first, today) and is_public(second, today))
    return dataclasses.replace(
        feed, heading=dataclasses.replace(feed.heading, source=found.https, page=found.page)
    )


def links_of_pair(
    twinning: Twinning, first: Organisation, second: Organisation, *, named: bool = True
) -> links.Links:
    page = reverse("pair", args=[twinning.uuid]) if named else "/activities/"
    return dataclasses.replace(
        links.of_organisation(first),
        path=f"/schools/twinnings/{twinning.uuid}/calendar.ics",
        page=f"{settings.PUBLIC_ADDRESS}{page}",
        name=_("%(one)s and %(other)s") % {"one": first.name, "other": second.name},
    )


def links_of(organisation: Organisation, *, named: bool = True) -> links.Links:
    page = f"/schools/{organisation.urn}/" if named else "/activities/"
    return dataclasses.replace(
        links.of_organisation(organisation),
        path=f"/schools/{organisation.urn}/calendar.ics",
        page=f"{settings.PUBLIC_ADDRESS}{page}",
    )
