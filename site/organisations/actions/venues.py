"""Making venues and changing them, together with what is known of getting in.

Whatever was written beforehand with a venue's words is queued by its signal, in the same transaction.
"""

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

import looks
from accounts import audit
from accounts.models import User
from organisations import permissions
from organisations.models import AccessFeature, Answer, Organisation, Venue, VenueAccess
from organisations.refusals import MayNotChange
from places.models import Place

FACTS = ("name", "street", "town", "postcode", "latitude", "longitude", "directions")


@dataclass(frozen=True, slots=True)
class Said:
    """What is said about one access feature. Nothing said is not known."""

    answer: str = Answer.UNKNOWN.value
    note: str = ""
    checked_on: datetime.date | None = None


NOTHING = Said()
Access = Mapping[str, Said]  # by the feature's slug


def access_of(venue: Venue) -> dict[str, Said]:
    """What is said of the features that anything is said of."""
    rows = venue.access.order_by("pk").values_list("feature__slug", "answer", "note", "checked_on")
    said = {slug: Said(*rest) for slug, *rest in rows}
    return {slug: each for slug, each in said.items() if each != NOTHING}


def version(venue: Venue) -> str:
    """Another text whenever anything that people change about a venue is another."""
    return _digest(_written(venue, access_of(venue)))


@transaction.atomic
def add(
    *,
    place: Place | None,
    organisation: Organisation | None,
    by: User,
    access: Access | None = None,
    **facts: Any,
) -> Venue:
    """An organisation's own, or shared by everybody of the place. Raises ValidationError, MayNotChange."""
    made = Venue(place=organisation.place if organisation else place, organisation=organisation)
    if not permissions.may_edit_venue(by, made):
        raise MayNotChange(_("You cannot add a venue there."))
    _put(made, facts)
    made.save(force_insert=True)
    _write_access(made, access or {})
    _record("added", made, by, {"name": made.name, "postcode": made.postcode})
    return made


@transaction.atomic
def change(
    *, venue: Venue, by: User, access: Access | None = None, seen: str | None = None, **facts: Any
) -> Venue:
    """Change the given facts and answers; the others stay. A venue never changes its place or owner.

    `seen` is the `version` that the person decided on: where it is no longer so, nothing is overwritten
    unseen. Raises ValidationError by field, MayNotChange.
    """
    held = (
        Venue.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organisation__place", "place")
        .get(pk=venue.pk)
    )
    if not permissions.may_edit_venue(by, held):
        raise MayNotChange(_("This venue is not yours to change."))
    said = access_of(held)
    before = _written(held, said)
    if seen is not None and seen != _digest(before):
        _refuse_unseen(held, said, access or {}, facts)
    _put(held, facts)
    after = _written(held, {**said, **(access or {})})
    if after == before:
        return held
    _write_access(held, access or {})
    held.save()
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    details = {
        "from": {name: before.get(name) for name in changed},
        "to": {name: after.get(name) for name in changed},
    }
    _record("changed", held, by, details)
    return held


def _refuse_unseen(venue: Venue, said: Access, access: Access, facts: Mapping[str, Any]) -> None:
    """Whoever says what is there already overwrites nothing."""
    there = [looks.in_words(venue, name) for name, value in facts.items() if value != getattr(venue, name)]
    others = [slug for slug, each in access.items() if each != said.get(slug, NOTHING)]
    for feature in AccessFeature.objects.filter(slug__in=others):
        known = said.get(feature.slug, NOTHING)
        checked_on = looks.said(known.checked_on) if known.checked_on else ""
        words = (str(Answer(known.answer).label), known.note, checked_on)
        there.append(f"{feature.name}: {', '.join(word for word in words if word)}")
    if there:
        looks.refuse(there)


def _put(venue: Venue, facts: Mapping[str, Any]) -> None:
    """Raises ValidationError beside the field, TypeError for what is no fact of a venue."""
    if unknown := set(facts) - set(FACTS):
        raise TypeError(f"no facts of a venue: {sorted(unknown)}")
    for name, value in facts.items():
        setattr(venue, name, value.strip() if isinstance(value, str) else value)
    venue.full_clean(validate_unique=False)


def _write_access(venue: Venue, access: Access) -> None:
    """In one statement each: what is told of the venue itself is enough for whoever listens."""
    features = {feature.slug: feature for feature in AccessFeature.objects.filter(slug__in=access)}
    rows = [VenueAccess(venue=venue, feature=features[slug], **asdict(access[slug])) for slug in features]
    VenueAccess.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["venue", "feature"],
        update_fields=["answer", "note", "checked_on"],
    )


def _written(venue: Venue, access: Access) -> dict[str, Any]:
    """All that people change about a venue, as plain values."""
    facts = {name: getattr(venue, name) for name in FACTS}
    said = {slug: each for slug, each in sorted(access.items()) if each != NOTHING}
    return facts | {
        f"access {slug}": [each.answer, each.note, each.checked_on and each.checked_on.isoformat()]
        for slug, each in said.items()
    }


def _digest(written: Mapping[str, Any]) -> str:
    return hashlib.sha256(repr(sorted(written.items())).encode()).hexdigest()


def _record(verb: str, venue: Venue, by: User, details: dict[str, Any]) -> None:
    owner = venue.organisation
    audit.record(
        by=by,
        action=f"venue.{verb}",
        subject=venue,
        organisation=owner.uuid if owner else None,
        details=details,
    )
