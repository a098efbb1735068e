"""What the CMS editor asks for while an activity is typed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedIn
from events import dates
from events.editor.summary import summarise
from events.models import Activity
from organisations.models import OrganisationPage
from organisations.permissions import may_edit


@require_POST
def dates_summary(request: SignedIn, parent_id: int) -> HttpResponse:
    """The words for the rules in the posted form; rules that are not complete yet are passed over, what
    cannot be is said."""
    parent = get_object_or_404(OrganisationPage.objects.select_related("organisation__place"), pk=parent_id)
    if not may_edit(request.user, parent.organisation):
        raise PermissionDenied
    form_class = Activity.get_edit_handler().get_form_class()
    form = form_class(
        request.POST, instance=Activity(host=parent.organisation), parent_page=parent, for_user=request.user
    )
    rows, refused = [], []
    for rule in form.formsets["rules"].forms:
        rule.is_valid()
        if getattr(rule, "cleaned_data", {}).get("DELETE"):
            continue
        refused += rule.refused()
        if rule.rule():
            rows.append(rule.instance)
    year = dates.school_year(parent.organisation.place)
    summary = summarise(rows, year, timezone.localdate(), refused)
    return render(request, "events/editor/dates_summary_lines.html", {"summary": summary})
