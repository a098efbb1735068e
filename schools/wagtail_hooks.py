"""What the CMS shows of schools: rounds of twins, on the officers' desk."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from accounts.requests import SignedIn
from organisations import permissions
from organisations.wall import gates
from schools.screens.rounds import NewRound, RoundFile, Rounds, RoundScreen

gates.open_to(gates.OFFICERS, "desk_rounds", "desk_round_new")
gates.open_to(gates.OFFICERS, "desk_round", "desk_round_file", uuid=gates.by_the_view)


class RoundsItem(MenuItem):
    """Only officers run rounds."""

    def is_shown(self, request: SignedIn) -> bool:
        return permissions.is_any_officer(request.user)


@hooks.register("register_admin_menu_item")
def show_rounds() -> MenuItem:
    return RoundsItem(_("Twins"), reverse("desk_rounds"), name="rounds", icon_name="group", order=91)


@hooks.register("register_admin_urls")
def round_urls() -> list[URLPattern]:
    """Names that begin with `desk` are for officers only."""
    return [
        path("desk/rounds/", Rounds.as_view(), name="desk_rounds"),
        path("desk/rounds/new/", NewRound.as_view(), name="desk_round_new"),
        path("desk/rounds/<uuid:uuid>/", RoundScreen.as_view(), name="desk_round"),
        path("desk/rounds/<uuid:uuid>/pairs.csv", RoundFile.as_view(), name="desk_round_file"),
    ]
