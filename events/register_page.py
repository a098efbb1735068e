"""What a register's page shows: questions with their lines, and one sentence on what was saved."""

import dataclasses
import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diversity.categories import NOT_STATED, lists_of
from events import figures
from events.figures import CAME
from events.forms.register import Sent
from events.models import Question
from events.wording.registers import QUESTIONS, answer_words
from places.models import School

SALT = "events.register"
A_DAY = 24 * 60 * 60
ALWAYS = (Question.GROUP, Question.AGE, Question.BEFORE)
OPTIONAL = (Question.SEX, Question.SCHOOL, Question.OUTCODE)


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """One number with its two buttons."""

    figure: str
    words: str
    seen: str
    typed: str
    wrong: str = ""

    @property
    def anchor(self) -> str:
        return "f-" + self.figure.replace(":", "-")


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """A question with its lines; `another`: a line may be added, with what was typed and what is wrong."""

    question: str
    words: str
    lines: list[Line]
    total: int
    too_many: bool
    another: tuple[str, str] | None = None

    @property
    def counted(self) -> bool:
        return any(line.seen for line in self.lines)


def line(figure: str, words: str, now: Mapping[str, int], sent: Sent) -> Line:
    seen = str(now[figure]) if figure in now else ""
    typed = sent.typed.get(figure, seen) if sent.wrong else seen
    return Line(figure, words, seen, typed, sent.wrong.get(figure, ""))


def questions(asked: Iterable[Question], now: Mapping[str, int], sent: Sent, edition: int) -> list[Asked]:
    """`edition`: of the code lists that the register is taken with."""
    schools, lists = _school_names(now), lists_of(edition)
    return [_question(each, lists.get(each.value), now, sent, schools) for each in asked]


def _question(
    each: Question,
    known: Sequence[str] | None,
    now: Mapping[str, int],
    sent: Sent,
    schools: Mapping[str, str],
) -> Asked:
    """`known`: the answers of a closed list."""
    begins = each.value + ":"
    answers = known or sorted(
        name.removeprefix(begins) for name in now if name.startswith(begins) and not name.endswith(NOT_STATED)
    )
    names = [figures.name(each.value, answer) for answer in (*answers, NOT_STATED)]
    lines = [line(name, schools.get(name) or answer_words(name), now, sent) for name in names]
    total = sum(now.get(name, 0) for name in names)
    typed = f"another:{each.value}"
    another = None if known else (sent.typed.get(typed, "") if sent.wrong else "", sent.wrong.get(typed, ""))
    words = str(QUESTIONS[each])
    return Asked(each.value, words, lines, total, CAME in now and total > now[CAME], another)


def _school_names(now: Mapping[str, int]) -> dict[str, str]:
    urns = {figures.parts(name)[1] for name in now if name.startswith("school:")} - {NOT_STATED}
    if not urns:
        return {}
    rows = School.objects.filter(urn__in=urns).values_list("urn", "name", "town")
    return {f"school:{urn}": f"{name}, {town}" if town else name for urn, name, town in rows}


def saved_words(done: Mapping[str, int], short: Mapping[str, int], now: Mapping[str, int]) -> str:
    """One sentence on what is there now, and one on what could not be taken off."""
    schools = _school_names({name: 0 for name in done})
    said = [
        _figure_words(name, schools.get(name) or answer_words(name), now.get(name, 0))
        for name in sorted(done, key=lambda name: (name != CAME, name))
    ]
    words = _("Saved: %(figures)s.") % {"figures": ", ".join(said)} if said else _("Nothing has changed.")
    missing = sum(short.values())
    if missing:
        words += " " + ngettext(
            "%(number)s could not be taken off: there were no more.",
            "%(number)s could not be taken off: there were no more.",
            missing,
        ) % {"number": missing}
    return words


def _figure_words(figure: str, words: str, number: int) -> str:
    if figure == CAME:
        return ngettext("%(number)s came", "%(number)s came", number) % {"number": number}
    return _("%(answer)s %(number)s") % {"answer": words, "number": number}


def correction_words(corrected: Mapping[str, Sequence[int]], *, whole: bool) -> list[str]:
    """Each number with what it was and what it is; without `whole` what people said is only mentioned."""
    schools = _school_names(dict.fromkeys(corrected, 0)) if whole else {}
    shown = [figure for figure in sorted(corrected) if whole or figure == CAME]
    said = [
        _("%(answer)s: from %(before)s to %(after)s")
        % {
            "answer": schools.get(figure) or answer_words(figure),
            "before": corrected[figure][0],
            "after": corrected[figure][1],
        }
        for figure in shown
    ]
    return said if len(shown) == len(corrected) else [*said, _("Answers: put right")]


@dataclasses.dataclass(frozen=True, slots=True)
class Saved:
    """What one press did. It travels in the address, signed, to be told and undone; kept nowhere."""

    done: dict[str, int]
    short: dict[str, int]
    device: str
    """Under which number the undoing is counted, once."""


def sign(occurrence: uuid.UUID, done: Mapping[str, int], short: Mapping[str, int]) -> str:
    return signing.dumps([str(occurrence), done, short, str(uuid.uuid4())], salt=SALT, compress=True)


def unsign(occurrence: uuid.UUID, given: str) -> Saved | None:
    try:
        of, done, short, device = signing.loads(given, salt=SALT, max_age=A_DAY)
    except (signing.BadSignature, ValueError):
        return None
    return Saved(done, short, device) if of == str(occurrence) else None
