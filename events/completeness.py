"""What an activity does not say yet that families ask."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from events.models import Activity
from organisations.models import Answer


@dataclass(frozen=True, slots=True)
class Missing:
    """`slug` names the fact in the preview, `words` say it to the organiser."""

    slug: str
    words: str


# The same words for the side panel and for the checks of the preview.
WORDS = {
    "dates": _("When it meets: add at least one date."),
    "ages": _("For which ages it is."),
    "picture-text": _("What the picture shows, in words, for people who cannot see it."),
    "step-free": _("Whether one gets in without a step: say yes or no."),
    "access": _("Anything about access: a toilet, a quiet space, a hearing loop."),
    "price": _("What it costs, or that it is free."),
    "alone": _("Whether a child may come without an adult."),
    "welcome": _("Who meets somebody who comes for the first time."),
    "adults": _("Which adults are there."),
}


def missing(activity: Activity) -> list[Missing]:
    """In the order in which the editor asks. Works on unsaved activities too, as in a preview."""
    return [Missing(slug, str(WORDS[slug])) for slug in _slugs(activity)]


def _slugs(activity: Activity) -> Iterator[str]:
    if not activity.rules.all():
        yield "dates"
    if activity.age_from is None and activity.age_to is None:
        yield "ages"
    if activity.picture and not activity.picture.description.strip():
        yield "picture-text"
    answered = {row.feature.slug for row in activity.access.all() if row.answer != Answer.UNKNOWN}
    if activity.venue_id:
        known = activity.venue.access.exclude(answer=Answer.UNKNOWN)
        answered |= set(known.values_list("feature__slug", flat=True))
    if "step-free" not in answered:
        yield "step-free"
    if not answered - {"step-free"}:
        yield "access"
    if activity.price is None and not activity.price_note:
        yield "price"
    for name in ("alone", "welcome", "adults"):
        if not getattr(activity, name):
            yield name
