"""The figures of a register by name: `came`, or a question and an answer as in `group:asian`."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diversity.categories import EDITION, NOT_STATED, OPEN_LISTS, lists_of
from events.models import Occurrence
from places.models import Outcode, School

CAME = "came"
MOST = 9_999
"""Nothing that a register counts is greater."""
MOST_FIGURES = 200
"""So many one batch may change."""
URN = re.compile(r"[1-9][0-9]{4,6}")
OUTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")

Changes = Mapping[str, int]
"""By figure, how many more; less than nothing takes off. Zero says that a number is known: nobody came."""


def name(question: str, answer: str) -> str:
    return f"{question}:{answer}"


def parts(figure: str) -> tuple[str, str]:
    """Question and answer."""
    question, _colon, answer = figure.partition(":")
    return question, answer


def edition_of(occurrence: Occurrence) -> int:
    """Of the code lists that its register is taken with; where there is none yet, the newest."""
    register = getattr(occurrence, "register", None)
    return EDITION if register is None else register.edition


def check(changes: Changes, edition: int) -> None:
    """Raises ValidationError in words for a figure that no register has, or a number that none can be."""
    if len(changes) > MOST_FIGURES:
        raise ValidationError(_("That is too much at once."))
    if any(not -MOST <= number <= MOST for number in changes.values()):
        raise ValidationError(_("That number is too big: %(most)s is the most.") % {"most": MOST})
    asked = [parts(figure) for figure in changes if figure != CAME]
    known = lists_of(edition)
    for question, answer in asked:
        if question in known and answer not in known[question] and answer != NOT_STATED:
            raise ValidationError(_("We do not know the answer “%(answer)s”.") % {"answer": answer[:40]})
        if question not in known and question not in OPEN_LISTS:
            raise ValidationError(
                _("We do not know the question “%(question)s”.") % {"question": question[:40]}
            )
    _check_schools({answer for question, answer in asked if question == "school"})
    _check_outcodes({answer for question, answer in asked if question == "outcode"})


def _check_schools(answers: set[str]) -> None:
    urns = {answer for answer in answers - {NOT_STATED} if URN.fullmatch(answer)}
    found = set(School.objects.filter(urn__in=urns).values_list("urn", flat=True)) if urns else set()
    _refuse_unknown(
        answers - {NOT_STATED} - {str(urn) for urn in found}, _("We do not know the school “%(answer)s”.")
    )


def _check_outcodes(answers: set[str]) -> None:
    codes = {answer for answer in answers - {NOT_STATED} if OUTCODE.fullmatch(answer)}
    found = set(Outcode.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    _refuse_unknown(answers - {NOT_STATED} - found, _("We do not know the postcode “%(answer)s”."))


def _refuse_unknown(answers: Iterable[str], words: str) -> None:
    for answer in sorted(answers):
        raise ValidationError(words % {"answer": answer[:40]})
