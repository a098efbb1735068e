"""For how long the word of an organiser that an activity is still right is taken."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

UNSURE_AFTER = datetime.timedelta(days=120)
"""From then on the card and the page say since when nobody has confirmed it."""
LEAVES_AFTER = datetime.timedelta(days=180)
"""From then on no list, search, map or number has it. Its page and its calendars stay."""
A_DAY = datetime.timedelta(days=1)


def listed_until(confirmed_on: datetime.date, declaration_until: datetime.date) -> datetime.date:
    """The last day in lists: of the confirmation or of the host's declaration, whichever ends first."""
    return min(declaration_until, confirmed_on + LEAVES_AFTER - A_DAY)


def is_unsure(confirmed_on: datetime.date, today: datetime.date) -> bool:
    return today >= confirmed_on + UNSURE_AFTER


def has_left(confirmed_on: datetime.date, today: datetime.date) -> bool:
    return today >= confirmed_on + LEAVES_AFTER


def since_words(confirmed_on: datetime.date, today: datetime.date) -> str:
    """ "Not confirmed since 3 June", with the year where it is another; empty while it is sure."""
    if not is_unsure(confirmed_on, today):
        return ""
    shown = date_format(confirmed_on, "j F" if confirmed_on.year == today.year else "j F Y")
    return _("Not confirmed since %(day)s") % {"day": shown}
