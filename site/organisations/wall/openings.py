"""What of Wagtail's admin is open to organisers and officers. All that is not named here is closed to them:
reports, workflows, tasks, locks, privacy, usage, bulk actions, tags, snippets, documents, collections, users,
groups, sites, redirects, the admin's API, global search; and whatever a later Wagtail adds.
"""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.requests import SignedIn
from organisations.models import OrganisersPage
from organisations.wall import home, rows
from organisations.wall.gates import BOTH, OFFICERS, by_the_view, nothing, one_of, open_to, open_to_everybody

PAGE: dict[str, Any] = {"page_id": rows.page}
VERSION: dict[str, Any] = {**PAGE, "revision_id": rows.revision}
BELOW: dict[str, Any] = {"parent_page_id": rows.page}
NEW: dict[str, Any] = {
    "content_type_app_name": one_of("events"),
    "content_type_model_name": one_of("activity"),
    **BELOW,
}
PICTURE: dict[str, Any] = {"image_id": rows.picture}


def their_account(_request: SignedIn, _address: Any) -> HttpResponse:
    """People's own settings are where they sign in: one place, with the checks that belong to it."""
    return redirect("account_email")


def where_links_begin(request: SignedIn, _address: Any) -> HttpResponse | None:
    """A link to a page is chosen among one's own, not from the root of the whole tree."""
    mine = rows.pages_of(request.user).values_list("pk", flat=True)[:2]
    start = mine[0] if len(mine) == 1 else OrganisersPage.objects.values_list("pk", flat=True).get()
    address = reverse("wagtailadmin_choose_page_child", args=[start])
    return redirect(f"{address}?{request.GET.urlencode()}")


def open_all() -> None:
    """Called once, when Wagtail looks for what this app registers."""
    open_to_everybody(
        "lead_to_login",
        "lead_to_logout",
        "lead_to_reset",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    )
    open_to(BOTH, "wagtailadmin_home", instead=home.instead)
    open_to(BOTH, "wagtailadmin_explore_root", "wagtailadmin_dismissibles")
    open_to(BOTH, "wagtailadmin_account", instead=their_account)
    _pages()
    _links()
    _pictures()
    _organisations()


def _pages() -> None:
    open_to(
        BOTH, "wagtailadmin_explore", "wagtailadmin_explore_results", parent_page_id=rows.page_or_organisers
    )
    open_to(BOTH, "wagtailadmin_pages:add", "wagtailadmin_pages:preview_on_add", **NEW)
    open_to(BOTH, "wagtailadmin_pages:add_subpage", **BELOW)
    open_to(
        BOTH,
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:preview_on_edit",
        "wagtailadmin_pages:view_draft",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:unpublish",
        "wagtailadmin_pages:revisions_index",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:history_results",
        **PAGE,
    )
    open_to(BOTH, "wagtailadmin_pages:copy", asked={"new_parent_page": rows.page}, **PAGE)
    open_to(
        BOTH,
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_unschedule",
        **VERSION,
    )
    open_to(
        BOTH,
        "wagtailadmin_pages:revisions_compare",
        pk=rows.page,
        revision_id_a=rows.revision,
        revision_id_b=rows.revision,
    )
    # From one organisation to another only officers move an activity.
    open_to(
        OFFICERS,
        "wagtailadmin_pages:move",
        asked={"new_parent_page": rows.page},
        page_to_move_id=rows.page,
    )
    open_to(OFFICERS, "wagtailadmin_pages:move_confirm", page_to_move_id=rows.page, destination_id=rows.page)
    open_to(
        BOTH,
        "wagtailadmin_editing_sessions:ping",
        app_label=by_the_view,
        model_name=by_the_view,
        object_id=rows.thing_in_an_editor,
        session_id=rows.editing_session,
    )
    open_to(BOTH, "wagtailadmin_editing_sessions:release", session_id=rows.editing_session)


def _links() -> None:
    open_to(BOTH, "wagtailadmin_choose_page", instead=where_links_begin)
    open_to(
        BOTH,
        "wagtailadmin_choose_page_child",
        asked={"target_pages[]": rows.page},
        parent_page_id=rows.page_or_organisers,
    )
    open_to(BOTH, "wagtailadmin_choose_page_search")
    open_to(BOTH, "wagtailadmin_choose_page_chosen_multiple", asked={"id": rows.page})
    open_to(
        BOTH,
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
    )


def _pictures() -> None:
    open_to(
        BOTH,
        "wagtailimages:index",
        "wagtailimages:index_results",
        "wagtailimages:add",
        "wagtailimages:add_multiple",
    )
    open_to(
        BOTH,
        "wagtailimages:edit",
        "wagtailimages:delete",
        "wagtailimages:edit_multiple",
        "wagtailimages:delete_multiple",
        **PICTURE,
    )
    open_to(
        BOTH,
        "wagtailimages:create_multiple_from_uploaded_image",
        "wagtailimages:delete_upload_multiple",
        uploaded_file_id=rows.upload,
    )
    open_to(
        BOTH,
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:choose_results",
        asked={"tag": nothing},
    )
    open_to(BOTH, "wagtailimages_chooser:create")
    open_to(BOTH, "wagtailimages_chooser:chosen", pk=rows.picture)
    open_to(BOTH, "wagtailimages_chooser:chosen_multiple", asked={"id": rows.picture})


def _organisations() -> None:
    open_to(BOTH, "venues:index", "venues:index_results", "venues:add")
    open_to(BOTH, "venues:edit", pk=rows.venue_to_change)
    open_to(BOTH, "venue_chooser:choose", "venue_chooser:choose_results", "venue_chooser:create")
    open_to(BOTH, "venue_chooser:chosen", pk=rows.venue)
    open_to(BOTH, "venue_chooser:chosen_multiple", asked={"id": rows.venue})
    open_to(OFFICERS, "organisation:index", "organisation:index_results")
    open_to(
        OFFICERS,
        "organisation:edit",
        "organisation:members",
        "organisation:standing",
        pk=rows.organisation_overseen,
    )
    open_to(OFFICERS, "organisation:member", pk=rows.organisation_overseen, person=by_the_view)
