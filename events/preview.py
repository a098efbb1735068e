"""A draft as its page will look: the same template, filled from the page in memory."""

from typing import Any

from django.utils import timezone

from events import activity_page, dates
from events.completeness import missing
from events.models import Activity, Occurrence
from events.views.activity import context as page_context


def context(activity: Activity) -> dict[str, Any]:
    """What the template shows, with the dates that the rules give, and what is still missing marked."""
    now = timezone.now()
    year = dates.school_year(activity.host.place)
    rows = {row.uuid: row for row in activity.rules.all()}
    given = dates.coming(rows.values(), year, timezone.localdate(now))
    coming = [
        Occurrence(
            activity=activity,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            venue=rows[meeting.rule_uuid].venue or activity.venue,
        )
        for meeting in given
        if meeting.ends_at > now
    ]
    shown = page_context(activity_page.of_draft(activity), coming, now)
    return {**shown, "missing": missing(activity), "structured": ""}
