"""The form behind the code on the wall: no account, no cookie, no script, and no row about who sent it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from events import figures
from events.actions import answers
from events.answers import allowance, kept, opening
from events.answers.opening import Opened
from events.forms.answers import AnswerForm
from events.models import Occurrence
from events.wording import when_words
from organisations import visitor_forms


@csrf_exempt
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str, *, kiosk: bool = False) -> HttpResponse:
    """`kiosk`: on a tablet that goes from hand to hand. No browser keeps any of these pages."""
    opened = opening.find(code, timezone.now())
    if opened is None:
        shown = render(request, "events/answers/nowhere.html", status=404)
    elif opened.now is None:
        shown = _closed(request, opened, kiosk=kiosk)
    elif request.method == "POST":
        shown = _received(request, opened, opened.now, kiosk=kiosk)
    else:
        shown = _empty(request, opened, opened.now, kiosk=kiosk)
    shown["Cache-Control"] = "no-store"
    shown["X-Robots-Tag"] = "noindex"
    return shown


@sensitive_variables()
def _received(request: HttpRequest, opened: Opened, on: Occurrence, *, kiosk: bool) -> HttpResponse:
    if not visitor_forms.is_from_here(request):
        raise PermissionDenied
    form = _form(on, request.POST.copy())
    if not form.is_valid():
        return _page(request, opened, on, form, kiosk=kiosk)
    if not allowance.take(request, timezone.now()):
        form.add_error(None, _("A lot has been sent from where you are. Please try again in ten minutes."))
        return _page(request, opened, on, form, kiosk=kiosk, status=429)
    if not answers.take(occurrence=on, answers=form.answers(), token=form.cleaned_data["token"]):
        return _closed(request, opened, kiosk=kiosk)
    return HttpResponse(_text("events/answers/thanks.html", _about(request, opened, kiosk)))


def _empty(request: HttpRequest, opened: Opened, on: Occurrence, *, kiosk: bool) -> HttpResponse:
    when = when_words(on.starts_at, on.ends_at, timezone.localdate())
    edition = figures.edition_of(on)
    shown = {**_about(request, opened, kiosk), "when": when, "edition": edition}
    form = AnswerForm(purpose="", edition=edition, initial={"token": kept.HOLE})
    page = _text("events/answers/form.html", shown, form=form)
    return HttpResponse(page.replace(kept.HOLE, visitor_forms.token(_purpose(on))))


def _form(on: Occurrence, data: object) -> AnswerForm:
    return AnswerForm(data, purpose=_purpose(on), edition=figures.edition_of(on))


def _purpose(on: Occurrence) -> str:
    return f"answers {on.uuid}"


def _page(
    request: HttpRequest, opened: Opened, on: Occurrence, form: AnswerForm, *, kiosk: bool, status: int = 200
) -> HttpResponse:
    """With a new token where the one that was sent is not good: a good one still tells the same answer."""
    if form.is_bound and "token" in form.errors:
        form.data["token"] = visitor_forms.token(_purpose(on))
    today = timezone.localdate()
    when = when_words(on.starts_at, on.ends_at, today)
    shown = {**_about(request, opened, kiosk), "form": form, "when": when}
    return render(request, "events/answers/form.html", shown, status=status)


def _closed(request: HttpRequest, opened: Opened, *, kiosk: bool) -> HttpResponse:
    following = opened.following
    today = timezone.localdate()
    when = when_words(following.starts_at, following.ends_at, today) if following else ""
    shown = {**_about(request, opened, kiosk), "when": when}
    status = 409 if request.method == "POST" else 200
    return render(request, "events/answers/closed.html", shown, status=status)


def _about(request: HttpRequest, opened: Opened, kiosk: bool) -> dict[str, object]:
    return {"title": opened.title, "address": opened.address, "kiosk": kiosk, "here": request.path}


def _text(template: str, shown: dict[str, object], **more: object) -> str:
    """`more` is the same whenever `shown` is."""
    return kept.text(template, shown, lambda: render_to_string(template, {**shown, **more}))
