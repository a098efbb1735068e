"""What an activity's page says, read in three queries: the activity, all that hangs on it, its dates.

A draft is shown by the same template: `of_draft` gathers the same from the page in memory.
"""

import dataclasses
import datetime
import json
from typing import Any

from django.db import connection

from events import access
from events.models import Activity, ActivityAccess, Listing, Occurrence
from organisations.models import AccessFeature, Answer, Organisation, State, Venue, VenueAccess

# One round trip in place of four. Written out because putting it together from querysets costs the worker ten
# times as long as reading it (5 ms a page).
HANGING = """
    SELECT
        (SELECT jsonb_agg(jsonb_build_array(feature.slug, feature.name,
                CASE WHEN own.id IS NOT NULL THEN jsonb_build_object(
                    'answer', own.answer, 'note', own.note, 'checked_on', own.checked_on) END,
                CASE WHEN venues.id IS NOT NULL THEN jsonb_build_object(
                    'answer', venues.answer, 'note', venues.note, 'checked_on', venues.checked_on) END)
            ORDER BY feature.position, feature.name)
         FROM organisations_accessfeature feature
         LEFT JOIN events_activityaccess own ON own.feature_id = feature.id AND own.activity_id = %(activity)s
         LEFT JOIN organisations_venueaccess venues
             ON venues.feature_id = feature.id AND venues.venue_id = %(venue)s),
        (SELECT jsonb_agg(language.name ORDER BY language.position, language.name)
         FROM events_activity_languages spoken
         JOIN events_language language ON language.id = spoken.language_id
         WHERE spoken.activity_id = %(activity)s),
        (SELECT jsonb_agg(jsonb_build_array(aim.slug, aim.name) ORDER BY aim.position, aim.name)
         FROM events_activity_aims serves JOIN events_aim aim ON aim.id = serves.aim_id
         WHERE serves.activity_id = %(activity)s),
        (SELECT jsonb_agg(jsonb_build_array(organisation.name, organisation.slug) ORDER BY organisation.name)
         FROM events_coorganiser partner
         JOIN organisations_organisation organisation ON organisation.id = partner.organisation_id
         WHERE partner.activity_id = %(activity)s AND partner.accepted_at IS NOT NULL
             AND organisation.state = %(public)s AND organisation.declaration_until >= %(on)s)
"""


@dataclasses.dataclass(frozen=True, slots=True)
class Partner:
    """A public organisation that helps to run the activity."""

    name: str
    slug: str


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What the page is made of."""

    activity: Activity
    access: list[access.Known]
    languages: list[str]
    aims: list[tuple[str, str]]
    partners: list[Partner]

    @property
    def venue(self) -> Venue:
        return self.activity.venue

    @property
    def host(self) -> Organisation:
        return self.activity.host

    def access_with(self, answer: str) -> list[access.Known]:
        return [known for known in self.access if known.answer == answer]

    @property
    def access_yes(self) -> list[access.Known]:
        return self.access_with(Answer.YES)

    @property
    def access_no(self) -> list[access.Known]:
        return self.access_with(Answer.NO)

    @property
    def access_unknown(self) -> list[access.Known]:
        return self.access_with(Answer.UNKNOWN)


def find(organiser: str, slug: str) -> Activity | None:
    """The activity at that address, public or not, with its host, venue, type and pictures; one query."""
    found = Activity.objects.select_related(
        "host__page", "host__place", "venue", "type", "picture", "entrance_picture"
    ).filter(host__slug=organiser, slug=slug)
    # Not `first()`, which sorts: then the planner looks at the orders of 13 tables.
    return next(iter(found.order_by()), None)


def was_public(activity: Activity) -> bool:
    """Whether the public ever saw it: then its address says that it has gone."""
    return Listing.objects.filter(pk=activity.pk).exists()


def of_stored(activity: Activity, on: datetime.date) -> Content:
    """All that hangs on an activity that `find` gave; one query. Partners are public on the day."""
    asked: Any = {
        "activity": activity.pk,
        "venue": activity.venue_id,
        "on": on,
        "public": State.VERIFIED.value,
    }
    with connection.cursor() as cursor:
        cursor.execute(HANGING, asked)
        read = cursor.fetchone() or ()
    features, languages, aims, partners = (json.loads(part) if part else [] for part in read)
    return Content(
        activity=activity,
        access=access.answers(features),
        languages=languages,
        aims=[(slug, name) for slug, name in aims],
        partners=[Partner(name, slug) for name, slug in partners],
    )


def of_draft(activity: Activity) -> Content:
    """From a page in memory that may not be saved: what the editor sees before publishing."""
    own = {row.feature_id: _given(row) for row in activity.access.all()}
    venues = {row.feature_id: _given(row) for row in VenueAccess.objects.filter(venue=activity.venue_id)}
    return Content(
        activity=activity,
        access=access.answers(
            (feature.slug, feature.name, own.get(feature.pk), venues.get(feature.pk))
            for feature in AccessFeature.objects.all()
        ),
        languages=[language.name for language in activity.languages.all()],
        aims=[(aim.slug, aim.name) for aim in activity.aims.all()],
        partners=[],
    )


def coming(activity: Activity, now: datetime.datetime) -> list[Occurrence]:
    """Every date that is not over, cancelled ones too; not those that the schedule itself has dropped."""
    dates = list(Occurrence.objects.filter(activity=activity, withdrawn=False).upcoming(now).once_public())
    venues = {activity.venue_id: activity.venue}
    if elsewhere := {one.venue_id for one in dates} - venues.keys():
        venues |= Venue.objects.in_bulk(elsewhere)
    for one in dates:
        one.activity, one.venue = activity, venues[one.venue_id]
    return dates


def _given(row: ActivityAccess | VenueAccess) -> access.Given:
    return {
        "answer": row.answer,
        "note": row.note,
        "checked_on": row.checked_on.isoformat() if row.checked_on else None,
    }
