"""“Run activities here” in short steps. What makes up the declaration is in `forms.declaration`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organisations.actions.applications import NEEDED
from organisations.forms.phones import check_phone
from organisations.models import Application, Kind
from places.models import Place

NUMBERED = {Kind.CLUB, Kind.GROUP}


class ApplicationForm(forms.ModelForm):
    """Some of its answers; `organisations.actions.applications` keeps them."""

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.required = name in NEEDED

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name in [name for name in said if name.endswith("phone")]:
            if said[name]:
                check_phone(self, name, said[name])
        return said


class KindForm(ApplicationForm):
    kind = forms.ChoiceField(label=_("What are you?"), choices=Kind.choices, widget=forms.RadioSelect)
    urn = forms.IntegerField(
        label=_("School: your register number"),
        min_value=100_000,
        max_value=999_999,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=_("Six digits, called URN. Leave it empty if you do not know it: the name is enough."),
    )

    class Meta(ApplicationForm.Meta):
        fields = ("place", "kind", "name", "urn", "charity_number", "governing_body")
        labels = {
            "charity_number": _("Club or group: your charity number"),
            "governing_body": _("Or your governing body"),
        }
        help_texts = {
            "governing_body": _(
                "For instance the FA. If you have none, say who stands behind you: a church, a school."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = Place.objects.order_by("name")
        if self.instance.place_id and Place.objects.count() == 1:
            del self.fields["place"]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind = said.get("kind")
        if kind != Kind.SCHOOL:
            said["urn"] = None
        if kind in NUMBERED and not said.get("charity_number") and not said.get("governing_body"):
            self.add_error("charity_number", _("Give your charity number, or who stands behind you below."))
        return said


class PeopleForm(ApplicationForm):
    class Meta(ApplicationForm.Meta):
        fields = (
            *("first_name", "first_role", "first_phone"),
            *("second_name", "second_role", "second_phone", "second_email"),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, second = said.get("first_name", ""), said.get("second_name", "")
        if second and second.casefold() == first.casefold():
            self.add_error("second_name", _("This has to be somebody else than you."))
        email = said.get("second_email", "")
        if email and email.casefold() == self.instance.applicant.email.casefold():
            self.add_error("second_email", _("This is your own address. Give theirs."))
        return said


class ContactForm(ApplicationForm):
    website = forms.URLField(label=_("Website"), assume_scheme="https", max_length=200)  # ty: ignore[unknown-argument] (the stubs are older)

    class Meta(ApplicationForm.Meta):
        fields = ("summary", "email", "phone", "website")
        help_texts = {
            "email": _("The one of your club, never a person’s own."),
            "phone": _("The one of your club, never a person’s own. Leave it empty if there is none."),
        }
