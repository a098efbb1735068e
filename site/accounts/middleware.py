"""Before the CMS and the workspace are reached."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts import landing, second_factors
from accounts.models import User

CMS = "/cms/"
WORKSPACES = (CMS, "/organise/")

Handler = Callable[[HttpRequest], HttpResponse]


class Gate:
    """Who needs a second factor sets one up first; who may not use the CMS is led to where their work is.

    From its first page, that is: no other page of it is there for them.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(WORKSPACES) and isinstance(user := request.user, User):
            return self._turned_back(request, user) or self.get_response(request)
        return self.get_response(request)

    def _turned_back(self, request: HttpRequest, user: User) -> HttpResponse | None:
        if second_factors.is_missing(user):
            messages.warning(request, _("Your work needs a second step when you sign in. Set it up first."))
            return redirect("mfa_index")
        if request.path_info == CMS and not landing.may_use_cms(user):
            messages.warning(request, _("The editor is for people who write pages. Your own work is here."))
            return redirect(landing.of(user))
        return None
