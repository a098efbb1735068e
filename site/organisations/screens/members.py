"""Who belongs to an organisation: the list, inviting somebody, changing a role, taking somebody out."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from accounts.requests import SignedIn
from organisations import permissions, refusals
from organisations.actions import invitations, members
from organisations.forms.members import ChangeRoleForm, InvitationForm
from organisations.models import Membership, Role
from organisations.refusals import Refused
from organisations.screens.acting import OrganisationScreen


class MembersScreen(OrganisationScreen):
    """Everybody who belongs to it or is asked to, and a form to invite one more."""

    page_title = gettext_lazy("Members")
    template_name = "organisations/screens/members.html"
    form_class = InvitationForm
    submit_button_label = gettext_lazy("Send the invitation")
    member_url_name = ""

    def post(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        if "take_back" not in request.POST:
            return super().post(request, *args, **kwargs)
        self._take_back(request.POST["take_back"])
        return redirect(self.get_success_url())

    def _take_back(self, uuid: str) -> None:
        by = self.request.user
        try:
            email = invitations.take_back(organisation=self.organisation, uuid=uuid, by=by)
        except (ValidationError, Refused) as refusal:
            messages.error(self.request, refusals.words(refusal))
            return
        said = _("Taken back. The link in the mail to %(email)s says so now.") % {"email": email}
        messages.success(self.request, said)

    def act(self, form: Form) -> str:
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        invitations.invite(organisation=self.organisation, email=email, role=role, by=self.request.user)
        return _("We have sent a mail to %(email)s. They belong to it once they say yes.") % {"email": email}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        memberships = self.organisation.memberships.select_related("user").order_by("since", "pk")
        return super().get_context_data(
            members=[
                (each, reverse(self.member_url_name, args=[self.organisation.pk, each.user.uuid]))
                for each in memberships
            ],
            asked=self.organisation.invitations.open(timezone.now()).order_by("invited_at"),
            **kwargs,
        )


class MemberScreen(OrganisationScreen):
    """One member: another role, or out."""

    page_title = gettext_lazy("Member")
    template_name = "organisations/screens/member.html"
    form_class = ChangeRoleForm
    members_url_name = ""

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        self.membership = get_object_or_404(
            Membership.objects.select_related("user"),
            organisation__in=permissions.overseen_by(request.user).filter(pk=kwargs["pk"]),
            user__uuid=kwargs["person"],
        )
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        given = {name: value for name, value in super().get_form_kwargs().items() if name != "initial"}
        return {**given, "membership": self.membership}

    def get_page_subtitle(self) -> str:
        return str(self.membership.user)

    def act(self, form: Form) -> str:
        who = {"organisation": self.organisation, "user": self.membership.user, "by": self.request.user}
        if "remove" in self.request.POST:
            members.remove(**who)
            return _("%(person)s no longer belongs to it and has been signed out.") % {"person": who["user"]}
        role, seen = Role(form.cleaned_data["role"]), form.cleaned_data["seen"]
        membership = members.change_role(role=role, seen=seen, **who)
        return _("%(person)s is now: %(role)s.") % {
            "person": who["user"],
            "role": membership.get_role_display(),
        }

    def get_success_url(self) -> str:
        return reverse(self.members_url_name, args=[self.organisation.pk])

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *above, last = super().get_breadcrumbs_items()
        here = {**last, "label": self.get_page_subtitle()}
        return [*above, {"url": self.get_success_url(), "label": _("Members")}, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(membership=self.membership, **kwargs)
