"""A draft as its page will look: the same template, filled from the page in memory."""

from typing import Any
from uuid import uuid4

from django.utils import timezone
from django.utils.safestring import SafeString

from events import activity_page, dates, page_words
from events.addresses import path_of
from events.coming_dates import ComingDate
from events.completeness import missing
from events.models import Activity
from events.views.activity import context as page_context


def context(activity: Activity) -> dict[str, Any]:
    """What the template shows, with the dates that the rules give, and what is still missing marked."""
    now = timezone.now()
    year = dates.school_year(activity.host.place)
    rows = {row.uuid: row for row in activity.rules.all()}
    given = dates.coming(rows.values(), year, timezone.localdate(now))
    venues = {uuid: row.venue or activity.venue for uuid, row in rows.items()}
    coming = [
        ComingDate(uuid4(), meeting.starts_at, meeting.ends_at, venues[meeting.rule_uuid])
        for meeting in given
        if meeting.ends_at > now
    ]
    words = page_words.words(
        coming,
        uuid=activity.uuid,
        title=activity.title,
        summary=activity.summary,
        path=path_of(activity),
        usual_venue=activity.venue_id,
        event="",
        near=[],
        confirmed_on=None,
        now=now,
    )
    shown = page_context(
        activity_page.of_draft(activity),
        {name: SafeString(word) for name, word in words.items()},  # nosec B703
    )
    return {**shown, "missing": missing(activity)}
