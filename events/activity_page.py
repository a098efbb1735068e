"""What an activity's page says besides its dates.

A draft is shown by the same template: `of_draft` gathers the same from the page in memory.
"""

import dataclasses
import datetime

from django.db.models import JSONField
from django.db.models.expressions import RawSQL

from events import access
from events.models import Activity, ActivityAccess
from organisations.models import AccessFeature, Answer, Organisation, State, Venue, VenueAccess

# In the round trip that reads the activity, in place of four of their own.
HANGING = """
    SELECT jsonb_build_array(
        (SELECT jsonb_agg(jsonb_build_array(feature.slug, feature.name,
                CASE WHEN own.id IS NOT NULL THEN jsonb_build_object(
                    'answer', own.answer, 'note', own.note, 'checked_on', own.checked_on) END,
                CASE WHEN venues.id IS NOT NULL THEN jsonb_build_object(
                    'answer', venues.answer, 'note', venues.note, 'checked_on', venues.checked_on) END)
            ORDER BY feature.position, feature.name)
         FROM organisations_accessfeature feature
         LEFT JOIN events_activityaccess own
             ON own.feature_id = feature.id AND own.activity_id = events_activity.page_ptr_id
         LEFT JOIN organisations_venueaccess venues
             ON venues.feature_id = feature.id AND venues.venue_id = events_activity.venue_id),
        (SELECT jsonb_agg(language.name ORDER BY language.position, language.name)
         FROM events_activity_languages spoken
         JOIN events_language language ON language.id = spoken.language_id
         WHERE spoken.activity_id = events_activity.page_ptr_id),
        (SELECT jsonb_agg(jsonb_build_array(aim.slug, aim.name) ORDER BY aim.position, aim.name)
         FROM events_activity_aims serves JOIN events_aim aim ON aim.id = serves.aim_id
         WHERE serves.activity_id = events_activity.page_ptr_id),
        (SELECT jsonb_agg(jsonb_build_array(organisation.name, organisation.slug) ORDER BY organisation.name)
         FROM events_coorganiser partner
         JOIN organisations_organisation organisation ON organisation.id = partner.organisation_id
         WHERE partner.activity_id = events_activity.page_ptr_id AND partner.accepted_at IS NOT NULL
             AND organisation.state = %s AND organisation.declaration_until >= %s)
    )
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


def read(key: int, on: datetime.date) -> Content:
    """All of a stored activity; one query. Partners are public on the day."""
    found = Activity.objects.select_related(
        "host__page", "host__place", "venue", "type", "picture", "entrance_picture"
    )
    hanging = RawSQL(HANGING, [State.VERIFIED.value, on], output_field=JSONField())  # noqa: S611 (ours) # nosec B611
    activity = found.annotate(hanging=hanging).get(pk=key)
    features, languages, aims, partners = (part or [] for part in activity.hanging)
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


def _given(row: ActivityAccess | VenueAccess) -> access.Given:
    return {
        "answer": row.answer,
        "note": row.note,
        "checked_on": row.checked_on.isoformat() if row.checked_on else None,
    }
