"""Who stands for what an activity says, and since when.

These count as confirming it, on the day on which they happen:

- publishing it or its changes, by a member of its host or of a co-organiser that accepted; where they set a
  time for it, the day on which they set it;
- moving, cancelling, reinstating or noting one of its dates, or many, by such a member;
- the button behind the link of the mail that is sent once a term (`events.actions.confirming`);
- its very first going live, whoever carried it out.

What the platform, an officer or a safeguarding lead does to it does not count: they do not know whether it
still meets. Nor does saving a draft, which nobody sees.
"""

import datetime

from accounts.models import User
from events.models import Activity
from organisations.models import Membership


def vouch(*, activity: Activity, by: User | None, today: datetime.date) -> None:
    """In the caller's transaction, which holds the activity's row and settles it next."""
    if activity.confirmed_on is None or (by is not None and _is_of_its_people(by, activity)):
        confirm_on(activity, today)


def confirm_on(activity: Activity, today: datetime.date) -> None:
    Activity.objects.filter(pk=activity.pk).update(confirmed_on=today)
    activity.confirmed_on = today


def _is_of_its_people(user: User, activity: Activity) -> bool:
    theirs = Membership.objects.filter(user=user)
    return (
        theirs.filter(organisation=activity.host_id).exists()
        or theirs.filter(organisation__in=activity.partners()).exists()
    )
