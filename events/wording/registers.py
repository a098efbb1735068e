"""What can be said to the questions of a register, in words."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diversity.categories import NOT_STATED
from events import figures
from events.models import Question
from events.wording.categories import NAMES, NOT_STATED_NAME

QUESTIONS: dict[str, Promise] = {
    Question.GROUP: gettext_lazy("Group"),
    Question.AGE: gettext_lazy("Age"),
    Question.BEFORE: gettext_lazy("Been here before?"),
    Question.SEX: gettext_lazy("Girl or boy"),
    Question.SCHOOL: gettext_lazy("School"),
    Question.OUTCODE: gettext_lazy("First half of the home postcode"),
}
PLURALS = (0, 1, 2, 3, 5, 11, 100)
"""One number of each kind that languages tell apart: a phone looks for the kind of its own among them."""


def answer_words(figure: str) -> str:
    """Of a figure such as `age:8-10`. A school is told by its number: names are its reader's business."""
    question, answer = figures.parts(figure)
    if figure == figures.CAME:
        return _("Came")
    if answer == NOT_STATED:
        return str(NOT_STATED_NAME)
    return str(NAMES.get(question, {}).get(answer, answer))


def waiting_words() -> dict[str, dict[int, str]]:
    """What a phone says of changes that wait in it: by why they do, in the words of each plural."""
    return {
        "lost": _in_each_plural(
            lambda number: ngettext(
                "%(number)s change waits in this phone. "
                "It will be sent when there is signal and you are signed in.",
                "%(number)s changes wait in this phone. "
                "They will be sent when there is signal and you are signed in.",
                number,
            )
        ),
        "signedOut": _in_each_plural(
            lambda number: ngettext(
                "%(number)s change waits in this phone. Sign in, and it is sent.",
                "%(number)s changes wait in this phone. Sign in, and they are sent.",
                number,
            )
        ),
        "others": _in_each_plural(
            lambda number: ngettext(
                "%(number)s change of somebody else waits in this phone. It is sent when they sign in here.",
                "%(number)s changes of somebody else wait in this phone. "
                "They are sent when they sign in here.",
                number,
            )
        ),
    }


def _in_each_plural(say: Callable[[int], str]) -> dict[int, str]:
    """The hole stays one: only the phone knows how many."""
    return {number: say(number) % {"number": "{number}"} for number in PLURALS}
