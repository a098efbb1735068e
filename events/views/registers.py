"""The register of one session, on a phone at the door."""

import json
from typing import Any, TypeGuard
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import AuditEntry
from accounts.requests import SignedIn
from diversity.categories import EDITION
from events import permissions, register_page
from events.actions import count_days, registers
from events.actions.registers import Batch
from events.answers import outnumbered
from events.figures import CAME
from events.forms import register as form
from events.forms.register import Sent
from events.models import Occurrence, Register
from events.wording import lasting_when_words, when_words
from organisations import refusals
from organisations.refusals import Refused

MOST_BATCHES = 50
MOST_BYTES = 100_000
MOST_CORRECTIONS = 200
MOST_NUMBER = 2**31 - 1


@login_required
def register(request: SignedIn, occurrence_uuid: UUID) -> HttpResponse:
    """How many came and, where groups are asked, what people declared. A press saves, another undoes."""
    occurrence = get_object_or_404(
        permissions.recordable_by(request.user).select_related("activity__host", "venue"),
        uuid=occurrence_uuid,
    )
    sent, refused = Sent(), ""
    if request.method == "POST":
        sent, batch = _sent(request, occurrence)
        if not sent.wrong:
            try:
                return _counted(occurrence, sent, batch, request)
            except (ValidationError, Refused) as refusal:
                refused = refusals.words(refusal)
        refused = refused or _("Nothing is saved yet. Look at the lines that are marked.")
    return render(request, "events/organise/register.html", _shown(request, occurrence, sent, refused))


def _sent(request: SignedIn, occurrence: Occurrence) -> tuple[Sent, Batch | None]:
    """What the form says; or the contrary of what was done, where that is to be undone."""
    saved = register_page.unsign(occurrence.uuid, request.POST.get("undo", ""))
    if saved:
        return Sent({name: -number for name, number in saved.done.items() if number}), Batch(
            UUID(saved.device), 1
        )
    sent = form.read(request.POST)
    if "undo" in request.POST:
        sent = Sent(wrong={"undo": ""})
    device = _uuid(request.POST.get("device"))
    return sent, Batch(device, 1) if device else None


def _counted(occurrence: Occurrence, sent: Sent, batch: Batch | None, request: SignedIn) -> HttpResponse:
    where = reverse("register", args=[occurrence.uuid])
    if not sent.changes:
        return redirect(where)
    outcome = registers.count(occurrence=occurrence, changes=sent.changes, by=request.user, batch=batch)
    if outcome.repeated:
        return redirect(where)
    token = register_page.sign(occurrence.uuid, outcome.done, outcome.short)
    step = request.POST.get("step", "")[:-1]
    line = "#f-" + step.replace(":", "-") if step in outcome.now else ""
    return redirect(f"{where}?saved={token}{line}")


def _shown(request: SignedIn, occurrence: Occurrence, sent: Sent, refused: str) -> dict[str, Any]:
    moment = timezone.now()
    row = Register.objects.filter(pk=occurrence.pk).first()
    now = registers.numbers(row) if row else {}
    saved = register_page.unsign(occurrence.uuid, request.GET.get("saved", ""))
    context: dict[str, Any] = {
        "occurrence": occurrence,
        "when": when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate(moment)),
        "lasting_when": lasting_when_words(occurrence.starts_at, occurrence.ends_at),
        "shut": registers.why_shut(occurrence, row, moment),
        "outnumbered": outnumbered.of(occurrence),
        "came": register_page.line(CAME, _("How many came?"), now, sent),
        "asked": [],
        "optional": [],
        "refused": refused,
        "device": uuid4(),
    }
    if count_days.asks_groups(occurrence):
        edition = row.edition if row else EDITION
        context["asked"] = register_page.questions(register_page.ALWAYS, now, sent, edition)
        context["optional"] = register_page.questions(register_page.OPTIONAL, now, sent, edition)
    if saved and not refused:
        context["said"] = register_page.saved_words(saved.done, saved.short, now)
        context["undo"] = request.GET["saved"] if any(saved.done.values()) else ""
    return context


@login_required
def corrections(request: SignedIn, occurrence_uuid: UUID) -> HttpResponse:
    """Who put which number right, and when. Officers read of the head count alone: groups are the club's."""
    occurrence = get_object_or_404(
        Occurrence.objects.once_public().select_related("activity__host__place"), uuid=occurrence_uuid
    )
    if not permissions.may_read_corrections(request.user, occurrence.activity):
        raise Http404
    entries = AuditEntry.objects.filter(
        action="register.corrected", subject_kind="occurrence", subject=occurrence.uuid
    )
    whole = permissions.owns(request.user, occurrence.activity)
    context = {
        "occurrence": occurrence,
        "when": when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate()),
        "corrections": [
            (entry, register_page.correction_words(entry.details["figures"], whole=whole))
            for entry in entries.select_related("by")[:MOST_CORRECTIONS]
        ],
    }
    return render(request, "events/organise/register_corrections.html", context)


@require_POST
def batches(request: SignedIn) -> JsonResponse:
    """Numbered batches from a phone, each counted once.

    Says which were taken, which need a new number because another batch has theirs, and which are refused.
    """
    if not request.user.is_authenticated:
        return signed_out()
    device, given = _batches(request)
    if device is None:
        return JsonResponse({"why": _("We could not read that.")}, status=400)
    if len(given) > MOST_BATCHES:
        return JsonResponse({"why": _("That is too much at once.")}, status=413)
    answer: dict[str, Any] = {"taken": [], "again": [], "refused": [], "registers": {}, "said": ""}
    for at, one in enumerate(given):
        _take(request, device, at, one, answer)
    return JsonResponse(answer)


def signed_out() -> JsonResponse:
    """To a phone: what it keeps is not lost."""
    return JsonResponse({"why": _("Sign in again, and it will be saved.")}, status=401)


def _batches(request: HttpRequest) -> tuple[UUID | None, list]:
    try:
        body = request.body
        told = json.loads(body) if len(body) <= MOST_BYTES else None
    except (ValueError, RecursionError, RequestDataTooBig):
        return None, []
    if not isinstance(told, dict) or not isinstance(told.get("batches"), list):
        return None, []
    return _uuid(told.get("device")), told["batches"]


def _take(request: SignedIn, device: UUID, at: int, one: object, answer: dict[str, Any]) -> None:
    number = _number(one)
    try:
        if number is None:
            raise ValidationError(_("We could not read that."))
        occurrence, changes = _read(request, one)
        batch = Batch(device, number, _mark(one))
        outcome = registers.count(occurrence=occurrence, changes=changes, by=request.user, batch=batch)
    except registers.NumberIsTaken:
        answer["again"].append(number)
        return
    except (ValidationError, Refused) as refusal:
        answer["refused"].append({"at": at, "number": number, "why": refusals.words(refusal)})
        return
    answer["taken"].append(number)
    answer["registers"][str(occurrence.uuid)] = outcome.now
    if not outcome.repeated:
        said = [register_page.saved_words(outcome.done, outcome.short, outcome.now)]
        if occurrence.ends_at <= timezone.now():  # before that people are still being counted
            said += [told.words for told in [outnumbered.of(occurrence)] if told]
        answer["said"] = " ".join(said)


def _number(one: object) -> int | None:
    number = one.get("number") if isinstance(one, dict) else None
    return number if _is_number(number) and 0 < number <= MOST_NUMBER else None


def _mark(one: object) -> UUID | None:
    return _uuid(one.get("mark")) if isinstance(one, dict) else None


def _read(request: SignedIn, one: object) -> tuple[Occurrence, dict[str, int]]:
    """The session and what is to be added. A session of others is not there."""
    told = one if isinstance(one, dict) else {}
    changes = told.get("changes")
    if not isinstance(changes, dict) or not changes or not all(map(_is_number, changes.values())):
        raise ValidationError(_("We could not read that."))
    found = permissions.recordable_by(request.user).select_related("activity__host")
    occurrence = found.filter(uuid=_uuid(told.get("register"))).first()
    if occurrence is None:
        raise ValidationError(_("This register is not yours to take."))
    return occurrence, changes


def _is_number(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None
