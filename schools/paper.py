"""What stands in a letter to a school without an account: why, the year, hours, a coach, how to answer."""

import datetime
import math
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from design import qr
from places.models import Place, School
from schools import costs, school_days, twins, wording
from schools.actions import twinnings
from schools.models import Twinning

RISKS = (
    (
        gettext_lazy("Somebody is hurt on the way or on the road"),
        gettext_lazy("A coach with belts and a checked driver. It stops off the road. Belts are looked at."),
    ),
    (
        gettext_lazy("A child gets lost"),
        gettext_lazy("Count at every door: out, in, back. Each adult has a list of their own group."),
    ),
    (
        gettext_lazy("A child is ill or hurt, or needs medicine"),
        gettext_lazy(
            "A first-aider of each school is there. Medicine and plans come along. Phones are charged."
        ),
    ),
    (
        gettext_lazy("Food makes somebody ill"),
        gettext_lazy("Schools tell each other which foods to leave out. Nobody swaps food."),
    ),
    (
        gettext_lazy("A child says something that worries you"),
        gettext_lazy(
            "Listen, write it down, tell the safeguarding lead of the child’s own school the same day."
        ),
    ),
    (
        gettext_lazy("Children are unkind, or say something about faith, race or money"),
        gettext_lazy(
            "Both classes make rules first. An adult is with each group, stops it and talks it over."
        ),
    ),
    (
        gettext_lazy("A child stands alone"),
        gettext_lazy(
            "Mixed groups are made before. Each child knows one name. There is a quiet place to go to."
        ),
    ),
    (
        gettext_lazy("A child cannot get in or take part"),
        gettext_lazy(
            "Ask what each child needs. Look at doors, steps, toilets and noise before the first meeting."
        ),
    ),
    (
        gettext_lazy("Somebody who should not be there"),
        gettext_lazy(
            "Visitors sign in and wear a badge. No adult is alone with a child of the other school."
        ),
    ),
    (
        gettext_lazy("Photographs get about"),
        gettext_lazy("Only children whose parents said yes. On school cameras. Nothing with a name."),
    ),
    (
        gettext_lazy("Toilets and changing"),
        gettext_lazy("Look at them first. Each school looks after its own children there."),
    ),
    (
        gettext_lazy("The coach is late, or the weather is bad"),
        gettext_lazy("One number at each school that answers all day. A second plan for indoors."),
    ),
    (
        gettext_lazy("Names and lists get lost"),
        gettext_lazy("Lists on paper are counted and destroyed after. First names on badges, no more."),
    ),
)
"""What could happen, and what both schools do. Who does it they write in by hand."""


@dataclass(frozen=True, slots=True)
class Paper:
    """`sender` is the school that asks, or None where an officer does: then `other` is the school in mind.

    `why` is empty where nobody knows enough of the two; `answer_by` is the last day before it lapses.
    """

    to: School
    other: School
    sender: School | None
    contact: str
    place: Place | None
    year: str
    note: str
    why: str
    answer_by: datetime.date
    miles: str
    coach: str
    coaches: str
    is_told: bool
    risks: tuple[tuple[object, object], ...] = RISKS


@dataclass(frozen=True, slots=True)
class Way:
    """How its code is used. Without a code these are empty: the paper then shows where they will stand."""

    code: str = ""
    square: str = ""


def written(twinning: Twinning, school: School, told: int | None = None) -> Paper:
    """To one of its two schools; `told` is what a coach costs, where somebody was told."""
    other = twinning.other(school)
    miles = twins.miles_apart(school, other)
    low, high = (told, told) if told else (0, 0) if math.isnan(miles) else costs.coach(miles)
    compared = twins.compared(school, other)
    return Paper(
        to=school,
        other=other,
        sender=twinning.proposer,
        contact=twinning.contact_of(other),
        place=Place.objects.containing(other.area_code).first() if other.area_code else None,
        year=twinning.year_said,
        note=twinning.note,
        why=wording.sentence(school, compared) if compared else "",
        answer_by=_answer_by(twinning, school),
        miles="" if math.isnan(miles) else wording.miles_words(costs.road_miles(miles)),
        coach=_pounds(low, high),
        coaches=_pounds(costs.COACHES * low, costs.COACHES * high),
        is_told=bool(told),
    )


def way(code: str) -> Way:
    """Scanned, the address fills in the code; nothing is looked up before somebody sends it."""
    return Way(code, qr.svg(f"{settings.PUBLIC_ADDRESS}{reverse('join')}?{urlencode({'code': code})}"))


def address() -> str:
    """As it is typed."""
    return f"{settings.PUBLIC_ADDRESS}{reverse('join')}".partition("://")[2]


def _answer_by(twinning: Twinning, school: School) -> datetime.date:
    asked = twinnings.asked_on(twinning, school)
    last = school_days.last_of(school_days.calendar_of(school), asked, twinnings.DAYS_TO_ANSWER)
    return max(last, timezone.localdate())


def _pounds(low: int, high: int) -> str:
    if not high:
        return ""
    if low == high:
        return f"£{high:,}"
    return _("£%(low)s to £%(high)s") % {"low": f"{low:,}", "high": f"{high:,}"}
