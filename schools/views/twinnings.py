"""A school's twinnings in the workspace: which there are, asking another school, answering, ending."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

import looks
from accounts.requests import SignedIn
from organisations.refusals import carried_out
from places.models import School
from places.school_years import year_of
from schools import permissions, programmes
from schools.actions import twinnings as actions
from schools.forms.twinnings import ContactForm, DeclineForm, LimitForm, ProposalForm
from schools.models import LinkLimit, Twinning, TwinningState
from schools.models.twinning import TOGETHER, UNANSWERED

MOST_FOUND = 10
LIMIT = ("most",)
"""What a person looks at who chooses how many twinnings a school runs."""


@login_required
def ours(request: SignedIn, urn: int) -> HttpResponse:
    """All of one school, the newest year first, and how many it runs at once."""
    school = _school(request, urn)
    chosen = LinkLimit.objects.filter(school=school).first() or LinkLimit(school=school)
    now = looks.version(chosen, LIMIT)
    form = LimitForm(request.POST or None, initial={"most": chosen.most}, now=now)
    if form.is_valid() and carried_out(
        form,
        lambda: actions.choose_limit(
            school=school,
            most=form.cleaned_data["most"],
            by=request.user,
            seen=looks.Look(LIMIT, form.cleaned_data["seen"]),
        ),
    ):
        messages.success(request, _("Saved."))
        return redirect("twinnings", urn)
    found = Twinning.objects.known_to(school).select_related("first", "second", "proposer")
    context = {
        "school": school,
        "lines": [(each, each.other(school), _where_it_stands(each, school)) for each in found],
        "speaks": permissions.speaks_for(request.user, school),
        "form": form,
    }
    return render(request, "schools/organise/twinnings.html", context)


@login_required
def propose(request: SignedIn, urn: int) -> HttpResponse:
    """Find a school of the register, then ask it; or put down a wish that it does not see."""
    school = _school(request, urn)
    if not permissions.speaks_for(request.user, school):
        raise Http404
    asked = request.GET.get("q", "").strip()[:100]
    other = _named(request.GET.get("with", ""))
    if other is None:
        found = School.objects.called(asked).teaching().exclude(pk=school.pk)[:MOST_FOUND] if asked else []
        context = {"school": school, "asked": asked, "found": list(found)}
        return render(request, "schools/organise/find_twin.html", context)
    form = ProposalForm(request.POST or None, this=year_of(timezone.localdate()))
    act = actions.wish if request.POST.get("do") == "wish" else actions.propose
    made: list[Twinning] = []
    if form.is_valid() and carried_out(
        form,
        lambda: made.append(act(school=school, other=other, by=request.user, **form.cleaned_data)),
    ):
        messages.success(request, _done(made[0], other))
        return redirect("twinning", urn, made[0].uuid)
    return render(request, "schools/organise/propose.html", {"school": school, "other": other, "form": form})


@login_required
def twinning(request: SignedIn, urn: int, uuid: UUID) -> HttpResponse:
    """One of them as one of the two schools sees it: what was said, whom to ring, and what can be done."""
    school = _school(request, urn)
    known = Twinning.objects.known_to(school).select_related("first", "second", "proposer")
    found = get_object_or_404(known, uuid=uuid)
    speaks, by = permissions.speaks_for(request.user, school), request.user
    asked = request.POST.get("do", "")
    contact = ContactForm(request.POST if asked == "accept" else None)
    decline = DeclineForm(request.POST if asked == "decline" else None)
    plain = forms.Form(request.POST if asked in {"withdraw", "start", "end"} else None)
    acts: Mapping[str, tuple[forms.Form, Callable[[], object], str]] = {
        "accept": (
            contact,
            lambda: actions.accept(twinning=found, school=school, by=by, **contact.cleaned_data),
            _("You have said yes."),
        ),
        "decline": (
            decline,
            lambda: actions.decline(twinning=found, school=school, by=by, **decline.cleaned_data),
            _("You have said no. The other school does not learn why."),
        ),
        "withdraw": (plain, lambda: actions.withdraw(twinning=found, by=by), _("Taken back.")),
        "start": (plain, lambda: actions.start(twinning=found, by=by), _("It has begun.")),
        "end": (plain, lambda: actions.end(twinning=found, by=by), _("It has ended.")),
    }
    other, refused = found.other(school), None
    if request.method == "POST" and asked in acts:
        form, act, said = acts[asked]
        if form.is_valid() and carried_out(form, act):
            messages.success(request, said)
            return redirect("twinning", urn, uuid)
        refused = form.non_field_errors()
    context = {
        "school": school,
        "twinning": found,
        "other": other,
        "stands": _where_it_stands(found, school),
        "our_contact": found.contact_of(school),
        "their_contact": _their_contact(found, school),
        "may_answer": speaks and found.state in UNANSWERED and not found.accepted_by(school),
        "may_withdraw": speaks
        and found.proposer_id == school.pk
        and found.state in UNANSWERED | {TwinningState.WISHED},
        "may_propose": speaks and found.state == TwinningState.WISHED,
        "may_start": speaks and found.state == TwinningState.AGREED,
        "may_end": speaks and found.state in TOGETHER,
        "letter_is_needed": permissions.needs_letter(found, other),
        "cannot_answer": permissions.cannot_answer_now(found, other),
        "letter": found.paper_letters.filter(school=other).order_by("written_at", "pk").last(),
        "may_write": permissions.may_write_to(by, found, other),
        "desk": _desk(found, school),
        "has_programme": found.state in TOGETHER | {TwinningState.ENDED},
        "contact": contact,
        "decline": decline,
        "refused": refused,
    }
    return render(request, "schools/organise/twinning.html", context)


def _desk(twinning: Twinning, school: School) -> programmes.Desk | None:
    """What is due of it, while it goes on."""
    if twinning.state not in TOGETHER:
        return None
    found = programmes.desks([school], timezone.now())
    return next((desk for desk in found if desk.twinning == twinning), None)


def _school(request: SignedIn, urn: int) -> School:
    """Members of the school alone: officers have their own page, with what they may read."""
    school = get_object_or_404(School, pk=urn)
    if not permissions.of_school(request.user, school):
        raise Http404
    return school


def _named(text: str) -> School | None:
    is_number = text.isascii() and text.isdigit() and len(text) == 6
    return School.objects.teaching().filter(pk=int(text)).first() if is_number else None


def _their_contact(twinning: Twinning, school: School) -> str:
    """That of a school which has said yes; not any more once it came to nothing."""
    shown = twinning.state in UNANSWERED | TOGETHER
    return twinning.contact_of(twinning.other(school)) if shown else ""


def _where_it_stands(twinning: Twinning, school: School) -> str:
    """In words, for one of the two schools. A no reads the same whoever said it for whatever reason."""
    state, other = TwinningState(twinning.state), twinning.other(school)
    if state in UNANSWERED:
        if not twinning.accepted_by(school):
            return _("It waits for your answer.")
        return _("It waits for the answer of %(other)s.") % {"other": other}
    words = {
        TwinningState.WISHED: _("You wish for it. They do not know."),
        TwinningState.AGREED: _("You have both said yes."),
        TwinningState.RUNNING: _("It is running."),
        TwinningState.ENDED: _("It has ended."),
        TwinningState.DECLINED: _("It will not be this time."),
        TwinningState.WITHDRAWN: _("It was taken back."),
        TwinningState.LAPSED: _("It was not answered in time."),
    }
    return words[state]


def _done(made: Twinning, other: School) -> str:
    if made.state == TwinningState.WISHED:
        return _("Your wish is put down. %(other)s does not see it.") % {"other": other}
    if permissions.needs_letter(made, other):
        return _("You have proposed to %(other)s. Now post them a letter.") % {"other": other}
    return _("You have proposed to %(other)s.") % {"other": other}
