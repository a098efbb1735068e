"""The form of an organisation's public page."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from organisations import own
from organisations.models import OrganisationPage
from organisations.wall.forms import OnlyTheirs


class OrganisationPageForm(OnlyTheirs, WagtailAdminPageForm):
    """Wagtail's, with the person's own pictures and links, and nobody's own number."""

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not self.instance.organisation_id:
            return cleaned
        contact = {name: cleaned.get(name) or "" for name in ("phone", "email")}
        for name, words in own.refused(own.of_organisation(self.instance.organisation), **contact).items():
            self.add_error(name, words)
        return cleaned


def install() -> None:
    """Models know nothing of forms, so the page gets its own when the app is ready."""
    OrganisationPage.base_form_class = OrganisationPageForm
