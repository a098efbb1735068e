"""Twinnings: wished for, proposed, answered, begun, ended. Every change is a step that stays."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

import looks
from accounts import audit
from accounts.models import User
from organisations.models import Generation
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import School
from places.school_years import year_of
from schools import letters, permissions, school_days
from schools.models import LinkLimit, Twinning, TwinningState, TwinningStep
from schools.models.twinning import MOST_LINKS, OVER, REFUSED, TOGETHER, UNANSWERED

DAYS_TO_ANSWER = 20
"""School days. Then a proposal lapses."""
KEPT_FOR = datetime.timedelta(days=365)
"""What people wrote, after a twinning is over."""
EMPTIED = {"first_contact": "", "second_contact": "", "note": "", "reason": ""}
LIMIT = "twinning_within_the_limit"


@transaction.atomic
def wish(*, school: School, other: School, year: int, note: str, contact: str, by: User) -> Twinning:
    """Put down that a school would like to. When the other wishes the same, it is proposed.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    _refuse_who_does_not_speak_for(school, by)
    held = _row_for(school, other, year)
    if held.state == TwinningState.WISHED and held.proposer_id == other.pk:
        return _propose(held, other, note=held.note, contact=held.contact_of(other), by=by)
    _check_can_begin(held, school)
    _begin(held, proposer=school, note=note, contact=contact)
    return _moved(held, TwinningState.WISHED, by, "twinning.wished")


@transaction.atomic
def propose(*, school: School, other: School, year: int, note: str, contact: str, by: User) -> Twinning:
    """Ask another school. By this the school has said yes.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    _refuse_who_does_not_speak_for(school, by)
    held = _row_for(school, other, year)
    if held.state != TwinningState.WISHED:
        _check_can_begin(held, school)
    return _propose(held, school, note=note, contact=contact, by=by)


@transaction.atomic
def broker(*, first: School, second: School, year: int, note: str, by: User) -> Twinning:
    """Propose two schools to each other. Both are asked.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    if not permissions.may_broker(by, first, second):
        raise MayNotChange(_("Neither school is in a place that you answer for."))
    held = _row_for(first, second, year)
    if held.state and held.state not in REFUSED | {TwinningState.WISHED}:
        raise ChangedMeanwhile(_already(held))
    _begin(held, proposer=None, note=note)
    _moved(held, TwinningState.PROPOSED, by, "twinning.brokered")
    letters.brokered(held)
    return held


@transaction.atomic
def accept(*, twinning: Twinning, school: School, contact: str, by: User) -> Twinning:
    """Say yes for one of the two. With both it is agreed.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    held = _answered(twinning, school, by)
    _refuse_closed(held.first, held.second)
    if wrong := _wrong_with_contact(contact):
        raise ValidationError({"contact": wrong})
    side = "first" if held.is_first(school) else "second"
    setattr(held, f"{side}_contact", contact.strip())
    setattr(held, f"{side}_accepted_at", timezone.now())
    if held.accepted_by(held.other(school)):
        _moved(held, TwinningState.AGREED, by, "twinning.agreed")
        letters.agreed(held)
    else:
        _moved(held, TwinningState.ACCEPTED, by, "twinning.accepted")
        letters.accepted(held, to=held.other(school))
    return held


@transaction.atomic
def decline(*, twinning: Twinning, school: School, reason: str, by: User) -> Twinning:
    """Say no for one of the two. Why is for the officer alone. Raises MayNotChange, ChangedMeanwhile."""
    held = _answered(twinning, school, by)
    held.reason = reason.strip()
    _moved(held, TwinningState.DECLINED, by, "twinning.declined")
    if held.accepted_by(held.other(school)):
        letters.declined(held, to=[held.other(school)])
    else:
        letters.withdrawn(held, to=[held.other(school)])
    return held


@transaction.atomic
def withdraw(*, twinning: Twinning, by: User) -> Twinning:
    """Take a wish or a proposal back: who made it. Raises MayNotChange, ChangedMeanwhile."""
    held = hold(twinning)
    may = permissions.speaks_for(by, held.proposer) if held.proposer else permissions.oversees(by, held)
    if not may:
        raise MayNotChange(_("Only who proposed it can take it back."))
    was = TwinningState(held.state)
    if was not in UNANSWERED | {TwinningState.WISHED}:
        raise ChangedMeanwhile(_already(held))
    _moved(held, TwinningState.WITHDRAWN, by, "twinning.withdrawn")
    if was != TwinningState.WISHED:
        letters.withdrawn(held, to=_those_asked(held))
    return held


@transaction.atomic
def start(*, twinning: Twinning, by: User) -> Twinning:
    """Say that it has begun: either school.

    Raises MayNotChange, ChangedMeanwhile, ValidationError at a limit or where one is closed.
    """
    held = hold(twinning)
    if not permissions.speaks_for_one_of(by, held):
        raise MayNotChange(_("Only the two schools can say that it has begun."))
    if held.state != TwinningState.AGREED:
        raise ChangedMeanwhile(_already(held))
    _refuse_closed(held.first, held.second)
    try:
        with transaction.atomic():
            _moved(held, TwinningState.RUNNING, by, "twinning.started")
    except IntegrityError as refused:
        if _name(refused) != LIMIT:
            raise
        raise ValidationError(
            _("One of the two schools runs as many twinnings as it has chosen. End one first.")
        ) from refused
    for school in (held.first, held.second):
        if not permissions.speaks_for(by, school):
            letters.running(held, to=school)
    return held


@transaction.atomic
def end(*, twinning: Twinning, by: User) -> Twinning:
    """Either school can at any time. Raises MayNotChange, ChangedMeanwhile."""
    held = hold(twinning)
    if not permissions.may_end(by, held):
        raise MayNotChange(_("Only the two schools can end it."))
    if held.state not in TOGETHER:
        raise ChangedMeanwhile(_already(held))
    _moved(held, TwinningState.ENDED, by, "twinning.ended")
    letters.ended(held)
    return held


@transaction.atomic
def choose_limit(*, school: School, most: int, by: User, seen: looks.Look | None = None) -> LinkLimit:
    """How many twinnings a school runs at once. Raises MayNotChange, ValidationError."""
    _refuse_who_does_not_speak_for(school, by)
    if not 0 <= most <= MOST_LINKS:
        raise ValidationError({"most": _("Between 0 and %(most)s.") % {"most": MOST_LINKS}})
    held = LinkLimit.objects.select_for_update(no_key=True).filter(school=school).first()
    looks.refuse_if_changed(held or LinkLimit(school=school), {"most": most}, seen)
    try:
        with transaction.atomic():
            chosen = LinkLimit.objects.update_or_create(school=school, defaults={"most": most})[0]
    except IntegrityError as refused:
        if _name(refused) != LIMIT:
            raise
        raise ValidationError({"most": _("You run more than that now. End one first.")}) from refused
    audit.record(by=by, action="twinning.limited", subject=by, details={"school": school.pk, "most": most})
    return chosen


def lapse_unanswered(*, today: datetime.date, dry_run: bool) -> int:
    """Proposals that nobody answered for twenty school days, and wishes whose year is over.

    Days are those of the schools that have not answered; where it is both, both must have had twenty.
    """
    overdue = [each for each in _waiting() if is_overdue(each, today)]
    for each in [] if dry_run else overdue:
        _lapse(each, today)
    return len(overdue)


def is_overdue(twinning: Twinning, today: datetime.date) -> bool:
    """Whether it lapses in the night: what `lapse_unanswered` says, of one."""
    if twinning.year < year_of(today):
        return True
    if twinning.state == TwinningState.WISHED:
        return False
    return all(
        school_days.between(school_days.calendar_of(school), asked_on(twinning, school), today)
        >= DAYS_TO_ANSWER
        for school in (twinning.first, twinning.second)
        if not twinning.accepted_by(school)
    )


def asked_on(twinning: Twinning, school: School) -> datetime.date:
    """The day after which a school's days count. Who uses the code of a letter shows a sign of life: from
    then on it has its days anew, to be checked and to answer."""
    used = twinning.paper_letters.used().filter(school=school).aggregate(last=Max("used_at"))["last"]
    return timezone.localdate(max(twinning.since, used or twinning.since))


def end_past(*, today: datetime.date, dry_run: bool) -> int:
    """Twinnings of school years that are over, begun or not. Nobody is told: everybody knows the year."""
    past = list(Twinning.objects.filter(state__in=TOGETHER, year__lt=year_of(today)))
    for each in [] if dry_run else past:
        _end_by_itself(each)
    return len(past)


def forget(*, now: datetime.datetime, dry_run: bool) -> int:
    """Empty the names of contacts, notes, and why a school said no, a year after it was over."""
    old = Twinning.objects.filter(state__in=OVER, since__lte=now - KEPT_FOR).exclude(**EMPTIED)
    return old.count() if dry_run else old.update(**EMPTIED)


def forget_who_acted(*, dry_run: bool) -> int:
    """Who took a step, after seven years: the database lets no younger row go."""
    old = TwinningStep.objects.filter(at__lt=audit.SEVEN_YEARS_AGO, by__isnull=False)
    return old.count() if dry_run else old.update(by=None)


def _waiting() -> Any:
    waiting = Twinning.objects.filter(state__in=UNANSWERED | {TwinningState.WISHED})
    return waiting.select_related("first", "second").order_by("pk")


@transaction.atomic
def _lapse(twinning: Twinning, today: datetime.date) -> None:
    held = hold(twinning)
    if held.state in UNANSWERED | {TwinningState.WISHED} and is_overdue(held, today):
        _moved(held, TwinningState.LAPSED, None, "twinning.lapsed")
        letters.lapsed(held, is_year_over=held.year < year_of(today))


@transaction.atomic
def _end_by_itself(twinning: Twinning) -> None:
    held = hold(twinning)
    if held.state in TOGETHER:
        _moved(held, TwinningState.ENDED, None, "twinning.ended")


def hold(twinning: Twinning) -> Twinning:
    """Held until the transaction ends."""
    rows = Twinning.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("first", "second", "proposer").get(pk=twinning.pk)


def _row_for(school: School, other: School, year: int) -> Twinning:
    """The pair's row of that year, held; or a new one, not stored yet and without a state."""
    _check_pair(school, other, year)
    first, second = sorted((school, other), key=lambda each: each.pk)
    rows = Twinning.objects.select_for_update(of=("self",), no_key=True)
    found = rows.select_related("first", "second", "proposer").filter(first=first, second=second, year=year)
    return found.first() or Twinning(first=first, second=second, year=year)


def _check_pair(school: School, other: School, year: int) -> None:
    if school.pk == other.pk:
        raise ValidationError(_("A school cannot be its own twin."))
    _refuse_closed(school, other)
    this = year_of(timezone.localdate())
    if year not in (this, this + 1):
        raise ValidationError({"year": _("Twinnings are for this school year or the next.")})


def _refuse_closed(*schools: School) -> None:
    """A school may close while it is asked, or after it said yes."""
    for each in schools:
        if not each.is_teaching:
            raise ValidationError(_("%(school)s is closed.") % {"school": each})


def _wrong_with_contact(contact: str) -> str:
    """In words; empty if nothing is."""
    if not contact.strip():
        return _("Whom can they ring or write to? Give a name.")
    longest = Twinning._meta.get_field("first_contact").max_length
    if len(contact.strip()) > longest:
        return _("That is too long: %(most)s letters at most.") % {"most": longest}
    return ""


def _check_can_begin(held: Twinning, school: School) -> None:
    """One that came to nothing can begin again; but who was refused does not ask twice in a year."""
    if not held.state or not held.bars(school):
        return
    if held.state == TwinningState.DECLINED:
        raise ValidationError(_("It will not be this year. You can ask them again next year."))
    raise ChangedMeanwhile(_already(held))


def _begin(held: Twinning, *, proposer: School | None, note: str, contact: str = "") -> None:
    """What was there before of it is forgotten; its steps stay."""
    wrong: dict[str, Any] = {}
    if not note.strip():
        wrong["note"] = _("Say in a few words what you would like to do together.")
    if len(note) > 500:
        wrong["note"] = _("That is too long: 500 letters at most.")
    if proposer and (about_contact := _wrong_with_contact(contact)):
        wrong["contact"] = about_contact
    if wrong:
        raise ValidationError(wrong)
    held.proposer, held.note, held.reason = proposer, note.strip(), ""
    held.first_accepted_at = held.second_accepted_at = None
    held.first_contact = held.second_contact = ""
    if proposer:
        setattr(held, "first_contact" if held.is_first(proposer) else "second_contact", contact.strip())


def _propose(held: Twinning, proposer: School, *, note: str, contact: str, by: User) -> Twinning:
    _begin(held, proposer=proposer, note=note, contact=contact)
    setattr(held, "first_accepted_at" if held.is_first(proposer) else "second_accepted_at", timezone.now())
    _moved(held, TwinningState.PROPOSED, by, "twinning.proposed")
    letters.proposed(held, to=held.other(proposer))
    return held


def _answered(twinning: Twinning, school: School, by: User) -> Twinning:
    """Held, while the school still has to answer."""
    held = hold(twinning)
    if not held.has(school):
        raise MayNotChange(_("This is a twinning of other schools."))
    _refuse_who_does_not_speak_for(school, by)
    if held.state not in UNANSWERED or held.accepted_by(school):
        raise ChangedMeanwhile(_already(held))
    return held


def _those_asked(held: Twinning) -> list[School]:
    return [school for school in (held.first, held.second) if school.pk != held.proposer_id]


def _refuse_who_does_not_speak_for(school: School, by: User) -> None:
    if not permissions.speaks_for(by, school):
        raise MayNotChange(_("Only owners and editors of a checked school can do this."))


def _moved(held: Twinning, state: TwinningState, by: User | None, action: str) -> Twinning:
    """The new state with its step and its record. Pages of schools say whom they are twinned with."""
    public = {held.state, state} & TOGETHER
    held.state, held.since = state, timezone.now()
    _store(held)
    if state not in UNANSWERED:
        held.paper_letters.open().update(void_at=held.since)
    TwinningStep.objects.create(twinning=held, state=state, at=held.since, by=by)
    audit.record(
        by=by,
        action=action,
        subject=held,
        details={"first": held.first_id, "second": held.second_id, "year": held.year},
    )
    if public:
        Generation.objects.raised()
    return held


def _store(held: Twinning) -> None:
    """A row that somebody else made at the same moment is theirs."""
    if held.pk:
        held.save()
        return
    try:
        with transaction.atomic():
            held.save(force_insert=True)
    except IntegrityError as refused:
        if _name(refused) != "twinning_once_a_pair_and_year":
            raise
        raise ChangedMeanwhile(
            _("Somebody has proposed this pair at the same moment. Look again.")
        ) from refused


def _name(refused: IntegrityError) -> str:
    """Of the constraint that was broken."""
    return getattr(getattr(refused.__cause__, "diag", None), "constraint_name", None) or ""


def _already(held: Twinning) -> str:
    words = _("%(first)s and %(second)s in %(year)s: %(state)s.")
    return words % {
        "first": held.first,
        "second": held.second,
        "year": held.year_said,
        "state": held.get_state_display().lower(),
    }
