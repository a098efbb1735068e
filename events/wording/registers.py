"""What can be said to the questions of a register, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from diversity.categories import NOT_STATED
from events import figures
from events.models import Question

QUESTIONS: dict[str, Promise] = {
    Question.GROUP: gettext_lazy("Group"),
    Question.AGE: gettext_lazy("Age"),
    Question.BEFORE: gettext_lazy("Been here before?"),
    Question.SEX: gettext_lazy("Girl or boy"),
    Question.SCHOOL: gettext_lazy("School"),
    Question.OUTCODE: gettext_lazy("First half of the home postcode"),
}
ANSWERS: dict[str, Promise] = {
    "group:asian": gettext_lazy("Asian"),
    "group:black": gettext_lazy("Black"),
    "group:mixed": gettext_lazy("Mixed"),
    "group:white": gettext_lazy("White"),
    "group:other": gettext_lazy("Another group"),
    "age:under-5": gettext_lazy("Under 5"),
    "age:65-and-over": gettext_lazy("65 and over"),
    "before:first-time": gettext_lazy("First time here"),
    "before:been-before": gettext_lazy("Been before"),
    "sex:female": gettext_lazy("Girl or woman"),
    "sex:male": gettext_lazy("Boy or man"),
}


def answer_words(figure: str) -> str:
    """Of a figure such as `age:8-10`. A school is told by its number: names are its reader's business."""
    question, answer = figures.parts(figure)
    if figure == figures.CAME:
        return _("Came")
    if answer == NOT_STATED:
        return _("Not stated")
    if figure in ANSWERS:
        return str(ANSWERS[figure])
    if question == Question.AGE:
        return _("%(from)s to %(to)s") % dict(zip(("from", "to"), answer.split("-"), strict=True))
    return answer
