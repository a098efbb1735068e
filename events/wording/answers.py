"""The three questions of the form behind the code. What can be answered: `categories.ASKED`."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

QUESTIONS: Mapping[str, Promise] = {
    "group": _("Which group do you belong to?"),
    "age": _("How old are you?"),
    "before": _("Have you been here before?"),
}
WHO_SEES = _(
    "The organiser and the council see how many gave each answer. Nobody ever sees what you said: not the "
    "organiser, not your school, not your family."
)
