"""An officer takes the first look at an activity and decides."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.requests import SignedIn
from events import dates
from events.actions import reviews
from events.editor.summary import summarise
from events.forms.review import APPROVE, ReviewForm
from events.models import Activity, Review
from organisations.permissions import overseen_by
from organisations.screens.desk import DecidingScreen


class ReviewScreen(DecidingScreen):
    page_title = gettext_lazy("First look")
    template_name = "events/editor/review.html"
    form_class = ReviewForm

    def dispatch(self, request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        mine = Review.objects.filter(activity__host__in=overseen_by(request.user))
        self.review = get_object_or_404(
            mine.select_related("activity__host__place"), activity__uuid=kwargs["uuid"]
        )
        self.draft: Activity = self.review.activity.get_latest_revision_as_object()
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return self.draft.title

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.review.activity.latest_revision_id}

    def act(self, form: ReviewForm) -> str:
        said, by = form.cleaned_data, self.request.user
        if said["decision"] == APPROVE:
            reviews.approve(activity=self.review.activity, seen=said["seen"], by=by)
            return _("“%(title)s” is approved.") % {"title": self.draft.title}
        reviews.send_back(activity=self.review.activity, words=said["words"], by=by)
        return _("%(host)s has your words by mail.") % {"host": self.draft.host}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        year = dates.school_year(self.draft.host.place)
        return super().get_context_data(
            review=self.review,
            draft=self.draft,
            summary=summarise(self.draft.rules.all(), year, timezone.localdate()),
            **kwargs,
        )
