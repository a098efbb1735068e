"""A copy of an activity, to be changed and published: next year's camp, the same club on another day."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from accounts.requests import SignedIn
from events import permissions
from events.actions import copying
from events.forms.copying import CopyForm
from events.models import Activity
from organisations.refusals import Refused


@login_required
def copy(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """For who publishes for the host. It leads on to the editor, where the copy waits as a draft."""
    activity = get_object_or_404(Activity.objects.select_related("host__place"), uuid=activity_uuid)
    if not permissions.may_publish(request.user, activity):
        raise Http404
    form = CopyForm(request.POST or None)
    made = _copied(request, activity, form) if form.is_valid() else None
    if made:
        messages.success(request, _("Copied. This is a draft: change what is different, then publish it."))
        return redirect("wagtailadmin_pages:edit", made.pk)
    return render(request, "events/organise/copy.html", {"activity": activity, "form": form})


def _copied(request: SignedIn, activity: Activity, form: forms.Form) -> Activity | None:
    try:
        return copying.copy(activity=activity, title=form.cleaned_data["title"], by=request.user)
    except ValidationError as refusal:
        form.add_error("title", refusal.messages)  # ty: ignore[invalid-argument-type] (a list may be)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None
