"""An owner goes through the safeguarding declaration and signs it, for the first time or again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.requests import SignedIn
from organisations import permissions, steps
from organisations.actions import declarations
from organisations.forms.declaration import SignForm
from organisations.models import DeclarationText, Organisation
from organisations.refusals import carried_out
from organisations.steps import DECLARATION


def _find(request: SignedIn, slug: str) -> Organisation:
    """For its owners; for anybody else it is not there."""
    return get_object_or_404(permissions.owned_by(request.user).select_related("place"), slug=slug)


@login_required
def declaration(request: SignedIn, slug: str) -> HttpResponse:
    """What it says now and until when, and the steps of the next one."""
    organisation = _find(request, slug)
    if request.method == "POST":
        declarations.begin(organisation=organisation, by=request.user)
        return redirect("declaration_step", slug, DECLARATION[0].slug)
    draft = organisation.declarations.drafts().first()
    context = {
        "organisation": organisation,
        "signed": organisation.declarations.signed().first(),
        "draft": draft,
        "steps": [(step, step.is_done(draft)) for step in DECLARATION] if draft else [],
    }
    return render(request, "organisations/declaration/overview.html", context)


@login_required
def step(request: SignedIn, slug: str, step: str) -> HttpResponse:
    organisation = _find(request, slug)
    asked = steps.named(DECLARATION, step)
    if asked is None:
        raise Http404
    draft = organisation.declarations.drafts().first()
    if draft is None:
        return redirect("declaration", slug)
    form = asked.form(request.POST or None, instance=draft)
    if form.is_valid() and carried_out(
        form,
        lambda: declarations.fill_in(declaration=draft, said=form.said, by=request.user, seen=form.look),
    ):
        return _next(slug, steps.after(DECLARATION, asked))
    context = {
        "organisation": organisation,
        "step": asked,
        "form": form,
        "number": DECLARATION.index(asked) + 1,
        "all": len(DECLARATION) + 1,
    }
    return render(request, "organisations/declaration/step.html", context)


@login_required
def sign(request: SignedIn, slug: str) -> HttpResponse:
    organisation = _find(request, slug)
    draft = organisation.declarations.drafts().first()
    if draft is None:
        return redirect("declaration", slug)
    form = SignForm(request.POST or None, initial={"name": request.user.get_full_name()})
    if form.is_valid():
        said = form.cleaned_data
        try:
            signed = declarations.sign(
                declaration=draft, name=said["name"], role=said["role"], by=request.user
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            day = date_format(signed.until or "", "j F Y")
            messages.success(request, _("Signed. It holds until %(day)s.") % {"day": day})
            return redirect("declaration", slug)
    context = {"organisation": organisation, "form": form, "text": DeclarationText.objects.first()}
    context["all"] = len(DECLARATION) + 1
    return render(request, "organisations/declaration/sign.html", context)


def _next(slug: str, step: str) -> HttpResponse:
    if step == "sign":
        return redirect("declaration_sign", slug)
    return redirect("declaration_step", slug, step)
