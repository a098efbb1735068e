"""What a register's page sends: numbers as they were typed, beside those that stood there before."""

import dataclasses
import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from events import figures
from events.models import Question
from places.models import School

NUMBER = re.compile(r"[0-9]{1,4}")
SEEN = "seen:"
"""Before the name of a figure: the number that the page showed for it."""
FEW = 5


@dataclasses.dataclass(slots=True)
class Sent:
    """What is to be added, by figure; what is wrong, by figure; and what was typed, to be kept."""

    changes: dict[str, int] = dataclasses.field(default_factory=dict)
    wrong: dict[str, str] = dataclasses.field(default_factory=dict)
    typed: dict[str, str] = dataclasses.field(default_factory=dict)


def read(post: Mapping[str, str]) -> Sent:
    """A typed number is what it is more than the one that was seen, so that nobody's counts are lost."""
    sent = Sent()
    for name in list(post)[: 2 * figures.MOST_FIGURES + 20]:
        if name.startswith(SEEN):
            _read_number(name.removeprefix(SEEN), post, sent)
    _read_step(post.get("step", ""), sent)
    for question in (Question.SCHOOL, Question.OUTCODE):
        _read_another(question, post, sent)
    return sent


def _read_number(figure: str, post: Mapping[str, str], sent: Sent) -> None:
    typed, seen = post.get(figure, "").strip(), post[SEEN + figure].strip()
    sent.typed[figure] = typed
    if typed in {"", seen}:
        return
    if not NUMBER.fullmatch(typed) or not (seen == "" or NUMBER.fullmatch(seen)):
        sent.wrong[figure] = _("Type a number, like 12.")
        return
    sent.changes[figure] = int(typed) - int(seen or 0)


def _read_step(step: str, sent: Sent) -> None:
    """One of the big buttons: the figure with a sign behind it."""
    figure, sign = step[:-1], step[-1:]
    if figure and sign in {"+", "-"}:
        sent.changes[figure] = sent.changes.get(figure, 0) + (1 if sign == "+" else -1)


def _read_another(question: Question, post: Mapping[str, str], sent: Sent) -> None:
    """One who goes to a school, or lives somewhere, that has no line yet."""
    typed = post.get(f"another:{question.value}", "").replace("\x00", "").strip()
    if not typed:
        return
    name = f"another:{question.value}"
    sent.typed[name] = typed
    answer, why = _school(typed) if question == Question.SCHOOL else _outcode(typed)
    if why:
        sent.wrong[name] = why
        return
    figure = figures.name(question.value, answer)
    sent.changes[figure] = sent.changes.get(figure, 0) + 1


def _outcode(typed: str) -> tuple[str, str]:
    """Never more than the first half, even of a whole postcode."""
    code = "".join(typed.upper().split())
    if re.fullmatch(r".+[0-9][A-Z]{2}", code):
        code = code[:-3]
    if not figures.OUTCODE.fullmatch(code):
        return "", _("Type the first half of a postcode, like HX1.")
    return code, ""


def _school(typed: str) -> tuple[str, str]:
    """By its number in the register, or by a name that only one has."""
    if figures.URN.fullmatch(typed):
        return typed, ""
    found = list(School.objects.called(typed[:100])[: FEW + 1])
    same = [school for school in found if school.name.casefold() == typed.casefold()]
    if len(found) == 1 or len(same) == 1:
        return str((same or found)[0].urn), ""
    if not found:
        return "", _("We know no school of that name.")
    names = "; ".join(f"{school.name}, {school.town}: {school.urn}" for school in found[:FEW])
    return "", _("Which one? Type its number. %(schools)s") % {"schools": names}
