"""An organisation in the workspace: who belongs to it, asking somebody to join, saying yes, leaving."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.requests import SignedIn
from organisations import permissions, refusals, slots
from organisations.actions import invitations
from organisations.actions import members as actions
from organisations.forms.members import WHAT_ROLES_MAY, ChangeRoleForm, InvitationForm
from organisations.models import Invitation, Membership, Organisation, Role
from organisations.refusals import Refused, carried_out


@login_required
def organisation(request: SignedIn, slug: str) -> HttpResponse:
    """What a member can do about it, and the way out."""
    found = get_object_or_404(permissions.belonging_to(request.user).select_related("page"), slug=slug)
    mine = Membership.objects.get(organisation=found, user=request.user)
    form = forms.Form(request.POST if request.method == "POST" else None)
    by = request.user
    if form.is_bound and carried_out(form, lambda: actions.leave(organisation=found, by=by)):
        messages.success(request, _("You no longer belong to %(name)s.") % {"name": found})
        return redirect("organise")
    context = {
        "organisation": found,
        "form": form,
        "role": WHAT_ROLES_MAY[Role(mine.role)],
        "owns": mine.role == Role.OWNER,
        "public": permissions.is_public(found, timezone.localdate()),
        "parts": slots.WORKSPACE.parts(found, timezone.now()),
    }
    return render(request, "organisations/organise/organisation.html", context)


@login_required
def members(request: SignedIn, slug: str) -> HttpResponse:
    """For its owners: who belongs to it, who is asked, and asking one more."""
    found = get_object_or_404(permissions.owned_by(request.user), slug=slug)
    if "take_back" in request.POST:
        _take_back(request, found)
        return redirect("members", slug)
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        if carried_out(form, lambda: _invite(found, said["email"], said["role"], request.user)):
            messages.success(request, _("We have sent a mail to %(email)s.") % {"email": said["email"]})
            return redirect("members", slug)
    context = {
        "organisation": found,
        "form": form,
        "members": found.memberships.select_related("user").order_by("since", "pk"),
        "asked": found.invitations.open(timezone.now()).order_by("invited_at"),
    }
    return render(request, "organisations/organise/members.html", context)


@login_required
def member(request: SignedIn, slug: str, person: UUID) -> HttpResponse:
    """For its owners: one member gets another role, or is taken out."""
    found = get_object_or_404(permissions.owned_by(request.user), slug=slug)
    membership = get_object_or_404(found.memberships.select_related("user"), user__uuid=person)
    form = ChangeRoleForm(request.POST or None, membership=membership)
    user, by = membership.user, request.user
    if "remove" in request.POST:
        form = ChangeRoleForm({"role": membership.role}, membership=membership)
        if form.is_valid() and carried_out(
            form, lambda: actions.remove(organisation=found, user=user, by=by)
        ):
            said = _("%(person)s no longer belongs to it and has been signed out.")
            messages.success(request, said % {"person": membership.user})
            return redirect("members", slug)
    elif form.is_valid():
        role, seen = Role(form.cleaned_data["role"]), form.cleaned_data["seen"]
        if carried_out(
            form, lambda: actions.change_role(organisation=found, user=user, role=role, by=by, seen=seen)
        ):
            said = _("%(person)s is now: %(role)s.") % {"person": membership.user, "role": role.label}
            messages.success(request, said)
            return redirect("members", slug)
    context = {"organisation": found, "membership": membership, "form": form}
    return render(request, "organisations/organise/member.html", context)


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What somebody is asked to join; whoever has signed in with that address says yes."""
    found = invitations.find(token)
    if found is None and invitations.was_taken_back(token):
        return render(request, "organisations/organise/invitation_gone.html", status=410)
    if found is None:
        raise Http404
    form = forms.Form(request.POST if request.method == "POST" else None)
    user = request.user if isinstance(request.user, User) else None
    if form.is_bound and user and _accepted(form, found, user):
        messages.success(request, _("You belong to %(name)s now.") % {"name": found.organisation})
        return redirect("organise")
    context = {
        "invitation": found,
        "form": form,
        "role": WHAT_ROLES_MAY[Role(found.role)],
        "over": found.accepted_at is not None or found.holds_until <= timezone.now(),
        "other_address": user is not None and user.email.lower() != found.email,
        "here": request.path,
    }
    return render(request, "organisations/organise/invitation.html", context)


def _accepted(form: forms.Form, found: Invitation, user: User) -> bool:
    return carried_out(form, lambda: invitations.accept(invitation=found, by=user))


def _invite(found: Organisation, email: str, role: str, by: User) -> Invitation:
    return invitations.invite(organisation=found, email=email, role=Role(role), by=by)


def _take_back(request: SignedIn, found: Organisation) -> None:
    try:
        email = invitations.take_back(organisation=found, uuid=request.POST["take_back"], by=request.user)
    except (ValidationError, Refused) as refusal:
        messages.error(request, refusals.words(refusal))
        return
    messages.success(
        request, _("Taken back. The link in the mail to %(email)s says so now.") % {"email": email}
    )
