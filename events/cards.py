"""The card of an activity: written as text when the activity changes, filled in when somebody looks."""

from collections.abc import Sequence

from django.template.loader import render_to_string
from django.templatetags.static import static

from events.models import Activity, Audience
from events.prepared import clean, hole, seal
from events.wording.facts import ages_words, audience_words, price_words
from images.models import PeopleConsent

SPRITE = "icons/sprite.svg"
CUT = "fill-640x270|format-webp"
MOST_TAGS = 4


def prepare(activity: Activity, *, access: Sequence[str], languages: Sequence[str]) -> str:
    """The card with holes for `when`, `distance` and `suits`, to be kept in the listing."""
    cover, cover_alt = _cover(activity)
    facts = {
        "url": f"/organisers/{activity.host.page.slug}/{activity.slug}/",
        "title": clean(activity.title),
        "cover": cover,
        "cover_alt": clean(cover_alt),
        "when": hole("when"),
        "host": clean(activity.host.name),
        "checked": True,
        "distance": hole("distance"),
        "ages": ages_words(activity.age_from, activity.age_to),
        "suits": hole("suits"),
        "price": price_words(activity.price),
        "free": activity.price == 0,
        "tags": [clean(tag) for tag in _tags(activity, access, languages)],
    }
    return seal(render_to_string("design/components/card.html", facts), icons=static(SPRITE))


def _cover(activity: Activity) -> tuple[str, str]:
    """Address and words of its picture, if nobody on it was left unasked; else of its woven cover."""
    picture = activity.picture
    if picture is not None and picture.people_consent != PeopleConsent.NOT_ASKED:
        return picture.get_rendition(CUT).url, picture.description
    type = activity.type
    return f"/covers/{activity.uuid}-{type.warp}-{type.weft}-{type.slug}.svg?v=1", ""


def _tags(activity: Activity, access: Sequence[str], languages: Sequence[str]) -> list[str]:
    """Whom it is for, how one gets in, which languages are spoken: the first few."""
    audience = [] if activity.audience == Audience.EVERYONE else [audience_words(activity.audience)]
    spoken = [" + ".join(languages)] if len(languages) > 1 else []
    return [*audience, *access[: MOST_TAGS - len(audience) - len(spoken)], *spoken]
