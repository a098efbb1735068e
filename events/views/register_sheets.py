"""Registers as spreadsheets: bringing numbers in, after a look at what they do, and taking one's own away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from accounts.requests import SignedIn
from events import permissions
from events.actions import register_sheets as action
from events.actions.register_sheets import Brought
from events.forms.timetable import RegisterSheetForm
from events.importing.table import Unreadable
from events.importing.template import as_csv, as_xlsx
from events.register_sheets import dry_run
from events.register_sheets import export as exporting
from events.register_sheets import template as making
from events.register_sheets.dry_run import Fate
from events.wording.register_sheets import unreadable_words
from organisations import refusals
from organisations.models import Organisation
from organisations.permissions import belongs_somewhere
from organisations.refusals import Refused

SALT = "events.register_sheet"
A_DAY = 24 * 60 * 60
UNDO = "register_sheet"
"""In the session: what was filled in last, signed, so that it can be emptied again."""
FILES = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


@login_required
def bring(request: SignedIn) -> HttpResponse:
    """A sheet; what it would fill in; then, all at once, it is. The sheet itself is kept nowhere."""
    asked = request.POST.get("do", "")
    if asked in DO:
        DO[asked](request)
        return redirect("register_sheet")
    sent = request.method == "POST"
    form = RegisterSheetForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        data, name = form.sent()
        try:
            run = dry_run.look(data, request.user, timezone.now())
        except Unreadable as error:
            form.add_error("file" if name else "text", unreadable_words(error))
        else:
            return _dry_run(request, run)
    context = {
        "form": form,
        "heads": making.heads(),
        "belongs": belongs_somewhere(request.user),
        "undo": UNDO in request.session,
    }
    return render(request, "events/organise/registers_import/bring.html", context)


def _dry_run(request: SignedIn, run: dry_run.DryRun) -> HttpResponse:
    """What is wrong stands first."""
    order = (Fate.WRONG, Fate.COUNTED, Fate.THERE)
    context: dict[str, Any] = {
        "run": run,
        "lines": sorted(run.lines, key=lambda line: order.index(line.fate)),
        "wrong": len(run.of(Fate.WRONG)),
        "there": len(run.of(Fate.THERE)),
        "count": len(run.brought),
        "plan": _signed(request, run.brought),
    }
    return render(request, "events/organise/registers_import/dry_run.html", context)


def _fill_in(request: SignedIn) -> None:
    sessions = _read(request, request.POST.get("plan", ""))
    if not sessions:
        messages.error(request, _("That page was open for too long. Please bring the sheet again."))
        return
    try:
        number = action.bring_in(sessions=sessions, by=request.user)
    except (ValidationError, Refused) as refusal:
        messages.error(request, f"{refusals.words(refusal)} {_('Nothing has been filled in.')}")
        return
    request.session[UNDO] = _signed(request, sessions)
    said = ngettext("%(number)s session is filled in.", "%(number)s sessions are filled in.", number)
    messages.success(request, said % {"number": number})


def _take_back(request: SignedIn) -> None:
    sessions = _read(request, request.session.pop(UNDO, ""))
    if not sessions:
        messages.error(request, _("There is nothing to undo any more."))
        return
    try:
        number = action.take_back(sessions=sessions, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return
    said = ngettext("%(number)s session is empty again.", "%(number)s sessions are empty again.", number)
    words = [said % {"number": number}]
    if number < len(sessions):
        words.append(_("The others stay: somebody has changed their numbers since."))
    messages.success(request, " ".join(words))


DO = {"fill_in": _fill_in, "undo": _take_back}


def _signed(request: SignedIn, sessions: list[Brought]) -> str:
    told = [[str(each.occurrence), dict(each.figures)] for each in sessions]
    return signing.dumps([request.user.pk, told], salt=SALT, compress=True)


def _read(request: SignedIn, given: str) -> list[Brought]:
    """Nothing where it is not ours, not this person's or not of today."""
    try:
        user, told = signing.loads(given, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError):
        return []
    return [Brought(UUID(key), figures) for key, figures in told] if user == request.user.pk else []


@require_GET
@login_required
def template(request: SignedIn, kind: str) -> HttpResponse:
    """Our sheet, with the person's own sessions to fill in."""
    return _file(making.rows(request.user, timezone.now()), "registers", kind)


@require_GET
@login_required
def export(request: SignedIn, slug: str, kind: str) -> HttpResponse:
    """Who answers for an organisation takes its registers away."""
    found = get_object_or_404(Organisation, slug=slug)
    if not permissions.may_export(request.user, found):
        raise Http404
    return _file(exporting.rows(found, timezone.now()), f"registers-{found.slug}", kind)


def _file(rows: list[list[str]], name: str, kind: str) -> HttpResponse:
    write, content_type = FILES[kind]
    answer = HttpResponse(write(rows), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    answer["Cache-Control"] = "no-store"
    return answer
