"""Every coming date of one activity, and changing many of them at once from a phone."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
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
from events.views import undoing
from events.views.organise import DATES_SHOWN, carried_out, my_dates
from events.views.undoing import Done
from events.wording import when_words

FORMS = {
    "cancel": CancelSpanForm,
    "move": MoveSpanForm,
    "notice": NoticeSpanForm,
    "reinstate": ReinstateSpanForm,
}


@login_required
def activity(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """Its page, with a form for each thing to do."""
    found = get_object_or_404(
        Activity.objects.select_related("host__place"),
        uuid=activity_uuid,
        pk__in=permissions.changeable_by(request.user).values("activity"),
    )
    asked = request.POST.get("do", "")
    if asked == "undo":
        undoing.undo(request, found, found)
        return redirect("organise_activity", activity_uuid)
    now = seen.as_text(seen.of_coming(found))
    shown = {name: kind(activity=found, now=now, prefix=name) for name, kind in FORMS.items()}
    if asked in FORMS:
        shown[asked] = FORMS[asked](request.POST, activity=found, now=now, prefix=asked)
        if carried_out(request, shown[asked], DO[asked], found):
            return redirect("organise_activity", activity_uuid)
    today = timezone.localdate()
    rows = my_dates(request).filter(activity=found).upcoming(timezone.now())
    dates = [
        (row, when_words(row.starts_at, row.ends_at, today))
        for row in rows.exclude(withdrawn=True).order_by("starts_at", "id")[:DATES_SHOWN]
    ]
    context = {"activity": found, "dates": dates, "forms": shown, "asked": asked}
    context["hosts"] = permissions.may_publish(request.user, found)
    context["undo"] = undoing.offered(request, found)
    return render(request, "events/organise/activity.html", context)


def _cancel(form: CancelSpanForm, found: Activity, user: User) -> Done:
    return _done(spans.cancel(activity=found, span=form.span(), reason=form.reason(), by=user))


def _move(form: MoveSpanForm, found: Activity, user: User) -> Done:
    given = {name: form.cleaned_data[name] for name in ("venue", "reason")}
    return _done(spans.move(activity=found, span=form.span(), times=form.times(), by=user, **given))


def _notice(form: NoticeSpanForm, found: Activity, user: User) -> Done:
    return _done(
        spans.put_notice(activity=found, span=form.span(), notice=form.cleaned_data["notice"], by=user)
    )


def _reinstate(form: ReinstateSpanForm, found: Activity, user: User) -> Done:
    return _done(spans.reinstate(activity=found, span=form.span(), by=user))


def _done(outcome: spans.Outcome) -> Done:
    if not outcome.change:
        return Done(_("There was nothing to change in that time."))
    number = len(outcome.changed)
    said = ngettext("%(number)s date changed.", "%(number)s dates changed.", number)
    return Done(said % {"number": number}, outcome.change)


DO = {"cancel": _cancel, "move": _move, "notice": _notice, "reinstate": _reinstate}
