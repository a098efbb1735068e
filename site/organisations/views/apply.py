"""“Run activities here”: a signed-in person applies for an organisation, step by step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import SignedIn
from looks.forms import LookedModelForm
from organisations import slots, steps
from organisations.actions import applications, declarations
from organisations.forms.declaration import SignForm
from organisations.models import Application, Declaration, DeclarationText
from organisations.refusals import carried_out
from organisations.steps import APPLICATION, OF_APPLICATION

SHOWN_BEFORE = 5


def _open(request: SignedIn) -> Application | None:
    mine = Application.objects.open().filter(applicant=request.user)
    return mine.select_related("declaration", "place", "applicant").first()


def _subject(application: Application, step: steps.Step) -> Application | Declaration:
    """The row that a step is about."""
    return application if step in APPLICATION else application.declaration


@login_required
def apply(request: SignedIn) -> HttpResponse:
    """All steps of the open application, or how to begin one; and what became of earlier ones."""
    if request.method == "POST":
        applications.start(by=request.user)
        return redirect("apply_step", OF_APPLICATION[0].slug)
    application = _open(request)
    before = Application.objects.filter(applicant=request.user, decided_at__isnull=False)
    done = (
        [(step, step.is_done(_subject(application, step))) for step in OF_APPLICATION] if application else []
    )
    context = {
        "application": application,
        "parts": slots.APPLYING.parts(application) if application else [],
        "steps": done,
        "next": next((step for step, is_done in done if not is_done), None),
        "before": before.select_related("organisation").order_by("-decided_at")[:SHOWN_BEFORE],
    }
    return render(request, "organisations/apply/overview.html", context)


@login_required
def step(request: SignedIn, step: str) -> HttpResponse:
    asked, application = steps.named(OF_APPLICATION, step), _open(request)
    if asked is None:
        raise Http404
    if application is None or not application.is_writable:
        return redirect("apply")
    form = asked.form(request.POST or None, instance=_subject(application, asked))
    if form.is_valid() and carried_out(form, lambda: _fill_in(application, asked, form, request.user)):
        following = steps.after(OF_APPLICATION, asked)
        return redirect("apply_sign") if following == "sign" else redirect("apply_step", following)
    context = {
        "step": asked,
        "form": form,
        "number": OF_APPLICATION.index(asked) + 1,
        "all": len(OF_APPLICATION) + 1,
    }
    return render(request, "organisations/apply/step.html", context)


def _fill_in(application: Application, step: steps.Step, form: LookedModelForm, by: User) -> None:
    answered = {"said": form.said, "by": by, "seen": form.look}
    if step in APPLICATION:
        applications.fill_in(application=application, **answered)
    else:
        declarations.fill_in(declaration=application.declaration, **answered)


@login_required
def sign(request: SignedIn) -> HttpResponse:
    """The last step signs the declaration and sends everything to the officer."""
    application = _open(request)
    if application is None or not application.is_writable:
        return redirect("apply")
    initial = {"name": application.first_name, "role": application.first_role}
    form = SignForm(request.POST or None, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        try:
            applications.send(application=application, name=said["name"], role=said["role"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Sent. You get a mail when our officer has looked at it."))
            return redirect("apply")
    context = {"form": form, "text": DeclarationText.objects.first(), "all": len(OF_APPLICATION) + 1}
    return render(request, "organisations/apply/sign.html", context | {"application": application})
