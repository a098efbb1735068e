"""Editing a place and its terms."""

from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm

from places.models import Place
from places.signals import school_year_changed


class PlaceForm(WagtailAdminModelForm):
    """A place's address stays as it was first given; its terms are looked at together, changed ones too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("Each code looks like E08000033. Put commas between them.")
        self.fields["area_codes"].error_messages["item_invalid"] = words
        if self.instance.pk:
            self.fields["slug"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        terms = self.formsets["terms"]
        if terms.is_valid():
            kept = [form for form in terms.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
            kept.sort(key=lambda form: form.cleaned_data["first_day"])
            for earlier, later in pairwise(kept):
                if later.cleaned_data["first_day"] <= earlier.cleaned_data["last_day"]:
                    words = _("The term “%(name)s” ends on or after this day. Two terms cannot share a day.")
                    later.add_error("first_day", words % {"name": earlier.cleaned_data["name"]})
        return cleaned

    def save(self, commit: bool = True) -> Place:
        place = super().save(commit)
        if commit and (self.formsets["terms"].has_changed() or "nation" in self.changed_data):
            school_year_changed.send(sender=Place, places=[place])
        return place
