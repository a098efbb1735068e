"""What the CMS shows of organisations."""

from wagtail import hooks

from organisations.choosers import VenueChooserViewSet, venue_chooser


@hooks.register("register_admin_viewset")
def register_venue_chooser() -> VenueChooserViewSet:
    return venue_chooser
