"""Report a concern: no account, no cookie, no script.

First whom to call, then a form that goes to the place's safeguarding leads. What was typed is answered with a
page of its own and no address of its own, so that it stands in no history, and no browser keeps the page.
"""

import dataclasses
import json
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from organisations import permissions, visitor_forms
from organisations.actions import concerns
from organisations.actions.concerns import About
from organisations.forms.concern import PURPOSE, ConcernForm
from organisations.models import Organisation
from organisations.slots import OFFERS
from places.models import Place

AN_HOUR = 60
"""From one address: a whole school has one, and sixty worries within an hour are more than a school has."""
MOST_PLACES = 20


@dataclasses.dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about. `name` is empty where the public may not see it now: it is still known to us."""

    about: About
    name: str = ""


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def concern(request: HttpRequest) -> HttpResponse:
    """`?about=` an organisation's slug or an activity's id. Whatever goes wrong, what was typed stays."""
    if request.method == "POST":
        answer = _received(request)
    else:
        asked = request.GET.get("about", "")
        subject = _subject(asked)
        form = _form(subject, initial={"about": asked if subject.about.organisation else ""})
        answer = _page(request, form, subject)
    answer["Cache-Control"] = "no-store"
    return answer


@sensitive_variables()
def _received(request: HttpRequest) -> HttpResponse:
    if not visitor_forms.is_from_here(request):
        raise PermissionDenied
    sent = request.POST.copy()
    subject = _subject(sent.get("about", ""))
    if subject.about.organisation is None:
        sent["about"] = ""
    form = _form(subject, sent)
    if not form.is_valid():
        return _page(request, form, subject)
    if not visitor_forms.may_send(request, PURPOSE, an_hour=AN_HOUR):
        words = _("A lot has been sent from where you are. Please call one of the numbers, or try later.")
        form.add_error(None, words)
        return _page(request, form, subject, status=429)
    about = subject.about
    if about.place is None:
        about = dataclasses.replace(about, place=_place(form.cleaned_data.get("place", "")))
    kept = concerns.report(told=form.told(), about=about, sent_with=_sent_with(form))
    shown = {"reference": kept.reference, "places": _places(about.place)}
    return render(request, "organisations/concern_sent.html", shown)


def _page(request: HttpRequest, form: ConcernForm, subject: Subject, status: int = 200) -> HttpResponse:
    """With a new token: the one that was sent may have been too old."""
    if form.is_bound:
        form.data["token"] = visitor_forms.token(PURPOSE)
    shown = {"form": form, "name": subject.name, "places": _places(subject.about.place)}
    return render(request, "organisations/concern.html", shown, status=status)


def _form(subject: Subject, data: object = None, initial: dict[str, str] | None = None) -> ConcernForm:
    first = {"token": visitor_forms.token(PURPOSE), **(initial or {})}
    return ConcernForm(data, initial=first, place_known=subject.about.place is not None)


def _sent_with(form: ConcernForm) -> str:
    """The same form with the same words, pressed twice, is one concern; other words are another one."""
    return salted_hmac("concern", json.dumps(form.cleaned_data, sort_keys=True)).hexdigest()


def _subject(asked: str) -> Subject:
    try:
        return _activity(UUID(asked))
    except ValueError:
        return _organisation(asked)


def _activity(uuid: UUID) -> Subject:
    offer = OFFERS.find(uuid)
    if offer is None or not offer.was_public:
        return Subject(About())
    about = About(offer.host.place, offer.host, offer.uuid, offer.involved)
    return Subject(about, f"{offer.name}, {offer.host.name}" if offer.is_public else "")


def _organisation(slug: str) -> Subject:
    known = Organisation.objects.filter(slug=slug.replace("\x00", ""), verified_on__isnull=False)
    found = known.select_related("place").first()
    if found is None:
        return Subject(About())
    public = permissions.is_public(found, timezone.localdate())
    return Subject(About(found.place, found, involved=(found,)), found.name if public else "")


def _place(slug: str) -> Place | None:
    """The one that was named; where an installation has only one, that."""
    if slug:
        return Place.objects.filter(slug=slug).first()
    only = list(Place.objects.all()[:2])
    return only[0] if len(only) == 1 else None


def _places(place: Place | None) -> list[Place]:
    """Whose safeguarding team can be called."""
    return [place] if place else list(Place.objects.order_by("name")[:MOST_PLACES])
