"""The page on which somebody changed dates offers to put them back: to them alone, until they sign out."""

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.requests import SignedIn
from events.actions import putting_back
from events.models import Activity, Occurrence
from organisations import refusals
from organisations.refusals import Refused

UNDO = "dates_changed"
"""In the session: of which date or activity it was the last change, and the change that can be undone."""


class Done(NamedTuple):
    """What came of pressing a button, in a sentence, and the change that can be undone, if any."""

    said: str
    change: UUID | None = None


def remember(request: SignedIn, subject: Activity | Occurrence, done: Done) -> None:
    messages.success(request, done.said)
    if done.change:
        request.session[UNDO] = [str(subject.uuid), str(done.change)]


def offered(request: SignedIn, subject: Activity | Occurrence) -> str:
    """What the person changed last, if it was on this page."""
    of, change = request.session.get(UNDO, ("", ""))
    return change if of == str(subject.uuid) else ""


def undo(request: SignedIn, subject: Activity | Occurrence, activity: Activity) -> None:
    """The change whose button was pressed, and no later one that another window made."""
    change = offered(request, subject)
    if not change or request.POST.get("change") != change:
        messages.error(request, _("There is nothing to undo any more."))
        return
    try:
        rows = putting_back.undo(activity=activity, change=UUID(change), by=request.user)
    except (ValidationError, Refused) as refusal:
        messages.error(request, refusals.words(refusal))
        return
    del request.session[UNDO]
    said = ngettext("%(number)s date is as it was.", "%(number)s dates are as they were.", len(rows))
    messages.success(request, said % {"number": len(rows)})
