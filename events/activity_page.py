"""What an activity's page says besides its dates.

A draft is shown by the same template: `of_draft` gathers the same from the page in memory.
"""

import dataclasses
import datetime
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection
from django.db.models import Model
from django.utils.safestring import SafeString
from wagtail.models import Page

from events import access
from events.languages import words as language_words
from events.models import Activity, ActivityAccess, ActivityType, ScheduleRule
from events.recurrence import Repeat
from images.models import Picture
from organisations.models import (
    AccessFeature,
    Answer,
    Declaration,
    Organisation,
    OrganisationPage,
    State,
    Venue,
    VenueAccess,
)
from places.models import Place

# Of a rule that has been followed by another nobody need know any more. The day is London's.
STILL_MEETS = """
    EXISTS (SELECT FROM events_occurrence meeting WHERE meeting.rule = rule.uuid
        AND meeting.activity_id = rule.activity_id AND meeting.state <> 'cancelled'
        AND meeting.ends_at >= (%s::date::timestamp AT TIME ZONE 'Europe/London'))
"""
# In the round trip that reads the activity, in place of four of their own.
HANGING = f"""
    jsonb_build_array(
        (SELECT jsonb_agg(jsonb_build_array(feature.slug, feature.name,
                CASE WHEN own.id IS NOT NULL THEN jsonb_build_object(
                    'answer', own.answer, 'note', own.note, 'checked_on', own.checked_on) END,
                CASE WHEN venues.id IS NOT NULL THEN jsonb_build_object(
                    'answer', venues.answer, 'note', venues.note, 'checked_on', venues.checked_on) END)
            ORDER BY feature.position, feature.name)
         FROM organisations_accessfeature feature
         LEFT JOIN events_activityaccess own
             ON own.feature_id = feature.id AND own.activity_id = activity.page_ptr_id
         LEFT JOIN organisations_venueaccess venues
             ON venues.feature_id = feature.id AND venues.venue_id = activity.venue_id),
        (SELECT jsonb_agg(jsonb_build_array(language.name, language.code, language.autonym)
            ORDER BY language.position, language.name)
         FROM events_activity_languages spoken
         JOIN events_language language ON language.id = spoken.language_id
         WHERE spoken.activity_id = activity.page_ptr_id),
        (SELECT jsonb_agg(jsonb_build_array(aim.slug, aim.name) ORDER BY aim.position, aim.name)
         FROM events_activity_aims serves JOIN events_aim aim ON aim.id = serves.aim_id
         WHERE serves.activity_id = activity.page_ptr_id),
        (SELECT jsonb_agg(jsonb_build_array(organisation.name, organisation.slug, organisation.thread)
            ORDER BY organisation.name)
         FROM events_coorganiser partner
         JOIN organisations_organisation organisation ON organisation.id = partner.organisation_id
         WHERE partner.activity_id = activity.page_ptr_id AND partner.accepted_at IS NOT NULL
             AND organisation.state = %(verified)s AND organisation.declaration_until >= %(on)s),
        (SELECT jsonb_agg(to_jsonb(rule) ORDER BY rule.sort_order) FROM events_schedulerule rule
         WHERE rule.activity_id = activity.page_ptr_id AND rule.repeat <> 'once'
             AND {STILL_MEETS % "%(on)s"}),
        (SELECT to_jsonb(declared) FROM organisations_declaration declared
         WHERE declared.organisation_id = activity.host_id AND declared.signed_at IS NOT NULL
         ORDER BY declared.signed_at DESC, declared.id DESC LIMIT 1)
    )
"""  # noqa: S608 (all of it is ours) # nosec B608
# The rows that it joins, and under which name each table of theirs is read.
ROWS: tuple[tuple[type[Model], dict[type[Model], str]], ...] = (
    (Activity, {Page: "page", Activity: "activity"}),
    (Organisation, {Organisation: "host"}),
    (OrganisationPage, {Page: "contact_page", OrganisationPage: "contact"}),
    (Place, {Place: "place"}),
    (Venue, {Venue: "venue"}),
    (ActivityType, {ActivityType: "type"}),
    (Picture, {Picture: "picture"}),
    (Picture, {Picture: "entrance"}),
)
COLUMNS = ", ".join(
    f'{tables[field.model]}."{field.column}"'
    for model, tables in ROWS
    for field in model._meta.concrete_fields
)
# By hand, since the database plans it once. To put it together and to plan it for each reader takes longer
# than all the rest of reading it.
STORED = f"""
    SELECT {HANGING}, {COLUMNS}
    FROM events_activity activity
    JOIN wagtailcore_page page ON page.id = activity.page_ptr_id
    JOIN organisations_organisation host ON host.id = activity.host_id
    JOIN organisations_organisationpage contact ON contact.organisation_id = host.id
    JOIN wagtailcore_page contact_page ON contact_page.id = contact.page_ptr_id
    JOIN places_place place ON place.id = host.place_id
    JOIN organisations_venue venue ON venue.id = activity.venue_id
    JOIN events_activitytype type ON type.id = activity.type_id
    LEFT JOIN images_picture picture ON picture.id = activity.picture_id
    LEFT JOIN images_picture entrance ON entrance.id = activity.entrance_picture_id
    WHERE activity.page_ptr_id = %(key)s
"""  # noqa: S608 (all of it is ours) # nosec B608


@dataclasses.dataclass(frozen=True, slots=True)
class Partner:
    """A public organisation that helps to run the activity."""

    name: str
    slug: str
    thread: str


@dataclasses.dataclass(frozen=True, slots=True)
class Content:
    """What the page is made of."""

    activity: Activity
    access: list[access.Known]
    languages: list[SafeString]
    """Each as `events.languages` writes it."""
    aims: list[tuple[str, str]]
    partners: list[Partner]
    rules: list[ScheduleRule]
    declaration: Declaration | None
    """What its host says about keeping children safe, as signed last."""

    @property
    def venue(self) -> Venue:
        return self.activity.venue

    @property
    def host(self) -> Organisation:
        return self.activity.host

    def access_with(self, answer: str) -> list[access.Known]:
        return [known for known in self.access if known.answer == answer]

    @property
    def step_free(self) -> access.Known | None:
        """What a wheelchair user has to know first."""
        return next((known for known in self.access if known.slug == "step-free"), None)

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
    with connection.planning_once() as cursor:
        cursor.execute(STORED, {"key": key, "on": on, "verified": State.VERIFIED.value})
        row = cursor.fetchone()
    if row is None:
        raise Activity.DoesNotExist
    hanging, *columns = row
    activity = _activity(iter(columns))
    *lists, declared = json.loads(hanging)
    features, languages, aims, partners, rules = (part or [] for part in lists)
    return Content(
        activity=activity,
        access=access.answers(features),
        languages=[language_words(*spoken) for spoken in languages],
        aims=[(slug, name) for slug, name in aims],
        partners=[Partner(*said) for said in partners],
        rules=[_rule(row) for row in rules],
        declaration=_declaration(declared) if declared else None,
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
        languages=[
            language_words(language.name, language.code, language.autonym)
            for language in activity.languages.all()
        ],
        aims=[(aim.slug, aim.name) for aim in activity.aims.all()],
        partners=[],
        rules=[row for row in activity.rules.all() if row.repeat != Repeat.ONCE],
        declaration=Declaration.objects.signed().filter(organisation=activity.host_id).first(),
    )


def _activity(columns: Iterator[Any]) -> Activity:
    """With all that it is joined with, in the order of ROWS."""
    activity, host, contact, place, venue, type, picture, entrance = (
        _stored(model, columns) for model, _ in ROWS
    )
    host.page, host.place = contact, place
    activity.host, activity.venue, activity.type = host, venue, type
    activity.picture, activity.entrance_picture = picture, entrance
    return activity


def _stored(model: type[Model], columns: Iterator[Any]) -> Any:
    """The row in the next columns; None where it was joined to none."""
    fields = model._meta.concrete_fields
    values = list(itertools.islice(columns, len(fields)))
    if values[0] is None:
        return None
    return model.from_db(connection.alias, [field.attname for field in fields], values)


def _rule(row: Mapping[str, Any]) -> ScheduleRule:
    """Nobody asks more of it than how often it meets, and when."""
    return ScheduleRule(
        repeat=row["repeat"],
        interval=row["interval"],
        weekdays=row["weekdays"],
        season=row["season"],
        first_date=datetime.date.fromisoformat(row["first_date"]),
        start=datetime.time.fromisoformat(row["start"]),
        end=datetime.time.fromisoformat(row["end"]),
    )


def _declaration(row: dict[str, Any]) -> Declaration:
    """The row as PostgreSQL writes it in JSON."""
    fields = Declaration._meta.concrete_fields
    return Declaration(**{field.attname: field.to_python(row[field.column]) for field in fields})


def _given(row: ActivityAccess | VenueAccess) -> access.Given:
    return {
        "answer": row.answer,
        "note": row.note,
        "checked_on": row.checked_on.isoformat() if row.checked_on else None,
    }
