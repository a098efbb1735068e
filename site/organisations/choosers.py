"""Choosing a venue in the CMS: by postcode, name or town, or making a new one."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import chooser
from wagtail.admin.viewsets.chooser import ChooserViewSet

from accounts.requests import SignedIn
from organisations.forms.venue import VenueForm
from organisations.models import Organisation, Venue
from organisations.permissions import venues_usable_by
from places.postcodes import find
from places.problems import Problem

# Degrees of latitude: about two miles around a postcode.
NEARBY = 0.03


class VenueSearchForm(BaseFilterForm):
    """A postcode finds what is around it, nearest first; anything else finds names, streets and towns."""

    q = forms.CharField(
        label=_("Postcode, name or town"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"placeholder": _("HX1 1UJ or Central Library")}),
    )

    def filter(self, objects: QuerySet[Venue]) -> QuerySet[Venue]:
        text = self.cleaned_data.get("q", "").strip()
        if not text:
            return objects
        self.is_searching, self.search_query = True, text
        found = find(text)
        if isinstance(found, Problem):
            return objects.filter(
                Q(name__icontains=text) | Q(town__icontains=text) | Q(street__icontains=text)
            )
        latitude, longitude = found.latitude, found.longitude
        return (
            objects.filter(
                latitude__range=(latitude - NEARBY, latitude + NEARBY),
                longitude__range=(longitude - 2 * NEARBY, longitude + 2 * NEARBY),
            )
            .annotate(off=Abs(F("latitude") - Value(latitude)) + Abs(F("longitude") - Value(longitude)))
            .order_by("off", "name")
        )


class Mine:
    """Only venues that the person's organisations may use, in every view of the chooser."""

    filter_form_class = VenueSearchForm

    def get_object_list(self) -> QuerySet[Venue]:
        return venues_usable_by(self.request.user)

    @property
    def columns(self) -> list[Column]:
        return [
            self.title_column,
            Column("address", label=_("Address"), accessor="address"),
        ]


class Makes:
    """The form for a new venue knows who fills it in. Editors of an organisation may make its venues."""

    def can_create(self) -> bool:
        user = self.request.user
        return user.is_superuser or Organisation.objects.edited_by(user).exists() or user.offices.exists()

    def get_creation_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_creation_form_kwargs(), "for_user": self.request.user}


class VenueChooseView(Makes, Mine, chooser.ChooseView):
    pass


class VenueResultsView(Makes, Mine, chooser.ChooseResultsView):
    pass


class VenueCreateView(Makes, chooser.CreateView):
    pass


class VenueChosenView(chooser.ChosenView):
    request: SignedIn

    def get_object(self, pk: str) -> Venue:
        return venues_usable_by(self.request.user).get(pk=pk)


class VenueChosenMultipleView(chooser.ChosenMultipleView):
    request: SignedIn

    def get_objects(self, pks: list[str]) -> QuerySet[Venue]:
        return venues_usable_by(self.request.user).filter(pk__in=[pk for pk in pks if pk.isdigit()])


class VenueChooserViewSet(ChooserViewSet):
    model = Venue
    icon = "home"
    choose_one_text = _("Choose a venue")
    choose_another_text = _("Choose another venue")
    edit_item_text = _("Change this venue")
    create_action_label = _("Add this venue")
    creation_tab_label = _("A new venue")
    choose_view_class = VenueChooseView
    choose_results_view_class = VenueResultsView
    chosen_view_class = VenueChosenView
    chosen_multiple_view_class = VenueChosenMultipleView
    create_view_class = VenueCreateView
    creation_form_class = VenueForm


venue_chooser = VenueChooserViewSet("venue_chooser")
