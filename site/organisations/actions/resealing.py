"""After a key was replaced: what older keys have sealed is sealed anew with the first one."""

from dataclasses import dataclass

from django.db import transaction

from organisations import sealing
from organisations.models import Concern, ConcernNote

AT_ONCE = 100


@dataclass(slots=True)
class Resealed:
    done: int = 0
    closed: int = 0
    """How many no key opens."""


def reseal_all() -> Resealed:
    """In batches that stand by themselves, so that it can be stopped and run again."""
    result = Resealed()
    for model in (Concern, ConcernNote):
        last = 0
        while last is not None:
            last = _batch(model, last, result)
    return result


@transaction.atomic
def _batch(model: type[Concern] | type[ConcernNote], after: int, result: Resealed) -> int | None:
    """The next hundred rows; the last one's key, or None at the end."""
    rows = model.objects.select_for_update(of=("self",), no_key=True).filter(pk__gt=after).exclude(sealed="")
    found = list(rows.order_by("pk")[:AT_ONCE])
    for row in found:
        if sealing.is_current(row.sealed):
            continue
        try:
            sealed = sealing.resealed(row.sealed)
        except sealing.CannotOpen:
            result.closed += 1
        else:
            model.objects.filter(pk=row.pk).update(sealed=sealed)
            result.done += 1
    return found[-1].pk if found else None
