"""The form of an organisation's public page."""

from wagtail.admin.forms import WagtailAdminPageForm

from organisations.models import OrganisationPage
from organisations.wall.forms import OnlyTheirs


class OrganisationPageForm(OnlyTheirs, WagtailAdminPageForm):
    """Wagtail's, with the person's own pictures and links."""


def install() -> None:
    """Models know nothing of forms, so the page gets its own when the app is ready."""
    OrganisationPage.base_form_class = OrganisationPageForm
