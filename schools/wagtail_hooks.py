"""What the CMS shows of schools: rounds of twins, on the officers' desk."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.requests import SignedIn
from organisations import permissions
from organisations.wall import gates
from schools.screens.programme_templates import Templates, TemplateScreen
from schools.screens.rounds import NewRound, RoundFile, Rounds, RoundScreen
from schools.screens.twinnings import Broker, Twinnings, TwinningScreen

gates.open_to(gates.OFFICERS, "desk_rounds", "desk_round_new")
gates.open_to(gates.OFFICERS, "desk_round", "desk_round_file", uuid=gates.by_the_view)
gates.open_to(gates.OFFICERS, "desk_twinnings", "desk_broker")
gates.open_to(gates.OFFICERS, "desk_twinning", uuid=gates.by_the_view)
gates.open_to(gates.OFFICERS, "desk_templates", "desk_template_new")
gates.open_to(gates.OFFICERS, "desk_template", pk=gates.by_the_view)


class RoundsItem(MenuItem):
    """Only officers run rounds."""

    def is_shown(self, request: SignedIn) -> bool:
        return permissions.is_any_officer(request.user)


@hooks.register("register_admin_menu_item")
def show_rounds() -> MenuItem:
    return RoundsItem(_("Twins"), reverse("desk_rounds"), name="rounds", icon_name="group", order=91)


@hooks.register("register_admin_menu_item")
def show_twinnings() -> MenuItem:
    return RoundsItem(_("Twinnings"), reverse("desk_twinnings"), name="twinnings", icon_name="link", order=92)


@hooks.register("register_admin_urls")
def round_urls() -> list[URLPattern]:
    """Names that begin with `desk` are for officers only."""
    return [
        path("desk/rounds/", Rounds.as_view(), name="desk_rounds"),
        path("desk/rounds/new/", NewRound.as_view(), name="desk_round_new"),
        path("desk/rounds/<uuid:uuid>/", RoundScreen.as_view(), name="desk_round"),
        path("desk/rounds/<uuid:uuid>/pairs.csv", RoundFile.as_view(), name="desk_round_file"),
        path("desk/twinnings/", Twinnings.as_view(), name="desk_twinnings"),
        path("desk/twinnings/new/", Broker.as_view(), name="desk_broker"),
        path("desk/twinnings/<uuid:uuid>/", TwinningScreen.as_view(), name="desk_twinning"),
        path("desk/programmes/", Templates.as_view(), name="desk_templates"),
        path("desk/programmes/new/", TemplateScreen.as_view(), name="desk_template_new"),
        path("desk/programmes/<int:pk>/", TemplateScreen.as_view(), name="desk_template"),
    ]
