"""Every coming date of one activity, and changing many of them at once from a phone."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.requests import SignedIn
from events import permissions, seen
from events.actions import spans
from events.forms.spans import CancelSpanForm, MoveSpanForm, NoticeSpanForm, ReinstateSpanForm
from events.models import Activity
from events.views.organise import DATES_SHOWN, carried_out, my_dates
from events.wording import when_words
from organisations import refusals
from organisations.refusals import Refused

FORMS = {
    "cancel": CancelSpanForm,
    "move": MoveSpanForm,
    "notice": NoticeSpanForm,
    "reinstate": ReinstateSpanForm,
}
UNDO = "dates_changed"
"""In the session: which dates were changed last, and the change that can be undone."""


@login_required
def activity(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """What was changed last can be put back with one press, by whoever changed it and until they sign out."""
    found = get_object_or_404(
        Activity.objects.select_related("host__place"),
        uuid=activity_uuid,
        pk__in=permissions.changeable_by(request.user).values("activity"),
    )
    asked = request.POST.get("do", "")
    if asked == "undo":
        _undo(request, found)
        return redirect("organise_activity", activity_uuid)
    now = seen.as_text(seen.of_coming(found))
    shown = {name: kind(activity=found, now=now, prefix=name) for name, kind in FORMS.items()}
    if asked in FORMS:
        shown[asked] = FORMS[asked](request.POST, activity=found, now=now, prefix=asked)
        if carried_out(request, shown[asked], _remembered(request, DO[asked]), found):
            return redirect("organise_activity", activity_uuid)
    today = timezone.localdate()
    rows = my_dates(request).filter(activity=found).upcoming(timezone.now())
    dates = [
        (row, when_words(row.starts_at, row.ends_at, today))
        for row in rows.exclude(withdrawn=True).order_by("starts_at", "id")[:DATES_SHOWN]
    ]
    context = {"activity": found, "dates": dates, "forms": shown, "asked": asked}
    context["hosts"] = permissions.may_publish(request.user, found)
    context["undo"] = _change(request, found)
    return render(request, "events/organise/activity.html", context)


def _cancel(form: CancelSpanForm, found: Activity, user: User) -> spans.Outcome:
    return spans.cancel(activity=found, span=form.span(), reason=form.reason(), by=user)


def _move(form: MoveSpanForm, found: Activity, user: User) -> spans.Outcome:
    given = {name: form.cleaned_data[name] for name in ("venue", "reason")}
    return spans.move(activity=found, span=form.span(), times=form.times(), by=user, **given)


def _notice(form: NoticeSpanForm, found: Activity, user: User) -> spans.Outcome:
    return spans.put_notice(activity=found, span=form.span(), notice=form.cleaned_data["notice"], by=user)


def _reinstate(form: ReinstateSpanForm, found: Activity, user: User) -> spans.Outcome:
    return spans.reinstate(activity=found, span=form.span(), by=user)


DO = {"cancel": _cancel, "move": _move, "notice": _notice, "reinstate": _reinstate}


def _remembered(
    request: SignedIn, change: Callable[..., spans.Outcome]
) -> Callable[[forms.Form, Activity, User], str]:
    """Say what came of it, and keep how it is undone."""

    def go(form: forms.Form, found: Activity, user: User) -> str:
        done = change(form, found, user)
        if not done.change:
            return _("There was nothing to change in that time.")
        request.session[UNDO] = [str(found.uuid), str(done.change)]
        number = len(done.changed)
        said = ngettext("%(number)s date changed.", "%(number)s dates changed.", number)
        return said % {"number": number}

    return go


def _change(request: SignedIn, found: Activity) -> str:
    """What the person changed last, if it was of this activity."""
    of, change = request.session.get(UNDO, ("", ""))
    return change if of == str(found.uuid) else ""


def _undo(request: SignedIn, found: Activity) -> None:
    """The change whose button was pressed, and no later one that another window made."""
    change = _change(request, found)
    if not change or request.POST.get("change") != change:
        messages.error(request, _("There is nothing to undo any more."))
        return
    try:
        rows = spans.undo(activity=found, change=UUID(change), by=request.user)
    except (ValidationError, Refused) as refusal:
        messages.error(request, refusals.words(refusal))
        return
    del request.session[UNDO]
    said = ngettext("%(number)s date is as it was.", "%(number)s dates are as they were.", len(rows))
    messages.success(request, said % {"number": len(rows)})
