"""What stands on an organisation's page of its activities, and in its place when it has gone."""

import datetime

from events.feeds import links
from events.shelf import Look
from organisations import slots
from organisations.models import Organisation

MOST = 24
MOST_ELSEWHERE = 3


def whats_on(organisation: Organisation, now: datetime.datetime, generation: int | None) -> slots.Part:
    """Its coming activities, alone or with others, by next date, and its calendar."""
    shelf = Look(now, generation).of_organiser(organisation.slug, MOST)
    return slots.Part(
        "events/organiser_activities.html",
        {
            "cards": shelf.cards,
            "total": shelf.total,
            "more": shelf.total > len(shelf.cards),
            "slug": organisation.slug,
            "calendar": links.of_organisation(organisation),
        },
        shelf.changes_at,
    )


def elsewhere(organisation: Organisation, now: datetime.datetime, generation: int | None) -> slots.Part:
    """What is on in the same place."""
    shelf = Look(now, generation).this_week(MOST_ELSEWHERE, organisation.place.slug)
    return slots.Part("events/whats_on_elsewhere.html", {"cards": shelf.cards}, shelf.changes_at)
