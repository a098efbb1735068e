"""For whoever runs an activity: its code, the poster with it, the shared tablet, and slips of paper."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedIn
from design import qr
from diversity.categories import EDITION
from events import figures, permissions
from events.actions import answers, slips
from events.forms.answers import SlipsForm, digest
from events.models import Activity, Occurrence
from events.wording import categories, when_words
from events.wording.answers import QUESTIONS
from organisations.refusals import Refused, say_in

SLIPS_A_PAGE = {"young": 4, "parents": 2}
PAGES = 2
"""Both sides of one sheet."""


def _activity(request: SignedIn, uuid: UUID) -> Activity:
    mine = permissions.changeable_by(request.user).values("activity")
    return get_object_or_404(Activity.objects.select_related("host__place"), uuid=uuid, pk__in=mine)


def _code(request: SignedIn, activity: Activity) -> dict[str, object]:
    """The code as a picture and as words, and where a tablet opens it."""
    code = answers.code_of(activity=activity, by=request.user)
    address = f"{settings.PUBLIC_ADDRESS}{reverse('answer', args=[code])}"
    return {
        "activity": activity,
        "code": qr.svg(address),
        "address": address.partition("://")[2],
        "form": reverse("answer", args=[code]),
        "kiosk": reverse("answer_kiosk", args=[code]),
        "is_public": permissions.is_public(activity, timezone.localdate()),
    }


@login_required
@require_safe
def asking(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """All ways to ask. The code is made when this page, or the poster, is first opened."""
    shown = _code(request, _activity(request, activity_uuid))
    return render(request, "events/organise/answers/ways.html", shown)


@login_required
@require_safe
def poster(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """There is none while its address leads nowhere."""
    activity = _activity(request, activity_uuid)
    if not permissions.is_public(activity, timezone.localdate()):
        messages.warning(request, _("It is not public now, so a poster would lead nowhere."))
        return redirect("asking", activity_uuid)
    shown = {**_code(request, activity), "questions": QUESTIONS.values()}
    return render(request, "events/organise/answers/poster.html", shown)


@login_required
@require_safe
def paper(request: SignedIn, activity_uuid: UUID) -> HttpResponse:
    """`?for=parents`: of children under 11 a parent fills in the slip at home."""
    activity = _activity(request, activity_uuid)
    reader = "parents" if request.GET.get("for") == "parents" else "young"
    asked = categories.asked(EDITION)
    shown = {
        "activity": activity,
        "parents": reader == "parents",
        "pages": range(PAGES),
        "places": range(SLIPS_A_PAGE[reader]),
        "questions": [(QUESTIONS[question], asked[question].values()) for question in QUESTIONS],
    }
    return render(request, "events/organise/answers/slips.html", shown)


@login_required
def type_slips(request: SignedIn, occurrence_uuid: UUID) -> HttpResponse:
    """The totals of one date's slips. What is refused is said beside the field; what was typed stays."""
    rows = permissions.recordable_by(request.user).select_related(
        "activity__host__place", "venue", "register"
    )
    occurrence = get_object_or_404(rows, uuid=occurrence_uuid)
    known = slips.totals_of(occurrence)
    form = SlipsForm(request.POST or None, known=known, edition=figures.edition_of(occurrence))
    if request.method == "POST" and form.is_valid() and _typed(request, form, occurrence):
        return redirect("type_slips", occurrence_uuid)
    shown = {
        "occurrence": occurrence,
        "when": when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate()),
        "form": form,
        "known": known,
    }
    return render(request, "events/organise/answers/type_slips.html", shown)


def _typed(request: SignedIn, form: SlipsForm, occurrence: Occurrence) -> bool:
    seen = form.cleaned_data["seen"]
    try:
        changed = slips.put_totals(
            occurrence=occurrence,
            totals=form.totals(),
            by=request.user,
            unchanged=lambda now: digest(now) == seen,
        )
    except (ValidationError, Refused) as refusal:
        say_in(form, refusal)
        return False
    messages.success(
        request, _("Saved. You can throw the slips away now.") if changed else _("It was so already.")
    )
    return True
