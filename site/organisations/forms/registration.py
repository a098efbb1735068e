"""A new organisation: whose place it belongs to, what it is, its lasting address; and its name later."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from accounts.models import User
from looks.forms import LookedModelForm
from organisations.actions import naming
from organisations.models import Kind, Organisation, OrganisersPage
from places.models import School


class RegistrationForm(WagtailAdminModelForm):
    """Only asks; `organisations.actions.registration` makes the organisation and its page."""

    class Meta:
        model = Organisation
        fields = ("name", "kind", "place", "slug", "urn")

    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        above = OrganisersPage.objects.get()
        if Page.objects.child_of(above).filter(slug=slug).exists():
            raise ValidationError(_("Another page has this address."))
        return slug

    def clean_urn(self) -> int | None:
        urn = self.cleaned_data["urn"]
        if urn and School.objects.lacks(urn):
            raise ValidationError(_("No school has this number."))
        return urn


class NameForm(LookedModelForm):
    """Its action tells whatever was written with the name and the number."""

    class Meta:
        model = Organisation
        fields = ("name", "urn", "thread")

    def __init__(self, *args: Any, for_user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.for_user = for_user
        if self.instance.kind != Kind.SCHOOL:
            del self.fields["urn"]

    def save(self, commit: bool = True) -> Organisation:
        return naming.change_organisation(
            organisation=self.instance, said=self.said, seen=self.look, by=self.for_user
        )
