"""Menus show only what they can use."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.models import Page

from accounts.requests import SignedIn
from organisations.wall import rows
from organisations.wall.gates import leads_somewhere
from places.permissions import is_platform_staff

LAST = 1_000


class TheirMenuItem(MenuItem):
    """Platform staff have Wagtail's own in its place."""

    def is_shown(self, request: SignedIn) -> bool:
        return not is_platform_staff(request.user)


@hooks.register("register_admin_menu_item")
def start_menu_item() -> MenuItem:
    """The way back to the page that leads on: Wagtail's is a picture of a bird, without a word."""
    return TheirMenuItem(_("Start"), reverse("wagtailadmin_home"), name="start", icon_name="list-ul", order=1)


@hooks.register("register_admin_menu_item")
def pages_menu_item() -> MenuItem:
    """In place of Wagtail's tree in the side bar, which asks the admin's API."""
    address = reverse("wagtailadmin_explore_root")
    return TheirMenuItem(_("Pages"), address, name="pages", icon_name="folder-open-inverse", order=100)


@hooks.register("construct_main_menu", order=LAST)
@hooks.register("construct_settings_menu", order=LAST)
@hooks.register("construct_reports_menu", order=LAST)
@hooks.register("construct_help_menu", order=LAST)
def only_what_is_open(request: SignedIn, items: list[MenuItem]) -> None:
    if not is_platform_staff(request.user):
        items[:] = [item for item in items if item.name != "explorer" and _is_of_use(request, item)]


def _is_of_use(request: SignedIn, item: MenuItem) -> bool:
    if isinstance(item, SubmenuMenuItem):
        return any(_is_of_use(request, inner) for inner in item.menu.menu_items_for_request(request))
    return leads_somewhere(request, item.url)


@hooks.register("construct_search", order=LAST)
def no_search_of_everything(request: SignedIn, areas: list[Any]) -> None:
    areas[:] = [area for area in areas if leads_somewhere(request, area.url)]


@hooks.register("construct_page_listing_buttons", order=LAST)
def only_buttons_that_work(buttons: list[Any], page: Page, user: Any, context: Any) -> None:
    request = context["request"]
    buttons[:] = [button for button in buttons if not button.url or _works(request, button.url)]


def _works(request: SignedIn, address: str) -> bool:
    """A link out of the CMS does; one into it where it is open."""
    return not address.startswith("/cms/") or leads_somewhere(request, address)


@hooks.register("construct_page_chooser_queryset", order=LAST)
def only_their_pages(pages: Any, request: SignedIn) -> Any:
    if is_platform_staff(request.user):
        return pages
    theirs = Page.objects.filter(rows.below_their_pages(request.user))
    return pages.filter(pk__in=theirs.values_list("pk", flat=True))  # in a form that search understands
