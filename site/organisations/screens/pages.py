"""Wagtail's views of organisations' pages, and of activities, without what they need not ask."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import WagtailAdminPageForm
from wagtail.admin.models import EditingSession
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.editing_sessions import EditingSessionsModule
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from accounts.requests import SignedIn
from organisations.models import OrganisationPage

NOBODYS = 0
"""No sign of life has this number."""


class OpensQuietly:
    """For editors: opening a page writes nothing.

    Who has it open is known from the first sign of life, which the browser sends at once; those that are over
    are deleted every night, not each time.
    """

    request: SignedIn

    def get_object(self) -> Page:
        page = super().get_object()
        page.latest_revision = self.latest_revision  # which has been read
        return page

    def get_editing_sessions(self) -> EditingSessionsModule:
        page = [Page._meta.app_label, Page._meta.model_name, self.page.pk]
        return EditingSessionsModule(
            EditingSession(pk=NOBODYS, user=self.request.user),
            reverse("wagtailadmin_editing_sessions:ping", args=[*page, NOBODYS]),
            reverse("wagtailadmin_editing_sessions:release", args=[NOBODYS]),
            [],
            self.page.latest_revision_id,
            self.latest_revision_created_at,
        )


class SaysWhoWasFirst:
    """For editors: who saves over what somebody else has saved meanwhile is told first, and presses again.

    Wagtail warns a browser that runs its scripts, within ten seconds; without them, or in these seconds, the
    later one would win and never know.
    """

    request: SignedIn

    def form_valid(self, form: WagtailAdminPageForm) -> HttpResponse:
        if self.expects_json_response or not self.is_out_of_date:
            return super().form_valid(form)
        form.add_error(
            None,
            _("Somebody has saved this page since you opened it. See “History” for what they changed.")
            + " "
            + _("What you typed is still here: save again to put it in its place."),
        )
        form.restore_required_fields()
        return self.form_invalid(form)


class NotCounted:
    """How often others name a page says whether it can be deleted. These stay once they have been public."""

    def get_side_panels(self) -> MediaContainer:
        panels = super().get_side_panels()
        for panel in panels:
            if hasattr(panel, "usage_url"):
                panel.usage_url = None
        return panels


class OrganisationEditor(SaysWhoWasFirst, OpensQuietly, NotCounted, EditView):
    pass


class OrganisationReverter(OpensQuietly, NotCounted, RevisionsRevertView):
    pass


class PagesBelow(ExplorableIndexView):
    """Pages of one type below another, read whole at once. Searching still goes over all types."""

    base_columns = [column for column in ExplorableIndexView.base_columns if column.name != "parent"]

    def setup(self, *args: Any, **kwargs: Any) -> None:
        super().setup(*args, **kwargs)
        self.listed, self.model = self.model, Page

    def get_base_queryset(self) -> QuerySet[Page]:
        if self.is_searching or self.is_filtering:
            return super().get_base_queryset()
        theirs = self.permission_policy.explorable_instances(self.request.user)
        below = self.listed.objects.child_of(self.parent_page).filter(pk__in=theirs.values("pk"))
        whole = below.select_related("content_type")
        return whole.annotate_site_root_state().annotate_approved_schedule()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Wagtail would ask the cache, which is a table, for the site's address once for each page."""
        context = super().get_context_data(**kwargs)
        known = self.parent_page._get_site_root_paths(self.request)
        for page in (self.parent_page, *context["object_list"]):
            page._wagtail_cached_site_root_paths = known
        return context


class OrganisationsBelow(NotCounted, PagesBelow):
    pass


class OrganisationPageViewSet(PageViewSet):
    model = OrganisationPage
    index_view_class = OrganisationsBelow
    edit_view_class = OrganisationEditor
    revisions_revert_view_class = OrganisationReverter


organisation_page_viewset = OrganisationPageViewSet()
