"""What waits on the officer's desk of twinnings."""

import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from organisations.slots import Pile
from schools.models import Twinning, TwinningState

MOST_SHOWN = 50
LOOK_BACK = datetime.timedelta(days=60)


def refused(user: User, now: datetime.datetime) -> Pile:
    """Twinnings that came to nothing lately: somebody could find these schools another."""
    lately = Twinning.objects.overseen_by(user).filter(
        state__in=[TwinningState.DECLINED, TwinningState.LAPSED], since__gte=now - LOOK_BACK
    )
    rows = lately.select_related("first", "second").order_by("-since", "-pk")[:MOST_SHOWN]
    return Pile(
        title=_("Twinnings that came to nothing"),
        lines=tuple(
            (f"{each.first} · {each.second} · {each.get_state_display()}", _address(each)) for each in rows
        ),
        none=_("No school said no lately."),
    )


def _address(twinning: Twinning) -> str:
    return reverse("desk_twinning", args=[twinning.uuid])
