"""What the CMS gains around activities. Imported by `events.wagtail_hooks`."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.userbar import ContentCheckerItem
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from events.editor.checks import MissingFactsChecker
from events.editor.lists import ListsViewSetGroup
from events.editor.review import ReviewScreen
from events.editor.viewset import ActivityViewSet, activity_viewset
from events.models import Activity
from events.views import editor
from organisations.wall import gates, rows


@hooks.register("register_admin_urls")
def editor_urls() -> list[URLPattern]:
    return [
        path("activities/dates/<int:parent_id>/", editor.dates_summary, name="events_dates_summary"),
        path("desk/activities/<uuid:uuid>/", ReviewScreen.as_view(), name="desk_review"),
    ]


gates.open_to(gates.BOTH, "events_dates_summary", parent_id=rows.page)
gates.open_to(gates.OFFICERS, "desk_review", uuid=gates.by_the_view)


@hooks.register("insert_editor_js")
def editor_script() -> SafeString:
    return format_html('<script type="module" src="{}"></script>', static("js/dates-summary.js"))


@hooks.register("insert_global_admin_css")
def admin_styles() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/cms.css"))


@hooks.register("construct_wagtail_userbar")
def check_missing_facts(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Replace the stock checker where the page is an activity."""
    if not isinstance(page, Activity):
        return
    for at, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[at] = MissingFactsChecker(in_editor=item.in_editor)


@hooks.register("construct_page_action_menu")
def publish_first(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Drafts save themselves, so the button in front is Publish, for those who may."""
    items.sort(key=lambda item: item.name != "action-publish")


@hooks.register("register_admin_viewset")
def register_activity_viewset() -> ActivityViewSet:
    return activity_viewset


register_snippet(ListsViewSetGroup)
