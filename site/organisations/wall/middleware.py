"""The wall itself: the one place that every request to the CMS and the workspace passes."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from wagtail.admin.auth import reject_request

from accounts import in_hand
from accounts.requests import SignedIn
from organisations import permissions
from organisations.wall import gates
from places.permissions import is_platform_staff

CMS = "/cms/"
WALLED = (CMS, "/organise/")
HOME = "wagtailadmin_home"


class Wall:
    """The CMS is denied by default; both are held to the second wall. Stands behind sessions and sign-in,
    before every view."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: SignedIn) -> HttpResponse:
        """Until the page is written the person is in hand, so that what a template asks for is theirs too."""
        if not request.path_info.startswith(WALLED) or not request.user.is_authenticated:
            return self.get_response(request)
        with in_hand.held_by(None if is_platform_staff(request.user) else request.user):
            return self.get_response(request)

    def process_view(
        self, request: SignedIn, _view: Callable, _positional: Any, address: dict[str, Any]
    ) -> HttpResponse | None:
        if not request.path_info.startswith(CMS) or is_platform_staff(request.user):
            return None
        found = request.resolver_match
        name = found.view_name if found else ""
        if gates.is_door(name):
            return None
        if not request.user.is_authenticated:
            return reject_request(request)
        if name == HOME and not gates.who_is(request):
            return redirect("concern:index" if permissions.is_lead(request.user) else "organise")
        gate = gates.gate(name, request)
        if gate is None or not gates.passes(gate, request, address):
            raise Http404
        return gate.instead(request, address) if gate.instead else None
