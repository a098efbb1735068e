"""The card of an activity: written as text when the activity changes, filled in when somebody looks."""

import dataclasses
import datetime
import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from django.db import connection
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape
from django.utils.safestring import SafeString

from events import joint, pictures
from events.addresses import path_of
from events.browsing import words
from events.confirmed import since_words
from events.models import Activity, Audience
from events.prepared import Prepared, clean, hole, seal
from events.query import local_minute
from events.search import Found
from events.wording.facts import ages_words, audience_words, price_words

EAGER = 3
SPRITE = "icons/sprite.svg"
MOST_TAGS = 4


class Tag(NamedTuple):
    """A few words on a card, with a mark of the sprite."""

    words: str
    icon: str = ""


def prepare(
    activity: Activity,
    *,
    access: Sequence[Tag],
    languages: Sequence[str],
    partners: Sequence[joint.Named] = (),
) -> str:
    """The card with holes for `when`, `notice`, `unsure`, `distance` and `suits`, to be kept in the listing.

    `access` are the features that are there, each with its mark; `partners` run it with the host.
    """
    threads = joint.threads(activity.host, partners)
    cover = pictures.on_card(activity, threads)
    facts = {
        "uuid": activity.uuid,
        "url": path_of(activity),
        "title": clean(activity.title),
        "cover": cover.url,
        "cover_alt": clean(cover.alt),
        "cover_sources": cover.sources,
        "when": hole("when"),
        "notice": hole("notice"),
        "unsure": hole("unsure"),
        "host": clean(activity.host.name),
        "together": clean(joint.words([name for name, _thread in partners])),
        "threads": threads,
        "checked": True,
        "distance": hole("distance"),
        "ages": ages_words(activity.age_from, activity.age_to),
        "suits": hole("suits"),
        "price": price_words(activity.price),
        "free": activity.price == 0,
        "tags": [Tag(clean(tag.words), tag.icon) for tag in _tags(activity, access, languages)],
    }
    return seal(render_to_string("design/components/card.html", facts), icons=static(SPRITE))


def access_tag(slug: str, name: str) -> Tag:
    return Tag(name, "step-free" if slug == "step-free" else "check-circle")


def _tags(activity: Activity, access: Sequence[Tag], languages: Sequence[str]) -> list[Tag]:
    """Whom it is for, how one gets in, which languages are spoken: the first few."""
    audience = [] if activity.audience == Audience.EVERYONE else [Tag(audience_words(activity.audience))]
    spoken = [Tag(" + ".join(languages), "globe")] if len(languages) > 1 else []
    return [*audience, *access[: MOST_TAGS - len(audience) - len(spoken)], *spoken]


def filled(found: Sequence[Found], *, ages: Sequence[int], today: datetime.date) -> SafeString:
    """The cards of what was found, in its order, an <li> each; one query."""
    return SafeString("".join(f"<li>{card}</li>" for _, card in each(found, ages=ages, today=today)))  # nosec B703


def each(
    found: Sequence[Found], *, ages: Sequence[int], today: datetime.date
) -> list[tuple[Found, SafeString]]:
    """The card of each, in its order; one query."""
    kept = stored([one.key for one in found])
    known = [one for one in found if one.key in kept]
    cards = [kept[one.key].filled(_next_start(one), _words(one, ages, today), today) for one in known]
    return [
        (one, SafeString(_at_once(card) if place < EAGER else card))  # nosec B703
        for place, (one, card) in enumerate(zip(known, cards, strict=True))
    ]


def _next_start(found: Found) -> datetime.datetime | None:
    return found.dates[0][0] if found.dates else None


@dataclasses.dataclass(frozen=True, slots=True)
class Stored:
    """A card as it is kept, with what its coming dates must say first, by local minute."""

    text: str
    notices: Mapping[str, str]
    confirmed_on: datetime.date

    def filled(
        self, starts_at: datetime.datetime | None, said: Mapping[str, str], today: datetime.date
    ) -> str:
        """The markup, with the notice of the date that it shows as its next, and with since when nobody has
        confirmed it. `said` is markup already."""
        notice = self.notices.get(str(local_minute(starts_at)), "") if self.notices and starts_at else ""
        words = {**said, "notice": escape(notice), "unsure": escape(since_words(self.confirmed_on, today))}
        return Prepared(self.text, icons=static(SPRITE)).filled(words)


def stored(keys: list[int]) -> dict[int, Stored]:
    """The cards as they are kept, to be filled; by hand, since a queryset takes longer than the query."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT activity_id, card, notices, confirmed_on FROM events_listing WHERE activity_id = ANY(%s)",
            [keys],
        )
        rows = cursor.fetchall()
    return {key: Stored(card, json.loads(notices), confirmed) for key, card, notices, confirmed in rows}


def _words(found: Found, ages: Sequence[int], today: datetime.date) -> dict[str, str]:
    return {
        "when": words.dates_markup(found.dates, today),
        "distance": "" if found.miles is None else escape(words.distance_words(found.miles)),
        "suits": escape(words.suits_words(found.suits, ages)),
    }


def _at_once(card: str) -> str:
    """The first covers are seen at once, so the browser should not wait for them."""
    return card.replace(' loading="lazy"', "", 1)
