"""What can be said to the questions of a register, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

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


def answer_words(figure: str) -> str:
    """Of a figure such as `age:8-10`. A school is told by its number: names are its reader's business."""
    question, answer = figures.parts(figure)
    if figure == figures.CAME:
        return _("Came")
    if answer == NOT_STATED:
        return str(NOT_STATED_NAME)
    return str(NAMES.get(question, {}).get(answer, answer))
