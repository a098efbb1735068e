"""What waits on the officer's desk of activities."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from events.models import Review
from organisations import permissions
from organisations.slots import Pile

MOST_SHOWN = 50


def waiting(user: User, now: datetime.datetime) -> Pile:
    """First activities of new organisations in the officer's places."""
    reviews = Review.objects.waiting().filter(activity__host__in=permissions.overseen_by(user))
    rows = reviews.values_list("activity__draft_title", "activity__host__name", "activity__uuid")
    return Pile(
        title=_("Activities to look at first"),
        lines=tuple(
            (f"{title} · {host}", reverse("desk_review", args=[uuid]))
            for title, host, uuid in rows[:MOST_SHOWN]
        ),
        none=_("No activity waits for a look."),
    )
