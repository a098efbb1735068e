"""What the CMS shows of organisations."""

from wagtail import hooks
from wagtail.snippets.models import register_snippet

from organisations.choosers import VenueChooserViewSet, venue_chooser
from organisations.registry import RegistryViewSetGroup


@hooks.register("register_admin_viewset")
def register_venue_chooser() -> VenueChooserViewSet:
    return venue_chooser


register_snippet(RegistryViewSetGroup)
