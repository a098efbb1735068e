"""The only words for the code lists that people are counted by (`diversity.categories`).

`NAMES` is what a group, a band or an answer is called wherever it is counted or read, with the codes of all
editions. `ASKED` is how the same list reads to the person who answers: the census's own words where the short
ones could be misunderstood.
"""

from collections.abc import Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diversity.categories import NOT_STATED, lists_of
from events.models import Question

GROUPS: Mapping[str, Promise] = MappingProxyType(
    {
        "asian": _("Asian"),
        "black": _("Black"),
        "mixed": _("Mixed"),
        "white": _("White"),
        "other": _("Other groups"),
    }
)
AGES: Mapping[str, Promise] = MappingProxyType(
    {
        "under-5": _("Under 5"),
        "5-7": _("5 to 7"),
        "8-10": _("8 to 10"),
        "11-13": _("11 to 13"),
        "14-16": _("14 to 16"),
        "17-18": _("17 or 18"),
        "19-25": _("19 to 25"),
        "26-44": _("26 to 44"),
        "45-64": _("45 to 64"),
        "65-and-over": _("65 and over"),
    }
)
NAMES: Mapping[str, Mapping[str, Promise]] = MappingProxyType(
    {
        Question.GROUP.value: GROUPS,
        Question.AGE.value: AGES,
        Question.BEFORE.value: MappingProxyType(
            {"first-time": _("First time here"), "been-before": _("Been before")}
        ),
        Question.SEX.value: MappingProxyType({"female": _("Girl or woman"), "male": _("Boy or man")}),
    }
)
NOT_STATED_NAME = _("Not stated")

_PREFER_NOT = {NOT_STATED: _("I would rather not say")}
ASKED: Mapping[str, Mapping[str, Promise]] = MappingProxyType(
    {
        Question.GROUP.value: MappingProxyType(
            {
                "asian": _("Asian or Asian British"),
                "black": _("Black, Black British, Caribbean or African"),
                "mixed": _("Mixed: parents or grandparents of several groups"),
                "white": _("White"),
                "other": _("Another group, for instance Arab"),
                **_PREFER_NOT,
            }
        ),
        Question.AGE.value: MappingProxyType({**AGES, **_PREFER_NOT}),
        Question.BEFORE.value: MappingProxyType(
            {
                "first-time": _("No, this is my first time"),
                "been-before": _("Yes, I have been before"),
                **_PREFER_NOT,
            }
        ),
    }
)


def names(edition: int) -> dict[str, dict[str, Promise]]:
    """By question, the answers of one edition of the lists and what they are called."""
    return {
        question: {code: NAMES[question][code] for code in codes}
        for question, codes in lists_of(edition).items()
    }


def asked(edition: int) -> dict[str, dict[str, Promise]]:
    """By question, what can be answered under one edition of the lists."""
    lists = lists_of(edition)
    return {
        question: {code: words[code] for code in (*lists[question], NOT_STATED)}
        for question, words in ASKED.items()
    }
