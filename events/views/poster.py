"""A sheet for the wall: what it is, when and where, and a code that leads a phone to its page."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from design import qr
from events import dates, joint, permissions, pictures
from events.addresses import path_of
from events.models import Activity
from events.wording import describe
from events.wording.facts import ages_words, audience_words, price_each_words


@login_required
@require_safe
def poster(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """For everybody who helps to run it. There is none while its address leads nowhere."""
    mine = permissions.changeable_by(request.user).values("activity")
    rows = Activity.objects.select_related("host__place", "type", "venue", "picture")
    activity = get_object_or_404(rows, uuid=activity_uuid, pk__in=mine)
    today = timezone.localdate()
    if not permissions.is_public(activity, today):
        messages.warning(request, _("It is not public now, so a poster would lead nowhere."))
        return redirect("organise_activity", activity_uuid)
    year = dates.school_year(activity.host.place)
    address = f"{settings.PUBLIC_ADDRESS}{path_of(activity)}"
    shown = {
        "activity": activity,
        "times": [describe(dates.as_rule(rule), year, today=today) for rule in activity.rules.all()],
        "ages": ages_words(activity.age_from, activity.age_to),
        "audience": audience_words(activity.audience),
        "price": price_each_words(activity.price),
        "cover": pictures.of(activity, joint.threads_of(activity)).cover,
        "code": qr.svg(address),
        "address": address.partition("://")[2],
    }
    return render(request, "events/organise/poster.html", shown)
