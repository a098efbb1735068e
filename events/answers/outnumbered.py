"""Where more answers are there than people were counted: the organiser is told, and can put the number right.

Nobody but people themselves can see that somebody answered twice, so nothing is taken off by itself.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import in_hand
from events.models import Counter, Occurrence, Source

TYPED = Q(source=Source.TYPED)
SUMS = {
    "typed": Sum("number", filter=TYPED, default=0),
    "told": Sum("number", filter=~TYPED, default=0),
}


@dataclass(frozen=True, slots=True)
class Outnumbered:
    """`answered` by the question that most answered; `came` is None where nobody has been counted."""

    answered: int
    came: int | None

    @property
    def words(self) -> str:
        if self.came is None:
            return ngettext(
                "%(answered)s answer is here, and nobody has counted who came. Please say how many came.",
                "%(answered)s answers are here, and nobody has counted who came. Please say how many came.",
                self.answered,
            ) % {"answered": self.answered}
        return " ".join((self._told(), _("Please put the number right if you can.")))

    def _told(self) -> str:
        return ngettext(
            "There is %(answered)s answer, but only %(came)s came. "
            "Somebody may have answered twice, or were more there?",
            "There are %(answered)s answers, but only %(came)s came. "
            "Somebody may have answered twice, or were more there?",
            self.answered,
        ) % {"answered": self.answered, "came": self.came}


@in_hand.held_by(None)
def of(occurrence: Occurrence) -> Outnumbered | None:
    """One query. Who has the date may know.

    What was typed in and what people told themselves may be of the same people: the larger counts, as where
    the numbers are read (`events.actions.sums`).
    """
    rows = Counter.objects.filter(register=occurrence.pk).values_list("register__came", "question")
    sums = list(rows.annotate(**SUMS))
    if not sums:
        return None
    came, answered = sums[0][0], max(max(typed, told) for _came, _question, typed, told in sums)
    return Outnumbered(answered, came) if answered > (came or 0) else None


def of_them(occurrences: QuerySet[Occurrence]) -> QuerySet[Occurrence]:
    """Those of them where it is so, as the database finds them."""
    came = Coalesce(OuterRef("register__came"), 0)
    sums = Counter.objects.filter(register=OuterRef("pk")).values("question").annotate(**SUMS)
    return occurrences.filter(Exists(sums.filter(Q(typed__gt=came) | Q(told__gt=came))))
