"""Venues, placed by their postcode. The forms only ask; `organisations.actions.venues` makes and changes."""

import datetime
from dataclasses import asdict
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.models import User
from looks.forms import LookedForm
from organisations.actions import venues
from organisations.models import AccessFeature, Organisation, Venue, VenueAccess
from places.distance import miles_between
from places.models import Place
from places.postcodes import Position, find
from places.problems import Problem

Spot = tuple[float, float]  # latitude, longitude
MOST_MILES_FROM_POSTCODE = 2
"""A door that is farther from its postcode is a slip of the pen, or has another postcode."""


class VenueForm(forms.ModelForm):
    """Finds the position from the postcode, and the owner from the person who fills it in."""

    not_a_home = forms.BooleanField(
        label=_("This is not a private home"),
        help_text=_("We do not send children to private homes."),
        error_messages={"required": _("Tick this. If it is somebody’s home, choose another place.")},
    )

    class Meta:
        model = Venue
        fields = ("name", "street", "town", "postcode", "directions", "organisation")
        widgets = {"directions": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        self.position: Position | None = None
        self.shared_in: Place | None = None
        field = self.fields["organisation"]
        field.queryset = Organisation.objects.edited_by(for_user)
        # Only platform staff and officers make venues that everybody shares.
        field.required = not (for_user.is_superuser or for_user.offices.exists())
        mine = list(field.queryset[:2])
        if field.required and len(mine) == 1:
            field.initial = mine[0]
            field.widget = forms.HiddenInput()

    def clean_postcode(self) -> str:
        text = self.cleaned_data["postcode"]
        found = find(text)
        if isinstance(found, Problem):
            raise ValidationError(found.words)
        if not found.exact:
            raise ValidationError(_("We need the whole postcode, for instance HX1 1UJ."))
        self.position = found
        return _spelled(text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.position:
            self._check_place(cleaned, self.position)
        return cleaned

    def save(self, commit: bool = True) -> Venue:
        owner = self.cleaned_data["organisation"]
        place = owner.place if owner else self.shared_in
        return venues.add(place=place, organisation=owner, by=self.for_user, **self._facts())

    def _check_place(self, cleaned: dict[str, Any], position: Position) -> None:
        """One without an owner is shared in the person's place that answers for where it lies."""
        if cleaned.get("organisation"):
            return
        places = Place.objects.containing(position.area_code)
        if not self.for_user.is_superuser:
            places = places.filter(officers__user=self.for_user)
        self.shared_in = places.first()
        if self.shared_in is None:
            self.add_error("organisation", _("No place here has that postcode: say whose venue it is."))

    def _facts(self) -> dict[str, Any]:
        latitude, longitude = self._spot()
        said = {name: self.cleaned_data[name] for name in venues.FACTS if name in self.cleaned_data}
        return {**said, "latitude": latitude, "longitude": longitude}

    def _spot(self) -> Spot:
        found = self.position or self.instance
        return found.latitude, found.longitude


class AnswerForm(forms.ModelForm):
    """What is known of one access feature. Its name is the form's prefix, so that one page asks about all."""

    class Meta:
        model = VenueAccess
        fields = ("answer", "note", "checked_on")
        widgets = {"answer": forms.RadioSelect, "checked_on": AdminDateInput}

    def clean_checked_on(self) -> datetime.date | None:
        day = self.cleaned_data["checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    @property
    def feature(self) -> AccessFeature:
        return self.instance.feature

    @property
    def said(self) -> venues.Said:
        return venues.Said(**self.cleaned_data)


class VenueWithAccessForm(VenueForm):
    """The same with what is known of getting in, and a position that people may put right by hand."""

    latitude = forms.FloatField(label=_("Latitude"), required=False)
    longitude = forms.FloatField(label=_("Longitude"), required=False)

    class Meta(VenueForm.Meta):
        fields = ("name", "street", "town", "postcode", "latitude", "longitude", "directions", "organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = venues.access_of(self.instance) if self.instance.pk else {}
        self.answers = [
            AnswerForm(
                self.data if self.is_bound else None,
                prefix=feature.slug,
                instance=VenueAccess(feature=feature, **asdict(said.get(feature.slug, venues.NOTHING))),
            )
            for feature in AccessFeature.objects.all()
        ]

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(answer.is_valid() for answer in self.answers)])

    def clean(self) -> dict[str, Any]:
        """A position typed by hand must be near its postcode; one left out is the postcode's."""
        cleaned = super().clean()
        typed, found = self._by_hand(cleaned), self.position
        if typed and found and _miles(typed, found) > MOST_MILES_FROM_POSTCODE:
            self.add_error(
                "latitude", _("This is far from the postcode. Leave both empty to use the postcode.")
            )
        return cleaned

    def _by_hand(self, cleaned: dict[str, Any]) -> Spot | None:
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        return None if latitude is None or longitude is None else (latitude, longitude)

    def _spot(self) -> Spot:
        return self._by_hand(self.cleaned_data) or super()._spot()

    def _facts(self) -> dict[str, Any]:
        said = {answer.feature.slug: answer.said for answer in self.answers}
        return {**super()._facts(), "access": said}


class VenueChangeForm(LookedForm, VenueWithAccessForm):
    """A venue that is there already. It stays whose it is; once it is elsewhere, "no home" is asked anew."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["organisation"]
        self.fields["not_a_home"].required = False
        self.look_at(venues.version(self.instance))
        self.before = Venue.objects.select_related("place").get(pk=self.instance.pk)

    def clean_postcode(self) -> str:
        """One that is no longer known stays as long as nobody changes it."""
        typed = _spelled(self.cleaned_data["postcode"])
        try:
            return super().clean_postcode()
        except ValidationError:
            if typed == _spelled(self.before.postcode):
                return typed
            raise

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        elsewhere = any(cleaned.get(name) != getattr(self.before, name) for name in ("street", "postcode"))
        if elsewhere and not cleaned["not_a_home"]:
            self.add_error("not_a_home", _("It is at another address now, so tick this again."))
        return cleaned

    def save(self, commit: bool = True) -> Venue:
        return venues.change(
            venue=self.before, by=self.for_user, seen=self.cleaned_data["seen"], **self._facts()
        )

    def _check_place(self, cleaned: dict[str, Any], position: Position) -> None:
        place = self.before.place
        if self.before.organisation_id is None and position.area_code not in place.area_codes:
            self.add_error(
                "postcode", _("That is not in %(place)s, where this venue is shared.") % {"place": place}
            )

    def _by_hand(self, cleaned: dict[str, Any]) -> Spot | None:
        """What stood there already was not typed now."""
        typed = super()._by_hand(cleaned)
        return None if typed == self._stood_at else typed

    def _spot(self) -> Spot:
        """Where a hand put it; else where the postcode is, if that is new or nothing is said; else as was."""
        said = self.cleaned_data
        follows = said["postcode"] != self.before.postcode or None in (said["latitude"], said["longitude"])
        if self._by_hand(said) or (follows and self.position):
            return super()._spot()
        return self._stood_at

    @property
    def _stood_at(self) -> Spot:
        return self.before.latitude, self.before.longitude


def _miles(spot: Spot, position: Position) -> float:
    return miles_between(*spot, position.latitude, position.longitude)


def _spelled(postcode: str) -> str:
    plain = "".join(postcode.split()).upper()
    return f"{plain[:-3]} {plain[-3:]}"
