"""A new venue, placed by its postcode."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from organisations.models import Organisation, Venue
from places.models import Place
from places.postcodes import Position, find
from places.problems import Problem


class VenueForm(forms.ModelForm):
    """Finds the position from the postcode, and the owner from the person who fills it in."""

    not_a_home = forms.BooleanField(
        label=_("This is not a private home"), help_text=_("We do not send children to private homes.")
    )

    class Meta:
        model = Venue
        fields = ("name", "street", "town", "postcode", "directions", "organisation")
        widgets = {"directions": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.position: Position | None = None
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
            raise forms.ValidationError(found.words)
        if not found.exact:
            raise forms.ValidationError(_("We need the whole postcode, for instance HX1 1UJ."))
        self.position = found
        plain = "".join(text.split()).upper()
        return f"{plain[:-3]} {plain[-3:]}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.position and not cleaned.get("organisation") and not self._place(None, self.position):
            self.add_error("organisation", _("No place here has that postcode: say whose venue it is."))
        return cleaned

    def save(self, commit: bool = True) -> Venue:
        venue = self.instance
        if self.position:
            venue.place = self._place(venue.organisation, self.position)
            venue.latitude, venue.longitude = self.position.latitude, self.position.longitude
        return super().save(commit)

    def _place(self, organisation: Organisation | None, position: Position) -> Place | None:
        if organisation:
            return organisation.place
        return Place.objects.containing(position.area_code).first()
