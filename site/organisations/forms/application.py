"""“Run activities here” in short steps. What makes up the declaration is in `forms.declaration`."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from looks.forms import LookedModelForm
from organisations import own
from organisations.actions.applications import NEEDED
from organisations.forms.phones import check_phone
from organisations.models import Application, Kind
from places.models import Place, School
from places.school_register.rows import URN

NUMBERED = {Kind.CLUB, Kind.GROUP}
NONE_OF_THEM = "none"
MOST_FOUND = 6


class ApplicationForm(LookedModelForm):
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
        help_text=_("Six digits, called URN. Leave it empty if you do not know it: we look for the name."),
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
        answered = self.data.get(self.add_prefix("found"), "")
        if answered == NONE_OF_THEM or URN.fullmatch(answered):
            urns = [int(answered)] if answered != NONE_OF_THEM else []
            self._offer(list(School.objects.teaching().filter(pk__in=urns)))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        kind = said.get("kind")
        if kind == Kind.SCHOOL:
            said["urn"] = self._school(said)
        else:
            said["urn"] = None
        said.pop("found", None)
        if kind in NUMBERED and not said.get("charity_number") and not said.get("governing_body"):
            self.add_error("charity_number", _("Give your charity number, or who stands behind you below."))
        return said

    def _school(self, said: dict[str, Any]) -> int | None:
        """Its number in the register. Where only a name is given it is looked up there, and asked about."""
        urn, name, found = said.get("urn"), said.get("name"), said.get("found")
        if urn or not name or "urn" in self.errors:
            self._check_number(urn)
            return urn
        if found == NONE_OF_THEM or (found and "found" not in self.errors):
            return None if found == NONE_OF_THEM else int(found)
        near = self._like(name, said.get("place") or self.instance.place)
        if near:
            self._ask(near)
        return None

    def _check_number(self, urn: int | None) -> None:
        school = School.objects.filter(pk=urn).first() if urn else None
        if urn and School.objects.lacks(urn):
            self.add_error("urn", _("No school has this number. Leave it empty and we look for the name."))
        elif school and not school.is_teaching:
            self.add_error("urn", _("The school with this number is not open. Is it another one?"))

    def _like(self, name: str, place: Place | None) -> list[School]:
        """Open schools of the place that are called so."""
        schools = School.objects.teaching()
        return list((schools.within(place.area_codes) if place else schools).called(name)[:MOST_FOUND])

    def _ask(self, near: list[School]) -> None:
        self._offer(near)
        self.add_error("found", _("We found this in the list of schools. Say which one you are."))

    def _offer(self, near: list[School]) -> None:
        """A question that is only there once a name was looked up; it stands below the number."""
        choices = [(str(school.urn), _in_words(school)) for school in near]
        self.fields["found"] = forms.ChoiceField(
            label=_("Is it one of these?"),
            choices=[*choices, (NONE_OF_THEM, _("None of these"))],
            widget=forms.RadioSelect,
            required=False,
        )
        order = list(self.Meta.fields)
        order.insert(order.index("urn") + 1, "found")
        self.order_fields(order)


def _in_words(school: School) -> str:
    """With its street or town, since many share a name."""
    where = ", ".join(filter(None, [school.street, school.town or school.authority]))
    return f"{school.name} ({where})" if where else school.name


class PeopleForm(ApplicationForm):
    class Meta(ApplicationForm.Meta):
        fields = (
            *("first_name", "first_role", "first_phone"),
            *("second_name", "second_role", "second_phone", "second_email"),
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, second = said.get("first_name", ""), said.get("second_name", "")
        if second and own.same_name(second, first):
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

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        contact = {name: said.get(name) or "" for name in ("phone", "email")}
        for name, words in own.refused(own.of_application(self.instance), **contact).items():
            self.add_error(name, words)
        return said
