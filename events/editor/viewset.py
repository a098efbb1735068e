"""Wagtail's editor views of an activity, with our side panel."""

from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet

from events.editor.checks import MissingSidePanel
from events.models import Activity
from organisations.screens.pages import OpensQuietly, PagesBelow, SaysWhoWasFirst


class SaysWhatIsMissing:
    """Adds the side panel."""

    def get_side_panels(self) -> MediaContainer:
        return MediaContainer([MissingSidePanel(self.page, self.request), *super().get_side_panels()])


class ActivityCreateView(SaysWhatIsMissing, CreateView):
    pass


class ActivityEditView(SaysWhatIsMissing, SaysWhoWasFirst, OpensQuietly, EditView):
    pass


class ActivityRevertView(SaysWhatIsMissing, OpensQuietly, RevisionsRevertView):
    pass


class ActivityViewSet(PageViewSet):
    model = Activity
    index_view_class = PagesBelow
    add_view_class = ActivityCreateView
    edit_view_class = ActivityEditView
    revisions_revert_view_class = ActivityRevertView


activity_viewset = ActivityViewSet()
