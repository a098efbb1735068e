"""A new organisation: whose place it belongs to, what it is, and the address that it keeps."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.models import Page

from organisations.models import Organisation, OrganisersPage


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
