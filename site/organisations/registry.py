"""The organisations of the installation and what hangs on them, in the CMS, for platform staff."""

from django.forms import ModelForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from accounts.requests import SignedIn
from organisations.actions import registration
from organisations.forms.registration import RegistrationForm
from organisations.models import AccessFeature, Organisation
from places.permissions import PlatformStaffOnly

register_permission_policy(Organisation, PlatformStaffOnly(Organisation, never={"delete"}))


class RegisterView(CreateView):
    """A new organisation gets its page and its group with it, so the action makes it."""

    request: SignedIn

    def get_panel(self) -> None:
        """The panels are those of an organisation that is there already."""

    def save_instance(self) -> Organisation:
        return registration.register(by=self.request.user, **self.form.cleaned_data)


class OrganisationViewSet(SnippetViewSet):
    """Shows what is; names and states change through actions, which write the audit trail."""

    model = Organisation
    icon = "group"
    add_view_class = RegisterView
    copy_view_enabled = False
    list_display = ["name", "kind", "place", "state", "declaration_until"]
    list_filter = ["kind", "state", "place"]
    search_fields = ["name", "slug"]
    inspect_view_enabled = True
    inspect_view_fields = [
        "name",
        "kind",
        "place",
        "slug",
        "urn",
        "state",
        "verified_on",
        "declaration_until",
        "created_at",
    ]
    panels = [
        FieldRowPanel([FieldPanel("kind", read_only=True), FieldPanel("place", read_only=True)]),
        FieldPanel("thread"),
    ]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return super().get_form_class(for_update) if for_update else RegistrationForm


class AccessFeatureViewSet(SnippetViewSet):
    model = AccessFeature
    icon = "help"
    list_display = ["name", "slug", "position"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]),
        FieldPanel("question"),
    ]


class RegistryViewSetGroup(SnippetViewSetGroup):
    items = (OrganisationViewSet, AccessFeatureViewSet)
    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 500
