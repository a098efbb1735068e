"""How far an organisation has come: what an officer may do next, and what was done before."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import AuditEntry, User
from organisations import permissions
from organisations.actions import verification
from organisations.forms.standing import StandingForm
from organisations.models import Organisation, Role, State
from organisations.screens.acting import OrganisationScreen

MOST_SHOWN = 50
CLOSE = "close"
NEXT = {
    State.DRAFT: ["submit", CLOSE],
    State.SUBMITTED: ["verify", CLOSE],
    State.VERIFIED: ["suspend", CLOSE],
    State.SUSPENDED: ["reinstate", CLOSE],
    State.CLOSED: [],
}
WORDS = {
    "submit": _("Send it in, for its owner"),
    "verify": _("Verify: it may publish"),
    "suspend": _("Suspend: everything it has published leaves at once"),
    "reinstate": _("Reinstate: what it had published is public again"),
    CLOSE: _("Close for good: there is no way back"),
}
DONE = {
    "organisation.registered": _("Registered"),
    "organisation.renamed": _("Renamed"),
    "organisation.submitted": _("Sent in"),
    "organisation.verified": _("Verified"),
    "organisation.suspended": _("Suspended"),
    "organisation.closed": _("Closed"),
    "organisation.renewed": _("Declaration renewed"),
    "organisation.lapsed": _("Declaration ran out"),
}


def submit(organisation: Organisation, said: dict[str, Any], by: User) -> Organisation:
    return verification.submit(organisation=organisation, by=by)


def verify(organisation: Organisation, said: dict[str, Any], by: User) -> Organisation:
    return verification.verify(organisation=organisation, reason=said["reason"], by=by)


def suspend(organisation: Organisation, said: dict[str, Any], by: User) -> Organisation:
    return verification.suspend(organisation=organisation, reason=said["reason"], by=by)


def close(organisation: Organisation, said: dict[str, Any], by: User) -> Organisation:
    return verification.close(organisation=organisation, reason=said["reason"], by=by)


STEPS: dict[str, Callable[..., Organisation]] = {
    "submit": submit,
    "verify": verify,
    "suspend": suspend,
    "reinstate": verify,
    CLOSE: close,
}


class StandingScreen(OrganisationScreen):
    page_title = _("Standing")
    template_name = "organisations/screens/standing.html"
    form_class = StandingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        steps = NEXT[State(self.organisation.state)]
        if not permissions.has_role(self.request.user, self.organisation, Role.OWNER):
            steps = [step for step in steps if step != "submit"]
        choices = [(step, WORDS[step]) for step in steps]
        return {**super().get_form_kwargs(), "steps": choices}

    def act(self, form: StandingForm) -> str:
        after = STEPS[form.cleaned_data["step"]](self.organisation, form.cleaned_data, self.request.user)
        return _("It is now: %(state)s.") % {"state": after.get_state_display()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = AuditEntry.objects.filter(subject=self.organisation.uuid, action__in=DONE)
        shown = entries.select_related("by")[:MOST_SHOWN]
        return super().get_context_data(history=[(DONE[each.action], each) for each in shown], **kwargs)
