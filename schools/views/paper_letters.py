"""A letter on paper to a school without an account: written and printed, and what its code leads to."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.requests import SignedIn
from organisations import visitor_forms
from organisations.refusals import Refused, say_in
from places.models import School
from schools import codes, costs, paper, permissions
from schools.actions import paper_letters
from schools.forms.paper_letters import CodeForm, LetterForm
from schools.models import Twinning

AN_HOUR = 30
"""Tries from one address: a whole school has one, and nobody mistypes a code so often."""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_variables("code")
def letter(request: SignedIn, uuid: UUID, urn: int) -> HttpResponse:
    """How it will look; and, once it is written, the paper itself with its code, in this one answer alone."""
    rows = Twinning.objects.select_related("first", "second", "proposer")
    twinning = get_object_or_404(rows, uuid=uuid)
    school = get_object_or_404(School, pk=urn)
    if not permissions.may_write_to(request.user, twinning, school):
        raise Http404
    back = _back(request.user, twinning, school)
    if not permissions.needs_letter(twinning, school):
        messages.warning(request, _("No letter is needed: they have answered, or have an account here."))
        return redirect(back)
    form, code = LetterForm(request.POST if request.method == "POST" else None), ""
    if request.method == "POST" and form.is_valid():
        try:
            code = paper_letters.write(twinning=twinning, school=school, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    told = form.cleaned_data.get("coach") if form.is_bound and form.is_valid() else None
    context = {
        "paper": paper.written(twinning, school, told),
        "way": paper.way(code) if code else paper.Way(),
        "address": paper.address(),
        "costs": costs,
        "form": form,
        "back": back,
        "last": twinning.paper_letters.filter(school=school).order_by("written_at", "pk").last(),
    }
    return render(request, "schools/organise/letter.html", context)


@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """For whoever has a letter: sign in or up first, then give its code.

    A code in the address only fills in the form. What is sent is counted before it is looked up, whatever
    becomes of it.
    """
    given = request.GET.get("code", "").replace("\0", "")[: 2 * codes.LENGTH]
    here = f"{reverse('join')}?{urlencode({'code': given})}" if given else reverse("join")
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST" and user is None:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('join')})}")
    form = CodeForm(request.POST if request.method == "POST" else None, initial={"code": given})
    status = 200
    if user and form.is_valid():
        status = _try(request, form, user)
        if form.is_valid():
            messages.success(request, _("The code is right. We have filled in which school you are."))
            return redirect("apply")
    context = {"form": form, "here": here, "given": given}
    answer = render(request, "schools/join.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _try(request: HttpRequest, form: CodeForm, user: User) -> int:
    """The status of the answer. What is refused is said in the form."""
    if not visitor_forms.may_send(request, "join", an_hour=AN_HOUR):
        form.add_error(None, _("Too many codes were tried from where you are. Wait an hour, then try again."))
        return 429
    try:
        paper_letters.use(code=form.cleaned_data["code"], by=user)
    except ValidationError as refusal:
        say_in(form, refusal)
    return 200


def _back(user: User, twinning: Twinning, school: School) -> str:
    """To the page that they came from: a school's own, or the officer's."""
    other = twinning.other(school)
    if permissions.of_school(user, other):
        return reverse("twinning", args=[other.pk, twinning.uuid])
    return reverse("desk_twinning", args=[twinning.uuid])
