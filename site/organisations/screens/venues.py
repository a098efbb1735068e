"""Venues in the CMS: each person changes those of their organisations, officers also the shared ones."""

from django.db.models import Count, Q, QuerySet
from django.forms import ModelForm
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import ModelAdminURLFinder
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.permissions import register_permission_policy

from accounts.models import User
from organisations import permissions
from organisations.forms.venue import VenueChangeForm, VenueWithAccessForm
from organisations.models import Answer, Venue
from organisations.policies import VenuesPolicy
from organisations.screens.rows import RowsViewSet, SavesItself, TheirEditor, TheirList

register_permission_policy(Venue, VenuesPolicy(Venue))

KNOWN = ~Q(access__answer=Answer.UNKNOWN) & Q(access__isnull=False)


def rows(user: User) -> QuerySet[Venue]:
    return permissions.venues_edited_by(user).select_related("organisation")


def whose(venue: Venue) -> str:
    return str(venue.organisation) if venue.organisation else gettext("Everybody of the place")


def where(venue: Venue) -> str:
    return ", ".join(part for part in (venue.street, venue.town, venue.postcode) if part)


def how_much_is_known(venue: Venue) -> str:
    if not venue.known:
        return gettext("Nothing yet")
    return ngettext("%(count)d answer", "%(count)d answers", venue.known) % {"count": venue.known}


class VenueList(TheirList):
    rows = staticmethod(rows)

    def get_base_queryset(self) -> QuerySet[Venue]:
        return super().get_base_queryset().annotate(known=Count("access", filter=KNOWN, distinct=True))


class AddVenue(SavesItself, generic.CreateView):
    pass


class ChangeVenue(SavesItself, TheirEditor):
    rows = staticmethod(rows)


class VenueAddresses(ModelAdminURLFinder):
    """Choosers ask where a venue is changed without saying who asks.

    They show people venues of organisations that they edit, and shared ones, which are officers' to change.
    """

    def get_edit_url(self, instance: Venue) -> str | None:
        if self.user is None and instance.organisation_id is None:
            return None
        return super().get_edit_url(instance)


class VenueViewSet(RowsViewSet):
    model = Venue
    name = "venues"
    icon = "home"
    menu_label = _("Venues")
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = VenueList
    add_view_class = AddVenue
    edit_view_class = ChangeVenue
    index_results_template_name = "organisations/screens/venues_results.html"
    create_template_name = edit_template_name = "organisations/screens/venue.html"
    ordering = ["name", "pk"]
    list_display = [
        "name",
        Column("where", label=_("Address"), accessor=where),
        Column("whose", label=_("Whose"), accessor=whose),
        Column("known", label=_("Access"), accessor=how_much_is_known),
    ]
    search_fields = ["name", "street", "town", "postcode"]

    @property
    def url_finder_class(self) -> type[VenueAddresses]:
        return type("_VenueAddresses", (VenueAddresses,), {"edit_url_name": self.get_url_name("edit")})

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return VenueChangeForm if for_update else VenueWithAccessForm


venue_viewset = VenueViewSet()
