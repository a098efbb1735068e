"""Writes what browsing reads: one row for each activity that is or was public.

A page of results is made from these rows and the index alone. A row is public while its activity is live
and its host verified, until the host's declaration lapses or nobody has confirmed the activity for too long.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils import timezone

from events import cards
from events.addresses import path_of
from events.confirmed import listed_until
from events.models import HAPPENING, Activity, ActivityAccess, CoOrganiser, Listing, Occurrence, YesNo
from events.query import local_minute
from events.terms import SearchText, Texts, vocabulary
from organisations.models import AccessFeature, Answer, Organisation, State, Venue, VenueAccess

YOUNGEST, OLDEST = 0, 99
LONG_AGO = datetime.date(1970, 1, 1)
AT_ONCE = 500
KNOWN_BY = "activity"
Access = list[tuple[AccessFeature, str]]


def write(activity: Activity, *, generation: int, now: datetime.datetime) -> None:
    """Make the activity's row say what is in the database now. `generation` is the number just raised."""
    write_many([activity.pk], generation=generation, now=now)


def write_many(activities: Iterable[int], *, generation: int, now: datetime.datetime) -> None:
    """The same for the activities with these keys, in nine queries for each five hundred; one more
    where some of their dates are elsewhere."""
    keys = sorted(activities)
    for first in range(0, len(keys), AT_ONCE):
        rows = _rows(keys[first : first + AT_ONCE], generation, now)
        Listing.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=[KNOWN_BY], update_fields=_WRITTEN
        )


_COMPARED = [
    field.attname
    for field in Listing._meta.concrete_fields
    if field.name not in {"activity", "generation", "search"}
]
_WRITTEN = [field.name for field in Listing._meta.concrete_fields if not field.primary_key]


def untrue(activities: Sequence[int], now: datetime.datetime) -> list[int]:
    """Those of the activities whose row does not say what would be written now.

    A date that is over, a co-organiser whose declaration has lapsed, a card drawn by an earlier release.
    """
    stored = Listing.objects.defer("search").in_bulk(activities)
    fresh = _rows(sorted(stored), 0, now)
    return [row.pk for row in fresh if _says(row) != _says(stored[row.pk])]


def _says(row: Listing) -> list[object]:
    return [getattr(row, name) for name in _COMPARED]


def _rows(keys: Sequence[int], generation: int, now: datetime.datetime) -> list[Listing]:
    found = Activity.objects.filter(pk__in=keys).select_related("host", "type", "venue", "picture")
    activities = list(found.prefetch_related("picture__renditions").order_by("pk"))
    known = _Known(activities, now)
    return [_row(activity, known, generation) for activity in activities]


def _row(activity: Activity, known: "_Known", generation: int) -> Listing:
    host, venue = activity.host, activity.venue
    confirmed_on = activity.confirmed_on or known.today
    organisers = [host, *known.partners[activity.pk]]
    access, dates = known.access_of(activity, venue), known.dates[activity.pk]
    elsewhere, left = known.elsewhere(activity, dates), known.left(activity)
    others = [*elsewhere, *left]
    known_there = [known.access_of(activity, each) for each in others]
    answers = [access, *known_there[: len(elsewhere)]]
    languages, aims = known.languages[activity.pk], known.aims[activity.pk]
    texts: Texts = (
        activity.title,
        f"{activity.type.name} {activity.type.words}",
        activity.summary,
        " ".join(
            [
                *(organisation.name for organisation in organisers),
                *(words for each in (venue, *elsewhere) for words in (each.name, each.town)),
            ]
        ),
    )
    return Listing(
        activity=activity,
        uuid=activity.uuid,
        generation=generation,
        public=activity.live and host.state == State.VERIFIED,
        public_until=listed_until(confirmed_on, host.declaration_until or LONG_AGO),
        confirmed_on=confirmed_on,
        organisers=[organisation.slug for organisation in organisers],
        schools=[organisation.urn for organisation in organisers if organisation.urn],
        host=host,
        place_id=host.place_id,
        type=activity.type.slug,
        aims=[slug for slug, name in aims],
        languages=[slug for slug, name in languages],
        access_yes=_slugs(access, Answer.YES),
        access_unknown=_slugs(access, Answer.UNKNOWN),
        audience=activity.audience,
        age_from=YOUNGEST if activity.age_from is None else activity.age_from,
        age_to=OLDEST if activity.age_to is None else activity.age_to,
        free=activity.price == 0,
        alone=activity.alone == YesNo.YES,
        latitude=venue.latitude,
        longitude=venue.longitude,
        elsewhere=[_spot(*each) for each in zip(others, known_there, strict=True)],
        title=activity.title,
        path=path_of(activity),
        starts=[date.start for date in dates],
        ends=[date.end for date in dates],
        spots=_spots(dates, [venue, *others]),
        card=cards.prepare(
            activity,
            access=[
                cards.access_tag(feature.slug, feature.name)
                for feature in known.features
                if all((feature, Answer.YES) in each for each in answers)
            ],
            languages=[name for slug, name in languages],
            partners=[(each.name, each.thread) for each in known.partners[activity.pk]],
        ),
        notices={str(date.start): date.notice for date in dates if date.notice},
        search=SearchText(texts),
        words=vocabulary(texts),
    )


def _slugs(access: Access, wanted: Answer) -> list[str]:
    return [feature.slug for feature, answer in access if answer == wanted]


def _spot(venue: Venue, access: Access) -> dict[str, object]:
    return {
        "name": venue.name,
        "town": venue.town,
        "latitude": venue.latitude,
        "longitude": venue.longitude,
        "access_yes": _slugs(access, Answer.YES),
        "access_unknown": _slugs(access, Answer.UNKNOWN),
    }


def _spots(dates: Sequence["_Date"], venues: Sequence[Venue]) -> list[int]:
    """Which of the venues each date is at; nothing where there is only one."""
    numbers = {venue.pk: number for number, venue in enumerate(venues)}
    return [numbers[date.venue] for date in dates] if len(venues) > 1 else []


class _Known:
    """What many activities are made of, read together."""

    def __init__(self, activities: Sequence[Activity], now: datetime.datetime) -> None:
        keys = [activity.pk for activity in activities]
        self.today = timezone.localdate(now)
        self.features = list(AccessFeature.objects.all())
        self.aims = _pairs(Activity.aims.through, keys, "aim")
        self.languages = _pairs(Activity.languages.through, keys, "language")
        self.partners = _partners(keys, self.today)
        self.dates, self.cancelled = _dates(keys, now)
        self.said: dict[tuple[str, int, int], str] = {}
        self.venues = {activity.venue_id: activity.venue for activity in activities}
        told = [*self.dates.values(), *self.cancelled.values()]
        if others := {date.venue for dates in told for date in dates} - self.venues.keys():
            self.venues |= Venue.objects.in_bulk(others)
        for answers, name, of in (
            (VenueAccess, "venue_id", self.venues),
            (ActivityAccess, "activity_id", keys),
        ):
            found = answers.objects.filter(**{f"{name}__in": of}).values_list(name, "feature_id", "answer")
            self.said.update({(name, subject, feature): answer for subject, feature, answer in found})

    def elsewhere(self, activity: Activity, dates: Sequence["_Date"]) -> list[Venue]:
        """Other venues of these dates of it, the soonest first."""
        keys = dict.fromkeys(date.venue for date in dates)
        return [self.venues[key] for key in keys if key != activity.venue_id]

    def left(self, activity: Activity) -> list[Venue]:
        """Other venues where all its coming dates are cancelled: who subscribed near there has to hear it."""
        still = self.elsewhere(activity, self.dates[activity.pk])
        return [each for each in self.elsewhere(activity, self.cancelled[activity.pk]) if each not in still]

    def access_of(self, activity: Activity, venue: Venue) -> Access:
        """What is known of each feature there: the activity's own answer, where it is silent the venue's."""
        return [
            (
                feature,
                _told(self.said.get(("activity_id", activity.pk, feature.pk)))
                or _told(self.said.get(("venue_id", venue.pk, feature.pk)))
                or Answer.UNKNOWN,
            )
            for feature in self.features
        ]


def _told(answer: str | None) -> str | None:
    return None if answer == Answer.UNKNOWN else answer


def _pairs(through: Any, keys: Sequence[int], name: str) -> dict[int, list[tuple[str, str]]]:
    """Slug and name of each entry of a list that an activity has, in the list's order."""
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = through.objects.filter(activity_id__in=keys).order_by(f"{name}__position", f"{name}__name")
    for key, slug, words in rows.values_list("activity_id", f"{name}__slug", f"{name}__name"):
        found[key].append((slug, words))
    return found


def _partners(keys: Sequence[int], today: datetime.date) -> dict[int, list[Organisation]]:
    """Organisations that accepted to help and are public themselves."""
    found: dict[int, list[Organisation]] = defaultdict(list)
    rows = CoOrganiser.objects.filter(activity_id__in=keys, accepted_at__isnull=False)
    public = Organisation.objects.public(today)
    for row in (
        rows.filter(organisation__in=public).select_related("organisation").order_by("accepted_at", "pk")
    ):
        found[row.activity_id].append(row.organisation)
    return found


class _Date(NamedTuple):
    """Start and end in local minutes, the venue by its key."""

    start: int
    end: int
    notice: str
    venue: int


Dates = dict[int, list[_Date]]


def _dates(keys: Sequence[int], now: datetime.datetime) -> tuple[Dates, Dates]:
    """The dates that are not over: those that are on, and those that are cancelled."""
    on: Dates = defaultdict(list)
    cancelled: Dates = defaultdict(list)
    rows = Occurrence.objects.filter(activity_id__in=keys).upcoming(now).order_by("starts_at", "pk")
    columns = ("activity_id", "state", "starts_at", "ends_at", "notice", "venue_id")
    for key, state, starts_at, ends_at, *rest in rows.values_list(*columns):
        dates = on if state in HAPPENING else cancelled
        dates[key].append(_Date(local_minute(starts_at), local_minute(ends_at), *rest))
    return on, cancelled
