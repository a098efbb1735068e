"""Bringing a timetable: sending it, seeing what would be made of it, putting it right, making the drafts."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from accounts.requests import SignedIn
from events import dates
from events.actions import timetables
from events.forms.timetable import BringForm, ColumnsForm, CommonForm, LineForm
from events.importing import template
from events.importing.layout import Arranged
from events.importing.table import Unreadable
from events.models import Timetable, Work
from events.timetables import dry_run
from events.timetables.dry_run import DryRun, Fate, Line
from events.wording import describe
from events.wording.importing import unreadable_words
from organisations.models import EDITING_ROLES, Organisation
from organisations.refusals import Refused

LINES_A_PAGE = 50
REFRESH_SECONDS = 1
SAMPLES = 3
SAMPLE_LETTERS = 60
ORDER = (Fate.WRONG, Fate.DOUBLE, Fate.MADE, Fate.LEFT_OUT)


def _mine(request: SignedIn) -> QuerySet[Timetable]:
    return Timetable.objects.changeable_by(request.user).select_related(
        "organisation__place", "type", "venue"
    )


def _found(request: SignedIn, uuid: UUID) -> Timetable:
    return get_object_or_404(_mine(request), uuid=uuid)


@login_required
def bring(request: SignedIn) -> HttpResponse:
    """A file or pasted text; below it what is waiting, and what was made of late."""
    organisations = Organisation.objects.filter(
        memberships__user=request.user, memberships__role__in=EDITING_ROLES, page__isnull=False
    ).order_by("name")
    form = BringForm(request.POST or None, request.FILES or None, organisations=organisations)
    if request.method == "POST" and form.is_valid():
        data, name = form.sent()
        try:
            found = timetables.bring(
                organisation=form.cleaned_data["organisation"], data=data, name=name, by=request.user
            )
        except Unreadable as error:
            form.add_error("file" if name else "text", unreadable_words(error))
        except ValidationError as error:
            form.add_error(None, error)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("import_timetable", found.uuid)
    kept = _mine(request).order_by("-changed_at")
    context = {"form": form, "organisations": organisations.exists(), "days": Timetable.DAYS_KEPT}
    context["waiting"] = kept.waiting()
    context["made"] = kept.exclude(carried_out_at=None)
    return render(request, "events/organise/import/bring.html", context)


@login_required
def timetable(request: SignedIn, uuid: UUID) -> HttpResponse:
    """What would be made, line by line; once it is made, what was."""
    found = _found(request, uuid)
    if found.work:
        progress = timetables.advance(timetable=found)
        if progress.work:
            return _at_work(request, found, progress)
        was, found = found.work, _found(request, uuid)
        _tell(request, found, was=Work(was))
    if found.carried_out_at is not None:
        return _made(request, found)
    run = _look(found)
    if isinstance(run, str):
        return _stuck(request, found, run)
    shown = _forms(found, run)
    asked = request.POST.get("do", "")
    if asked in shown:
        shown[asked] = _forms(found, run, request)[asked]
        if _changed(request, found, shown[asked]):
            return redirect("import_timetable", uuid)
    return _dry_run(request, found, run, shown, asked)


def _look(found: Timetable) -> DryRun | str:
    """The dry run, or why there is none."""
    try:
        return dry_run.look(found, timezone.localdate())
    except Unreadable as error:
        return unreadable_words(error)


def _forms(found: Timetable, run: DryRun, request: SignedIn | None = None) -> dict[str, forms.Form]:
    data = request.POST if request else None
    common = {
        "version": found.version,
        "type": found.type and found.type.slug,
        "venue": found.venue and found.venue.uuid,
        **{name: getattr(found, name) for name in ("first", "last", "season", "minutes")},
    }
    columns = {"version": found.version, "layout": found.layout}
    return {
        "common": CommonForm(data, timetable=found, initial=common, prefix="common"),
        "columns": ColumnsForm(
            data, columns=run.columns, samples=_samples(run.arranged), initial=columns, prefix="columns"
        ),
    }


def _samples(arranged: Arranged) -> list[str]:
    """Each column by its name or its first cells."""
    said = []
    for at, header in enumerate(arranged.headers):
        cells = list(dict.fromkeys(row.cells[at] for row in arranged.rows if row.cells[at]))[:SAMPLES]
        sample = ", ".join(" ".join(cell.split()) for cell in cells)
        sample = sample if len(sample) <= SAMPLE_LETTERS else sample[: SAMPLE_LETTERS - 1] + "…"
        if header and sample:
            said.append(_("%(name)s (like %(sample)s)") % {"name": header, "sample": sample})
        else:
            said.append(header or sample or _("An empty column"))
    return said


def _changed(request: SignedIn, found: Timetable, form: forms.Form) -> bool:
    """Keep what was said; what cannot be is said beside the field, and everything typed stays."""
    if not form.is_valid():
        return False
    try:
        timetables.change(
            timetable=found, version=form.cleaned_data["version"], by=request.user, **form.changes()
        )
    except Unreadable as error:
        form.add_error("layout" if "layout" in form.fields else None, unreadable_words(error))
        return False
    except (ValidationError, Refused) as refusal:
        form.add_error(None, refusal if isinstance(refusal, ValidationError) else str(refusal))
        return False
    messages.success(request, _("Saved. Look at what it makes now."))
    return True


def _dry_run(
    request: SignedIn, found: Timetable, run: DryRun, shown: dict[str, forms.Form], asked: str
) -> HttpResponse:
    """What needs a look stands first."""
    ordered = sorted(run.lines, key=lambda line: ORDER.index(line.fate))
    pages = Paginator(ordered, LINES_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "timetable": found,
        "run": run,
        "page": page,
        "pages": pages.num_pages,
        "forms": shown,
        "asked": asked,
        "count": len(run.made),
        "wrong": len(run.of(Fate.WRONG)),
        "double": len(run.of(Fate.DOUBLE)),
        "left_out": len(run.of(Fate.LEFT_OUT)),
        "needs_common": bool(run.of(Fate.WRONG)) and not (run.common_type and run.common_venue),
    }
    return render(request, "events/organise/import/dry_run.html", context)


def _stuck(request: SignedIn, found: Timetable, words: str) -> HttpResponse:
    return render(request, "events/organise/import/stuck.html", {"timetable": found, "words": words})


@login_required
def line(request: SignedIn, uuid: UUID, number: int) -> HttpResponse:
    """One line, to put right."""
    found = _found(request, uuid)
    run = None if found.carried_out_at or found.work else _look(found)
    if not isinstance(run, DryRun):
        return redirect("import_timetable", uuid)
    chosen = next((each for each in run.lines if each.number == number), None)
    if chosen is None:
        raise Http404
    form = LineForm(request.POST or None, timetable=found, line=chosen, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            timetables.correct(
                timetable=found,
                version=form.cleaned_data["version"],
                line=number,
                texts=form.texts(),
                by=request.user,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _after_correcting(request, found, number)
    if request.method == "GET":
        _say_what_is_wrong(form, chosen)
    context = {"timetable": found, "line": chosen, "form": form}
    return render(request, "events/organise/import/line.html", context)


def _say_what_is_wrong(form: LineForm, chosen: Line) -> None:
    """Beside the boxes of a form that nobody has sent yet: that is why one has come."""
    form.cleaned_data = {}
    form._errors = forms.utils.ErrorDict(renderer=form.renderer)
    for name, words in chosen.problems:
        place = {
            "start": "time",
            "end": "time",
            "duration": "time",
            "postcode": "venue",
            "weekdays": "day",
        }.get(name, name)
        form.add_error(place if place in form.fields else None, words)


def _after_correcting(request: SignedIn, found: Timetable, number: int) -> HttpResponse:
    """Back to all lines, or the same line again with what is still wrong."""
    run = _look(_found(request, found.uuid))
    still = isinstance(run, DryRun) and run.lines[number].problems
    if still:
        messages.warning(request, _("Saved. Something is still wrong with this line."))
        return redirect("import_line", found.uuid, number)
    messages.success(request, _("Saved."))
    return redirect("import_timetable", found.uuid)


@require_POST
@login_required
def choose(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Leave a line out or take it in, and forget the whole."""
    found = _found(request, uuid)
    asked = request.POST.get("do", "")
    try:
        if asked == "forget":
            timetables.throw_away(timetable=found, by=request.user)
            messages.success(request, _("Deleted. Drafts that you have made of it stay."))
            return redirect("import")
        action = {"leave_out": timetables.leave_out, "take_in": timetables.take_in}.get(asked)
        if action is not None:
            number, version = _number(request, "line"), _number(request, "version")
            action(timetable=found, version=version, line=number, by=request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("import_timetable", uuid)


def _number(request: SignedIn, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


@require_POST
@login_required
def carry_out(request: SignedIn, uuid: UUID) -> HttpResponse:
    """Make the drafts that were shown, or delete them again. The page that follows says how far it is."""
    found = _found(request, uuid)
    try:
        if request.POST.get("do") == "undo":
            timetables.undo(timetable=found, by=request.user)
        else:
            timetables.carry_out(timetable=found, shown=request.POST.get("shown", ""), by=request.user)
    except (ValidationError, Refused) as refusal:
        words = refusal.messages if isinstance(refusal, ValidationError) else [str(refusal)]
        messages.error(request, " ".join(words))
    return redirect("import_timetable", uuid)


def _at_work(request: SignedIn, found: Timetable, progress: timetables.Progress) -> HttpResponse:
    """How far it is; the browser asks again by itself, with or without script, and so goes on with it."""
    context = {"timetable": found, "progress": progress, "undoing": progress.work == Work.UNDOING}
    page = render(request, "events/organise/import/at_work.html", context)
    page["Refresh"] = str(REFRESH_SECONDS)
    return page


def _tell(request: SignedIn, found: Timetable, *, was: Work) -> None:
    kept = found.drafts.count()
    if was == Work.MAKING:
        return
    if not kept:
        messages.success(
            request, _("The drafts are deleted. You can change your timetable and make them again.")
        )
        return
    stay = ngettext(
        "The others are deleted. %(count)s draft stays: somebody has worked on it.",
        "The others are deleted. %(count)s drafts stay: somebody has worked on them.",
        kept,
    )
    messages.success(request, stay % {"count": kept})


def _made(request: SignedIn, found: Timetable) -> HttpResponse:
    """The drafts with the way to each one's editor, and the way back."""
    today, year = timezone.localdate(), dates.school_year(found.organisation.place)
    drafts = [
        (activity, [describe(dates.as_rule(rule), year, today=today) for rule in activity.rules.all()])
        for activity in timetables.drafts_of(found)
    ]
    context = {"timetable": found, "drafts": drafts, "days": Timetable.DAYS_KEPT}
    return render(request, "events/organise/import/made.html", context)


@require_GET
@login_required
def download(request: SignedIn, kind: str) -> HttpResponse:
    """Our template with examples."""
    write, content_type = FILES[kind]
    answer = HttpResponse(write(template.rows()), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="timetable.{kind}"'
    return answer


FILES = {
    "csv": (template.as_csv, "text/csv; charset=utf-8"),
    "xlsx": (template.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
