"""An activity's page as text, kept for as long as every fact in it is the same.

1. One query reads a digest of all rows that the page is made of, with the text that is kept of it, if that
   was made of the same ones by this release. So a text is never out of date, whoever has changed a row.
2. Where there is none, the page is rendered with holes for its dates, and kept.
3. What changes from day to day is put into the holes at every reading.
"""

import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import get_language

from design import release
from events import coming_dates
from events.activity_page import STILL_MEETS
from events.prepared import Prepared
from organisations.models import INSTALLATION, State, Venue

HOLES = ("structured", "confirmed", "next", "dates", "calendar", "near")

# Whole rows, so that no column can be forgotten. Of a link to another page the address is that page's affair,
# so such a text holds until anything public changes.
FACTS = f"""
    sha256(convert_to(concat_ws(E'\\x1f', %(release)s::text,
        activity::text, page::text, host::text, venue::text,
        (SELECT contact::text FROM organisations_organisationpage contact
         WHERE contact.organisation_id = host.id),
        (SELECT declared::text FROM organisations_declaration declared
         WHERE declared.organisation_id = host.id AND declared.signed_at IS NOT NULL
         ORDER BY declared.signed_at DESC, declared.id DESC LIMIT 1),
        (SELECT place::text FROM places_place place WHERE place.id = host.place_id),
        (SELECT type::text FROM events_activitytype type WHERE type.id = activity.type_id),
        (SELECT string_agg(picture::text, '' ORDER BY picture.id) FROM images_picture picture
         WHERE picture.id IN (activity.picture_id, activity.entrance_picture_id)),
        (SELECT string_agg(cut::text, '' ORDER BY cut.id) FROM images_rendition cut
         WHERE cut.image_id IN (activity.picture_id, activity.entrance_picture_id)),
        (SELECT string_agg(own::text, '' ORDER BY own.id) FROM events_activityaccess own
         WHERE own.activity_id = page.id),
        (SELECT string_agg(venues::text, '' ORDER BY venues.id) FROM organisations_venueaccess venues
         WHERE venues.venue_id = venue.id),
        (SELECT string_agg(feature::text, '' ORDER BY feature.id) FROM organisations_accessfeature feature),
        (SELECT string_agg(language::text, '' ORDER BY language.id) FROM events_activity_languages spoken
         JOIN events_language language ON language.id = spoken.language_id
         WHERE spoken.activity_id = page.id),
        (SELECT string_agg(aim::text, '' ORDER BY aim.id) FROM events_activity_aims serves
         JOIN events_aim aim ON aim.id = serves.aim_id WHERE serves.activity_id = page.id),
        (SELECT string_agg(partner::text, '' ORDER BY partner.id) FROM events_coorganiser helps
         JOIN organisations_organisation partner ON partner.id = helps.organisation_id
         WHERE helps.activity_id = page.id AND helps.accepted_at IS NOT NULL
             AND partner.state = %(verified)s AND partner.declaration_until >= %(on)s),
        (SELECT string_agg(rule::text, '' ORDER BY rule.id) FROM events_schedulerule rule
         WHERE rule.activity_id = page.id AND {STILL_MEETS % "%(on)s"}),
        CASE WHEN activity.body LIKE '%%linktype="page"%%' THEN
            (SELECT number::text FROM organisations_generation
             WHERE scope = 'installation' AND subject = %(installation)s) END
    ), 'UTF8'))
"""  # noqa: S608 (all of it is ours) # nosec B608
ROWS = """
    organisations_organisation host
    JOIN events_activity activity ON activity.host_id = host.id
    JOIN wagtailcore_page page ON page.id = activity.page_ptr_id
    JOIN organisations_venue venue ON venue.id = activity.venue_id
"""
FOUND = f"""
    WITH found AS MATERIALIZED (
        SELECT page.id AS key, activity.uuid, page.title, page.slug, activity.summary,
            activity.confirmed_on,
            page.live AND host.state = %(verified)s AND host.declaration_until >= %(on)s AS public,
            EXISTS (SELECT FROM events_listing WHERE activity_id = page.id) AS was_public,
            venue.id, venue.name, venue.street, venue.town, venue.postcode, venue.latitude, venue.longitude,
            {FACTS} AS digest
        FROM {ROWS}
        WHERE host.slug = %(host)s AND page.slug = %(slug)s
    )
    SELECT found.*, text.markup, text.event FROM found LEFT JOIN events_pagetext text
        ON text.activity_id = found.key AND text.language = %(language)s AND text.digest = found.digest
"""  # noqa: S608 (all of it is ours)  # nosec B608


class Text(NamedTuple):
    """The page with its holes, and what is alike in the structured data of every date."""

    markup: str
    event: str

    def filled(self, words: dict[str, str]) -> str:
        return Prepared(self.markup).filled(words)


# A reader need not wait until the text is on the disk: it can be made again.
KEEP = f"""
    WITH hurried AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO events_pagetext AS kept (activity_id, language, digest, markup, event)
    SELECT page.id, %(language)s, %(digest)s, %(markup)s, %(event)s
    FROM {ROWS} CROSS JOIN hurried
    WHERE page.id = %(key)s AND {FACTS} = %(digest)s
    ON CONFLICT (activity_id, language) DO UPDATE
    SET digest = excluded.digest, markup = excluded.markup, event = excluded.event
"""  # noqa: S608 (all of it is ours)  # nosec B608


class Seen(NamedTuple):
    """An activity as its address finds it. `kept` is its page, if that is true."""

    key: int
    uuid: UUID
    title: str
    path: str
    summary: str
    confirmed_on: datetime.date | None
    public: bool
    was_public: bool
    venue: Venue
    digest: bytes
    kept: Text | None


def find(host: str, slug: str, on: datetime.date) -> Seen | None:
    """The activity with that address, public or not; one query."""
    with connection.planning_once() as cursor:
        cursor.execute(FOUND, {"host": host, "slug": slug, **_asked(on)})
        row = cursor.fetchone()
    if row is None:
        return None
    key, uuid, title, slug, summary, confirmed_on, public, was_public, *venue, digest, markup, event = row
    return Seen(
        key=key,
        uuid=uuid,
        title=title,
        path=f"/organisers/{host}/{slug}/",
        summary=summary,
        confirmed_on=confirmed_on,
        public=public,
        was_public=was_public,
        venue=coming_dates.venue(venue),
        digest=bytes(digest),
        kept=None if markup is None else Text(markup, event),
    )


def keep(seen: Seen, text: Text, on: datetime.date) -> None:
    """Unless a fact has changed since it was seen: then nobody knows which of both the text was made of."""
    with connection.planning_once() as cursor:
        asked = {"key": seen.key, "digest": seen.digest, "markup": text.markup, "event": text.event}
        cursor.execute(KEEP, {**asked, **_asked(on)})


def _asked(on: datetime.date) -> dict[str, Any]:
    return {
        "on": on,
        "language": get_language(),
        "release": f"{release.fingerprint().hex()} {get_language()}",
        "verified": State.VERIFIED.value,
        "installation": INSTALLATION,
    }
