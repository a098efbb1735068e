"""The three questions of the form behind the code, and what can be answered."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diversity.categories import NOT_STATED

QUESTIONS: Mapping[str, Promise] = {
    "group": _("Which group do you belong to?"),
    "age": _("How old are you?"),
    "before": _("Have you been here before?"),
}
PREFER_NOT = _("I would rather not say")
ANSWERS: Mapping[str, Mapping[str, Promise]] = {
    "group": {
        "asian": _("Asian or Asian British"),
        "black": _("Black, Black British, Caribbean or African"),
        "mixed": _("Mixed: parents or grandparents of several groups"),
        "white": _("White"),
        "other": _("Another group, for instance Arab"),
        NOT_STATED: PREFER_NOT,
    },
    "age": {
        "under-5": _("Under 5"),
        "5-7": _("5 to 7"),
        "8-10": _("8 to 10"),
        "11-13": _("11 to 13"),
        "14-16": _("14 to 16"),
        "17-18": _("17 or 18"),
        "19-25": _("19 to 25"),
        "26-44": _("26 to 44"),
        "45-64": _("45 to 64"),
        "65-and-over": _("65 or older"),
        NOT_STATED: PREFER_NOT,
    },
    "before": {
        "first-time": _("No, this is my first time"),
        "been-before": _("Yes, I have been before"),
        NOT_STATED: PREFER_NOT,
    },
}
WHO_SEES = _(
    "The organiser and the council see how many gave each answer. Nobody ever sees what you said: not the "
    "organiser, not your school, not your family."
)
