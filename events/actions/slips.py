"""Paper slips from a closed box, typed in as totals. Typing them again puts them right; it never adds."""

from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from diversity.categories import NOT_STATED, lists_of
from events import permissions
from events.actions import count_days, sums
from events.actions.answers import ASKED
from events.actions.registers import CLOSES_AFTER, hold
from events.models import Counter, Occurrence, Register, Source, State
from organisations.refusals import MayNotChange

MOST = 5_000
"""Of slips, and so of any answer on them."""

Totals = Mapping[str, Mapping[str, int]]
"""By question and answer."""


def totals_of(occurrence: Occurrence) -> dict[str, dict[str, int]]:
    """What has been typed in; empty before."""
    rows = Counter.objects.filter(register=occurrence.pk, source=Source.SLIPS).order_by("question", "answer")
    totals: dict[str, dict[str, int]] = {}
    for question, answer, number in rows.values_list("question", "answer", "number"):
        totals.setdefault(question, {})[answer] = number
    return totals


def are_asked(occurrence: Occurrence) -> bool:
    """On count days. Slips that have been typed in can be put right whatever has become of the count day."""
    return count_days.asks_groups(occurrence) or bool(totals_of(occurrence))


@transaction.atomic
def put_totals(
    *,
    occurrence: Occurrence,
    totals: Totals,
    by: User,
    unchanged: Callable[[Totals], bool] = lambda now: True,
) -> bool:
    """Say what all slips of one session say. `unchanged` is asked whether what is there is what the person
    saw. False where it is so already.

    Raises ValidationError in words, MayNotChange.
    """
    if not permissions.may_record(by, occurrence.activity):
        raise MayNotChange(_("This register is not yours to take."))
    register = hold(occurrence)
    _refuse_when_shut(occurrence, register)
    _check(totals, register.edition)
    known = totals_of(occurrence)
    if known == {question: dict(answers) for question, answers in totals.items()}:
        return False
    if not unchanged(known):
        words = _("Somebody else has just typed in slips. Open the page again to see them.")
        raise ValidationError(words)
    _write(register, totals)
    sums.recount([register.pk])
    audit.record(
        by=by,
        action="register.slips_typed",
        subject=occurrence,
        organisation=occurrence.activity.host.uuid,
        details={"slips": _number(totals), "before": _number(known)},
    )
    return True


def _refuse_when_shut(occurrence: Occurrence, register: Register) -> None:
    fresh = Occurrence.objects.get(pk=occurrence.pk)
    if fresh.state == State.CANCELLED:
        raise ValidationError(_("This date was called off, so there are no slips."))
    if fresh.starts_at > timezone.now():
        raise ValidationError(_("This date has not begun, so there are no slips yet."))
    if not are_asked(fresh):
        raise ValidationError(_("This is not a count day, so only how many came is counted."))
    if register.closed_at or fresh.ends_at + CLOSES_AFTER <= timezone.now():
        raise ValidationError(_("This register is closed. Its numbers stay as they are."))


def _check(totals: Totals, edition: int) -> None:
    """Every question once, known answers, and as many of each as there are slips."""
    known = {question.value: {*lists_of(edition)[question.value], NOT_STATED} for question in ASKED}
    if set(totals) != set(known) or any(not set(totals[each]) <= known[each] for each in known):
        raise ValidationError(_("We do not know one of these answers."))
    numbers = [number for answers in totals.values() for number in answers.values()]
    sums = {sum(answers.values()) for answers in totals.values()}
    if min(numbers, default=0) < 0 or len(sums) != 1 or max(sums) > MOST:
        raise ValidationError(_("The numbers do not fit together."))


def _write(register: Register, totals: Totals) -> None:
    Counter.objects.filter(register=register, source=Source.SLIPS).delete()
    Counter.objects.bulk_create(
        Counter(register=register, question=question, source=Source.SLIPS, answer=answer, number=number)
        for question, answers in totals.items()
        for answer, number in answers.items()
    )


def _number(totals: Totals) -> int:
    """Of slips: how they are shared out stays out of the audit trail."""
    return max((sum(answers.values()) for answers in totals.values()), default=0)
