"""Rounds: run, worked out in pieces, adjusted by hand, announced once."""

import dataclasses
import datetime
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from organisations import refusals
from organisations.refusals import ChangedMeanwhile, MayNotChange, Refused
from places.models import Place, School
from places.models.school import TEACHING
from schools import census, permissions, rounds
from schools.actions import twinnings
from schools.matching.pairing import Pair
from schools.models import Reach, Round, RoundPair, RoundState, Takers, Twinning
from schools.models.twinning import TOGETHER, UNANSWERED

AT_ONCE = 600
"""A place with no more schools is worked out while the officer waits; more go on in `manage.py tick`."""
JOB_SECONDS = 40.0


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """What an officer asks of a round. Pairs are of register numbers, in any order."""

    year: int
    reach: Reach = Reach.SAME_PHASE
    takers: Takers = Takers.ALL
    most_miles: float | None = None
    least_difference: int = 0
    left_out: frozenset[int] = frozenset()
    keep: frozenset[Pair] = frozenset()
    never: frozenset[Pair] = frozenset()


@transaction.atomic
def run(*, place: Place | None, asked: Asked, by: User) -> Round:
    """Begin a round of a place, or of all England as a study; a small place's is worked out at once.

    Raises MayNotChange, ValidationError.
    """
    made = begin(place=place, asked=asked, by=by)
    if place and School.objects.teaching().within(made.area_codes).count() <= AT_ONCE:
        while made.state == RoundState.AT_WORK:
            rounds.advance(made)
    return made


@transaction.atomic
def begin(*, place: Place | None, asked: Asked, by: User | None, area_codes: Iterable[str] = ()) -> Round:
    """What is asked is put down, to be worked out; `area_codes` are a part of the place.

    `by` is None when the platform acts. Raises MayNotChange, ValidationError.
    """
    if by is not None and not permissions.may_run_rounds(by, place):
        raise MayNotChange(_("You cannot run a round for this place."))
    _check(asked)
    made = Round(
        place=place,
        area_codes=sorted(area_codes or place.area_codes) if place else [],
        by=by,
        run_at=timezone.now(),
        **{
            **dataclasses.asdict(asked),
            "left_out": sorted(asked.left_out),
            "keep": _ordered(asked.keep),
            "never": _ordered(asked.never),
        },
    )
    made.full_clean(exclude=["by", "announced_by"])
    made.save(force_insert=True)
    audit.record(by=by, action="round.run", subject=made)
    return made


def advance(*, round: Round, seconds: float = JOB_SECONDS) -> Round:
    """The next pieces, for about so many seconds: a piece that was begun is finished.

    Each is a transaction, and what it found is put down with it, so that whatever is killed goes on there.
    """
    until = time.monotonic() + seconds
    while True:
        with transaction.atomic():
            held = _rows(skip_locked=True).filter(pk=round.pk).first()
            if held is None:  # somebody else is at it
                return Round.objects.get(pk=round.pk)
            if held.state == RoundState.AT_WORK:
                rounds.advance(held)
        if held.state != RoundState.AT_WORK or time.monotonic() >= until:
            return held


def advance_all(now: datetime.datetime, *, dry_run: bool) -> int:
    """Go on with every round that is being worked out. Returns how many there were."""
    found = list(Round.objects.at_work().order_by("run_at"))
    for each in [] if dry_run else found:
        advance(round=each, seconds=JOB_SECONDS)
    return len(found)


@transaction.atomic
def take_out(*, round: Round, first: int, second: int, by: User) -> Round:
    """A pair that shall not be announced. It can be put back. Raises MayNotChange, ChangedMeanwhile."""
    held = _held(round, by)
    pair = _pair_of(held, first, second)
    if not pair.taken_out:
        pair.taken_out, pair.kept, pair.by_hand = True, False, True
        pair.save(update_fields=["taken_out", "kept", "by_hand"])
        _changed(held, by, "round.pair_taken_out", pair)
    return held


@transaction.atomic
def put_in(*, round: Round, first: int, second: int, by: User) -> Round:
    """A pair of the officer's own, or one that was taken out. Both schools must be free in this round.

    Raises ValidationError, MayNotChange, ChangedMeanwhile.
    """
    held = _held(round, by)
    one, other = sorted((first, second))
    schools = School.objects.in_bulk([one, other])
    _check_can_be_put_in(held, one, other, schools)
    numbers = rounds.numbers([(one, other)], {}, census.pupils_of([one, other]), schools)
    made, _new = RoundPair.objects.update_or_create(
        round=held,
        first_id=one,
        second_id=other,
        defaults={**numbers[one, other], "taken_out": False, "by_hand": True},
    )
    _changed(held, by, "round.pair_put_in", made)
    return held


@transaction.atomic
def keep(*, round: Round, first: int, second: int, kept: bool, by: User) -> Round:
    """Whether a pair stays when the round is run again. Raises MayNotChange, ChangedMeanwhile."""
    held = _held(round, by)
    pair = _pair_of(held, first, second)
    if pair.taken_out:
        raise ChangedMeanwhile(_("Somebody has taken this pair out. Put it in again first."))
    if pair.kept != kept:
        pair.kept = kept
        pair.save(update_fields=["kept"])
        _changed(held, by, "round.pair_kept" if kept else "round.pair_not_kept", pair)
    return held


@transaction.atomic
def announce(*, round: Round, version: int, note: str, by: User) -> Round:
    """Propose every pair to its two schools: all or none, and once, however often it is pressed.

    1. Hold the round's row. If it is announced by now, nothing more happens.
    2. It must be exactly what the officer saw.
    3. One twinning for each pair; if one cannot be, none is, and the pair is named. Pairs that are asked
       already, or are twins, are left as they are.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    held = _rows().get(pk=round.pk)
    _refuse_strangers(held, by)
    if held.state == RoundState.ANNOUNCED:
        return held
    if held.is_study or not held.is_open:
        raise ValidationError(_("Only a finished round of a place can be announced."))
    if held.version != version:
        raise ChangedMeanwhile(_("Somebody has changed this round since you looked. Look again."))
    pairs = list(held.pairs.proposed().select_related("first", "second").order_by("first", "second"))
    if not pairs:
        raise ValidationError(_("There is no pair to announce."))
    under_way = _under_way(held.year)
    new = [pair for pair in pairs if (pair.first_id, pair.second_id) not in under_way]
    for pair in new:
        _broker(held, pair, note, by)
    held.state, held.announced_by, held.announced_at = RoundState.ANNOUNCED, by, timezone.now()
    held.note = note
    held.save(update_fields=["state", "announced_by", "announced_at", "note"])
    audit.record(
        by=by, action="round.announced", subject=held, details={"pairs": len(pairs), "new": len(new)}
    )
    return held


def _under_way(year: int) -> set[Pair]:
    """Those that were asked already, or are twins in that year."""
    rows = Twinning.objects.filter(year=year, state__in=UNANSWERED | TOGETHER)
    return set(rows.values_list("first", "second"))


def _rows(*, skip_locked: bool = False) -> Any:
    """Held until the transaction ends."""
    return Round.objects.select_for_update(of=("self",), skip_locked=skip_locked).select_related("place")


def _held(round: Round, by: User) -> Round:
    held = _rows().get(pk=round.pk)
    _refuse_strangers(held, by)
    if not held.is_open:
        raise ChangedMeanwhile(_("This round cannot be changed now."))
    return held


def _refuse_strangers(held: Round, by: User) -> None:
    if not permissions.may_run_rounds(by, held.place):
        raise MayNotChange(_("You cannot run a round for this place."))


def _changed(held: Round, by: User, action: str, pair: RoundPair) -> None:
    held.version += 1
    held.save(update_fields=["version"])
    audit.record(
        by=by, action=action, subject=held, details={"first": pair.first_id, "second": pair.second_id}
    )


def _pair_of(held: Round, first: int, second: int) -> RoundPair:
    one, other = sorted((first, second))
    found = held.pairs.filter(first=one, second=other).first()
    if found is None:
        raise ChangedMeanwhile(_("This pair is not in the round."))
    return found


def _check(asked: Asked) -> None:
    """Whatever is wrong is said under the name of what was asked."""
    wrong: dict[str, Any] = {}
    kept, never = _ordered(asked.keep), _ordered(asked.never)
    for name, pairs in (("keep", kept), ("never", never)):
        if any(one == other for one, other in pairs):
            wrong.setdefault(name, []).append(_("A school cannot be its own twin."))
    taken = [urn for pair in kept for urn in pair]
    if len(set(taken)) < len(taken) and "keep" not in wrong:
        wrong.setdefault("keep", []).append(_("A school can be in one link that is kept, no more."))
    if set(taken) & asked.left_out:
        wrong.setdefault("keep", []).append(_("A school that is left out cannot have a link that is kept."))
    if any(pair in never for pair in kept):
        wrong.setdefault("never", []).append(_("A link cannot be kept and never be repeated."))
    named = {"left_out": asked.left_out, "keep": {*taken}, "never": {urn for pair in never for urn in pair}}
    known = set(School.objects.filter(pk__in=set().union(*named.values())).values_list("pk", flat=True))
    for name, urns in named.items():
        if unknown := sorted(urns - known):
            words = _("The register has no school with the number %(urns)s.")
            wrong.setdefault(name, []).append(words % {"urns": ", ".join(map(str, unknown))})
    closed = School.objects.filter(pk__in=taken).exclude(status__in=TEACHING)
    wrong.setdefault("keep", []).extend(_("%(school)s is closed.") % {"school": each} for each in closed)
    if wrong := {name: words for name, words in wrong.items() if words}:
        raise ValidationError(wrong)


def _check_can_be_put_in(held: Round, one: int, other: int, schools: Mapping[int, School]) -> None:
    if one == other:
        raise ValidationError(_("A school cannot be its own twin."))
    for urn in (one, other):
        if urn not in schools:
            raise ValidationError(_("The register has no school with the number %(urns)s.") % {"urns": urn})
        if not schools[urn].is_teaching:
            raise ValidationError(_("%(school)s is closed.") % {"school": schools[urn]})
        if held.place_id and schools[urn].area_code not in held.area_codes:
            raise ValidationError(_("%(school)s is not in this place.") % {"school": schools[urn]})
    pairs = held.pairs.proposed().select_related("first", "second")
    for pair in pairs.filter(first__in=[one, other]) | pairs.filter(second__in=[one, other]):
        if (pair.first_id, pair.second_id) != (one, other):
            words = _("%(one)s and %(other)s are a pair in this round. Take it out first.")
            raise ValidationError(words % {"one": pair.first, "other": pair.second})


def _ordered(pairs: Iterable[Sequence[int]]) -> list[list[int]]:
    return sorted([min(pair), max(pair)] for pair in pairs)


def _broker(held: Round, pair: RoundPair, note: str, by: User) -> None:
    """What is refused names the pair, so that the officer can take it out."""
    try:
        twinnings.broker(first=pair.first, second=pair.second, year=held.year, note=note, by=by)
    except (ValidationError, Refused) as refusal:
        said = {"one": pair.first, "other": pair.second, "why": refusals.words(refusal)}
        words = _("Nothing was announced. %(one)s and %(other)s cannot be twins: %(why)s") % said
        raise ValidationError(words) from refusal
