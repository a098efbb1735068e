"""What the CMS shows of organisations."""

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.documents.models import Document
from wagtail.models import Collection, Page
from wagtail.permissions import register_permission_policy

from accounts.requests import SignedIn
from images.models import Picture
from organisations import permissions
from organisations.choosers import VenueChooserViewSet, venue_chooser
from organisations.policies import CollectionsPolicy, MediaPolicy, PagesPolicy
from organisations.screens import staff
from organisations.screens.concerns import ConcernViewSet, concern_viewset
from organisations.screens.desk import ApplicationScreen, DeclarationScreen, Desk
from organisations.screens.leads import LeadViewSet, lead_viewset
from organisations.screens.officers import OfficerViewSet, officer_viewset
from organisations.screens.organisations import OrganisationsViewSetGroup
from organisations.screens.pages import OrganisationPageViewSet, organisation_page_viewset
from organisations.screens.venues import VenueViewSet, venue_viewset
from organisations.wall import closing, gates, menus, openings

__all__ = ["menus"]

# By the exact class: these stand before Wagtail's own, whichever is registered first.
for media, its_rights in ((Picture, "wagtailimages.Image"), (Document, "wagtaildocs.Document")):
    its_policy = MediaPolicy(media, auth_model=its_rights, owner_field_name="uploaded_by_user")
    register_permission_policy(media, its_policy, exact_class=True)
register_permission_policy(Collection, CollectionsPolicy(Collection), exact_class=True)
register_permission_policy(Page, PagesPolicy())
staff.shorten()
closing.close()
openings.open_all()


@hooks.register("register_admin_viewset")
def register_venue_chooser() -> VenueChooserViewSet:
    return venue_chooser


@hooks.register("register_admin_viewset")
def register_venues() -> VenueViewSet:
    return venue_viewset


@hooks.register("register_admin_viewset")
def register_organisations() -> OrganisationsViewSetGroup:
    return OrganisationsViewSetGroup()


@hooks.register("register_admin_viewset")
def register_organisation_pages() -> OrganisationPageViewSet:
    return organisation_page_viewset


@hooks.register("register_admin_viewset")
def register_concerns() -> ConcernViewSet:
    return concern_viewset


@hooks.register("register_admin_viewset")
def register_leads() -> LeadViewSet:
    return lead_viewset


@hooks.register("register_admin_viewset")
def register_officers() -> OfficerViewSet:
    return officer_viewset


hooks.register(
    "register_bulk_action", staff.CloseAccounts, order=1
)  # after Wagtail's own, whose place it takes

gates.open_to(permissions.is_lead, "concern:index", "concern:index_results")
gates.open_to(permissions.is_lead, "concern:concern", concern=gates.by_the_view)
gates.open_to(
    permissions.is_lead,
    "concern:suspend_organisation",
    "concern:suspend_activity",
    concern=gates.by_the_view,
    what=gates.one_of("organisation", "activity"),
)
gates.open_to(gates.OFFICERS, "desk")
gates.open_to(gates.OFFICERS, "desk_application", "desk_declaration", uuid=gates.by_the_view)


class DeskItem(MenuItem):
    """Only officers have a desk."""

    def is_shown(self, request: SignedIn) -> bool:
        return permissions.is_any_officer(request.user)


@hooks.register("register_admin_menu_item")
def show_desk() -> MenuItem:
    return DeskItem(_("Desk"), reverse("desk"), name="desk", icon_name="tasks", order=90)


gates.open_to_everybody("concern")


@hooks.register("register_help_menu_item")
def report_a_concern() -> MenuItem:
    """On every page means in the CMS too; the form there asks nobody who they are."""
    return MenuItem(_("Report a concern"), reverse("concern"), name="concern", icon_name="warning", order=10)


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    """Names that begin with `desk` are for officers only."""
    return [
        path("desk/", Desk.as_view(), name="desk"),
        path("desk/applications/<uuid:uuid>/", ApplicationScreen.as_view(), name="desk_application"),
        path("desk/declarations/<uuid:uuid>/", DeclarationScreen.as_view(), name="desk_declaration"),
    ]
