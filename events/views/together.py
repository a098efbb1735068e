"""Running an activity together with another organisation: asking, accepting, ending."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.requests import SignedIn
from events import permissions
from events.actions import co_organisers
from events.forms.together import InviteForm
from events.models import Activity, CoOrganiser
from organisations.permissions import may_edit
from organisations.refusals import Refused


@login_required
def together(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """For who publishes for the host, and for owners and editors of those that were asked."""
    activity = get_object_or_404(Activity.objects.select_related("host__place"), uuid=activity_uuid)
    rows = activity.co_organisers.select_related("organisation__place").order_by("organisation__name", "pk")
    partners = [(row, may_edit(request.user, row.organisation)) for row in rows]
    hosts = permissions.may_publish(request.user, activity)
    if not hosts and not any(mine for _row, mine in partners):
        raise Http404
    form = InviteForm()
    asked = request.POST.get("do", "")
    if asked == "invite" and hosts:
        form = InviteForm(request.POST)
        if form.is_valid() and _invited(request, activity, form):
            return redirect("organise_together", activity_uuid)
    elif asked in ANSWERS:
        return _answered(request, activity, [row for row, _mine in partners], asked)
    shown = [(row, mine) for row, mine in partners if hosts or mine or row.accepted_at]
    context = {"activity": activity, "partners": shown, "hosts": hosts, "form": form}
    return render(request, "events/organise/together.html", context)


def _invited(request: SignedIn, activity: Activity, form: InviteForm) -> bool:
    organisation = form.cleaned_data["organisation"]
    try:
        co_organisers.invite(activity=activity, organisation=organisation, by=request.user)
    except ValidationError as error:
        form.add_error("organisation", error.messages)  # ty: ignore[invalid-argument-type] (a list may be)
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    said = _("%(name)s is asked. It counts once they accept.") % {"name": organisation}
    messages.success(request, said)
    return True


def _answered(request: SignedIn, activity: Activity, rows: list[CoOrganiser], asked: str) -> HttpResponse:
    """Accept or end what the button names; where somebody else was quicker, the page says how it stands."""
    named = request.POST.get("organisation", "")
    row = next((row for row in rows if str(row.organisation.uuid) == named), None)
    if row is None:
        messages.warning(request, _("This has ended meanwhile."))
        return redirect("organise_together", activity.uuid)
    action, said = ANSWERS[asked]
    try:
        action(activity=activity, organisation=row.organisation, by=request.user)
    except (ValidationError, Refused) as refusal:
        words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.error(request, " ".join(words))
        return redirect("organise_together", activity.uuid)
    messages.success(request, _(said) % {"name": row.organisation})
    ours = permissions.may_publish(request.user, activity) or asked == "accept"
    return redirect("organise_together", activity.uuid) if ours else redirect("organise")


# What each button does, and what is said when it is done.
ANSWERS = {
    "accept": (
        co_organisers.accept,
        gettext_noop("Accepted. The activity now shows on the page of %(name)s too."),
    ),
    "leave": (
        co_organisers.leave,
        gettext_noop("Ended. %(name)s no longer runs this activity with the host."),
    ),
}
