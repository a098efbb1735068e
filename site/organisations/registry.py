"""The organisations of the installation and what hangs on them, in the CMS, for platform staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from organisations.models import AccessFeature, Organisation


class OrganisationViewSet(SnippetViewSet):
    """Shows what is; names and states change through actions, which write the audit trail."""

    model = Organisation
    icon = "group"
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
