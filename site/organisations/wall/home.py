"""The first page of the CMS for organisers and officers. What stands on it comes from higher apps."""

import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from accounts.requests import SignedIn
from organisations import slots
from organisations.models import EDITING_ROLES, Organisation, State
from organisations.wall import gates

SOON = datetime.timedelta(days=60)
MOST = 50  # organisations of one person


class Home(WagtailAdminTemplateMixin, TemplateView):
    """In place of Wagtail's, which counts everybody's pages and pictures and offers to search them."""

    request: SignedIn
    page_title = gettext_lazy("Your pages")
    template_name = "organisations/wall/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        request, now = self.request, timezone.now()
        mine = organisations_of(request.user)
        return {
            **super().get_context_data(**kwargs),
            "organisations": mine,
            "standings": [words for each in mine if (words := standing(each, timezone.localdate(now)))],
            "parts": slots.HOME.parts(request.user, mine, now),
            "oversees": bool(gates.who_is(request) & gates.OFFICERS),
            "their_organisations": reverse("organisation:index"),
        }


def organisations_of(user: User) -> list[Organisation]:
    """Those that the person is an owner or editor of; an officer's are a list of their own."""
    mine = Organisation.objects.filter(memberships__user=user, memberships__role__in=EDITING_ROLES)
    return list(mine.select_related("place", "page").order_by("name", "pk")[:MOST])


def standing(organisation: Organisation, today: datetime.date) -> str:
    """What keeps it from publishing, or soon will; nothing where all is well."""
    name, until = organisation.name, organisation.declaration_until
    if organisation.state in (State.SUSPENDED, State.CLOSED):
        return _("%(name)s cannot publish now. Ask your place’s officer.") % {"name": name}
    if organisation.state != State.VERIFIED or until is None:
        return _("%(name)s is still being checked. Write your pages now: they can go live after that.") % {
            "name": name
        }
    if until < today:
        return _("The safeguarding declaration of %(name)s has run out, so nobody sees its activities.") % {
            "name": name
        }
    if until < today + SOON:
        return _("The safeguarding declaration of %(name)s runs out on %(day)s.") % {
            "name": name,
            "day": f"{until.day} {until:%B %Y}",
        }
    return ""


_home = require_admin_access(Home.as_view())


def instead(request: SignedIn, _address: Any) -> HttpResponse:
    return _home(request)
