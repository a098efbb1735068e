"""What the first page shows: a postcode box, what is on this week, by type. A place's own likewise."""

import dataclasses
import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from events.browsing.choices import AGES
from events.shelf import Look, Shelf, TypeCount
from images import cards
from images.cards import Card
from images.covers.geometry import Cover
from places.models import Place

CARDS = 6
FAVOURITES = 12
TOWNS = 16
MARKS = ("football", "cooking", "music", "coding", "art", "swimming")


@dataclasses.dataclass(frozen=True, slots=True)
class Front:
    """`place` and its `towns` only on a place's own page; `places` are the others that one may go to."""

    heading: str
    introduction: str
    week: Shelf
    types: list[TypeCount]
    places: list[Place]
    place: Place | None
    towns: list[str]
    changes_at: datetime.datetime

    @property
    def favourites(self) -> list[TypeCount]:
        """The types of which most is on, in the order of the list of types."""
        most = sorted(self.types, key=lambda type: -type.count)[:FAVOURITES]
        return [type for type in self.types if type in most]

    @property
    def other_types(self) -> list[TypeCount]:
        return [type for type in self.types if type not in self.favourites]

    def context(self) -> dict[str, Any]:
        path = reverse("place", args=[self.place.slug]) if self.place else reverse("home")
        return {
            "front": self,
            "ages": AGES,
            "marks": MARKS,
            "chips": [
                (_("Today"), "when=today"),
                (_("Weekend"), "when=weekend"),
                (_("Free"), "when=week&free=1"),
                (_("After school"), "when=week&time=afterschool"),
                (_("Girls"), "when=week&for=girls"),
                (_("Step-free"), "when=week&access=step-free"),
            ],
            "address": f"{settings.PUBLIC_ADDRESS}{path}",
            "social_picture": place_card(self.place).address(reverse("place_card", args=[self.place.slug]))
            if self.place
            else cards.site_address(),
            "narrowed": f"&place={self.place.slug}" if self.place else "",
        }


def home(page: Any, *, now: datetime.datetime, generation: int | None) -> Front:
    """`page` is the HomePage with the editors' words, or None: an empty installation answers too."""
    look = Look(now, generation)
    places = list(Place.objects.order_by("name"))
    return Front(
        heading=page.headline if page else _("Meet people you wouldn’t have met."),
        introduction=page.introduction if page else "",
        week=look.this_week(CARDS),
        types=look.by_type(),
        places=places,
        place=None,
        towns=[],
        changes_at=look.changes_at,
    )


def place_card(place: Place) -> Card:
    """What a shared link to a place's own page shows."""
    title = _("Things to do in %(place)s") % {"place": place.name}
    cover = Cover(place.uuid, "violet", "marigold", "better-streets")
    return Card(cover, title, _("For young people, after school and at weekends"))


def of_place(place: Place, *, now: datetime.datetime, generation: int | None) -> Front:
    look = Look(now, generation)
    return Front(
        heading=_("Things to do in %(place)s") % {"place": place.name},
        introduction=place.introduction
        or _("After school, at weekends and in the holidays. Meet young people from every part of it."),
        week=look.this_week(CARDS, place.slug),
        types=look.by_type(place.slug),
        places=[],
        place=place,
        towns=look.towns(place.slug, TOWNS),
        changes_at=look.changes_at,
    )
