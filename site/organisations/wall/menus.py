"""Menus show only what they can use."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem, SubmenuMenuItem
from wagtail.models import Page

from organisations.wall import rows
from organisations.wall.gates import leads_somewhere
from places.permissions import is_platform_staff

LAST = 1_000


class PagesMenuItem(MenuItem):
    """In place of Wagtail's tree in the side bar, which asks the admin's API."""

    def is_shown(self, request: HttpRequest) -> bool:
        return not is_platform_staff(request.user)


@hooks.register("register_admin_menu_item")
def pages_menu_item() -> MenuItem:
    address = reverse("wagtailadmin_explore_root")
    return PagesMenuItem(_("Pages"), address, name="pages", icon_name="folder-open-inverse", order=100)


@hooks.register("construct_main_menu", order=LAST)
@hooks.register("construct_settings_menu", order=LAST)
@hooks.register("construct_reports_menu", order=LAST)
@hooks.register("construct_help_menu", order=LAST)
def only_what_is_open(request: HttpRequest, items: list[MenuItem]) -> None:
    if not is_platform_staff(request.user):
        items[:] = [item for item in items if item.name != "explorer" and _is_of_use(request, item)]


def _is_of_use(request: HttpRequest, item: MenuItem) -> bool:
    if isinstance(item, SubmenuMenuItem):
        return any(_is_of_use(request, inner) for inner in item.menu.menu_items_for_request(request))
    return leads_somewhere(request, item.url)


@hooks.register("construct_search", order=LAST)
def no_search_of_everything(request: HttpRequest, areas: list[Any]) -> None:
    areas[:] = [area for area in areas if leads_somewhere(request, area.url)]


@hooks.register("construct_homepage_summary_items", order=LAST)
def no_sums(request: HttpRequest, items: list[Any]) -> None:
    """How many pages, pictures and documents there are is nobody's business but the platform's."""
    if not is_platform_staff(request.user):
        items.clear()


@hooks.register("construct_page_listing_buttons", order=LAST)
def only_buttons_that_work(buttons: list[Any], page: Page, user: Any, context: Any) -> None:
    request = context["request"]
    buttons[:] = [button for button in buttons if not button.url or _works(request, button.url)]


def _works(request: HttpRequest, address: str) -> bool:
    """A link out of the CMS does; one into it where it is open."""
    return not address.startswith("/cms/") or leads_somewhere(request, address)


@hooks.register("construct_page_chooser_queryset", order=LAST)
def only_their_pages(pages: Any, request: HttpRequest) -> Any:
    if is_platform_staff(request.user):
        return pages
    return pages.filter(rows.below_their_pages(request.user))
