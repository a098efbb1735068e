"""The page behind the link of the mail that asks whether an activity is still right.

No account and no cookie. Opening the page changes nothing, because programs that look through mail open every
link; only its one button does. It is kept by no browser and listed by no search engine.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from events import coming_dates
from events.actions import confirming
from events.addresses import path_of
from events.models import Activity
from events.permissions import is_public
from events.wording.occurrences import date_line
from organisations import visitor_forms
from organisations.refusals import MayNotChange

PURPOSE = "confirm"
AN_HOUR = 200
"""From one address: a school or a council may confirm all that it offers on one morning."""
SHOWN = 3


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    activity = confirming.find(token, timezone.localdate())
    if activity is None:
        answer = render(request, "events/confirm/over.html", status=404)
    elif request.method == "POST":
        answer = _pressed(request, activity)
    else:
        answer = _page(request, activity)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _pressed(request: HttpRequest, activity: Activity) -> HttpResponse:
    if not visitor_forms.is_from_here(request):
        raise PermissionDenied
    if not visitor_forms.is_good(PURPOSE, request.POST.get("token", "")):
        return _page(
            request, activity, problem=_("This page was open for a long time. Press the button again.")
        )
    if not visitor_forms.may_send(request, PURPOSE, an_hour=AN_HOUR):
        problem = _("A lot has been sent from where you are. Please try again in an hour.")
        return _page(request, activity, problem=problem, status=429)
    try:
        confirming.confirm(activity=activity)
    except MayNotChange as refusal:
        return _page(request, activity, problem=str(refusal), status=409)
    return render(request, "events/confirm/done.html", {"activity": activity, "address": path_of(activity)})


def _page(request: HttpRequest, activity: Activity, *, problem: str = "", status: int = 200) -> HttpResponse:
    now = timezone.now()
    shown = is_public(activity, timezone.localdate(now))
    dates = coming_dates.of_activity(activity.pk, activity.venue, now)[:SHOWN] if shown else []
    context = {
        "activity": activity,
        "address": path_of(activity),
        "is_public": shown,
        "dates": [date_line(date, now=now, usual_venue=activity.venue_id) for date in dates],
        "problem": problem,
        "token": visitor_forms.token(PURPOSE),
    }
    return render(request, "events/confirm/page.html", context, status=status)
