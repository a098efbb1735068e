"""What the CMS shows of organisations."""

from wagtail import hooks

from organisations.choosers import VenueChooserViewSet, venue_chooser
from organisations.screens.concerns import ConcernViewSet, concern_viewset
from organisations.screens.leads import LeadViewSet, lead_viewset
from organisations.screens.organisations import OrganisationsViewSetGroup
from organisations.screens.venues import VenueViewSet, venue_viewset
from organisations.wall import closing, menus, openings

__all__ = ["menus"]

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
def register_concerns() -> ConcernViewSet:
    return concern_viewset


@hooks.register("register_admin_viewset")
def register_leads() -> LeadViewSet:
    return lead_viewset
