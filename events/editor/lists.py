"""The editable lists and their screens in the CMS, for platform staff."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.snippets.views import snippets
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from events.models import ActivityType, Aim, Language
from looks.editors import LookedEditor


class LookedSnippetView(LookedEditor, snippets.EditView):
    pass


class ActivityTypeViewSet(SnippetViewSet):
    model = ActivityType
    edit_view_class = LookedSnippetView
    icon = "tag"
    list_display = ["name", "slug", "warp", "weft", "position"]
    search_fields = ["name", "words"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]),
        FieldRowPanel([FieldPanel("warp"), FieldPanel("weft")]),
        FieldPanel("words"),
        FieldPanel("openactive"),
    ]


class LanguageViewSet(SnippetViewSet):
    model = Language
    edit_view_class = LookedSnippetView
    icon = "globe"
    list_display = ["name", "autonym", "code", "slug", "position"]
    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("autonym")]),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("code"), FieldPanel("position")]),
    ]


class AimViewSet(SnippetViewSet):
    model = Aim
    edit_view_class = LookedSnippetView
    icon = "pick"
    list_display = ["name", "officers_name", "slug", "position"]
    panels = [
        FieldPanel("name"),
        FieldPanel("officers_name"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("position")]),
    ]


class ListsViewSetGroup(SnippetViewSetGroup):
    """One menu for the lists that activities choose from."""

    items = (ActivityTypeViewSet, LanguageViewSet, AimViewSet)
    menu_label = _("Lists")
    menu_icon = "list-ul"
    menu_order = 600
