"""The three questions behind the code on the wall, and the totals of paper slips."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from diversity.categories import NOT_STATED
from events.actions import slips
from events.wording import categories
from events.wording.answers import QUESTIONS, WHO_SEES
from organisations import visitor_forms


class AnswerForm(forms.Form):
    """Every question may be left out. `purpose` ties its token to one session, `edition` is that of the code
    lists that the session's register is taken with."""

    token = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, *args: Any, purpose: str, edition: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose
        asked = categories.asked(edition)
        for question, label in QUESTIONS.items():
            self.fields[question] = forms.ChoiceField(
                label=label,
                required=False,
                choices=[(answer, str(words)) for answer, words in asked[question].items()],
                widget=forms.RadioSelect,
                help_text=WHO_SEES,
                error_messages={"invalid_choice": _("Choose one of these answers, or leave it out.")},
            )

    def clean_token(self) -> str:
        if not visitor_forms.is_good(self.purpose, self.cleaned_data["token"]):
            raise ValidationError(_("This page was open for a long time. Please press Send once more."))
        return self.cleaned_data["token"]

    def answers(self) -> dict[str, str]:
        return {question: self.cleaned_data[question] for question in QUESTIONS}


class SlipsForm(forms.Form):
    """How many slips were in the box and what they say; what was left empty on a slip is the rest.

    It carries what it was opened with: if somebody else has typed since, the second person is told.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    number = forms.IntegerField(
        label=_("How many slips were in the box?"),
        min_value=0,
        max_value=slips.MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _("Say how many slips there were.")},
    )

    def __init__(
        self, *args: Any, known: Mapping[str, Mapping[str, int]], edition: int, **kwargs: Any
    ) -> None:
        first = {"seen": digest(known), **_opened_with(known)}
        super().__init__(*args, initial=first, **kwargs)
        words = categories.asked(edition)
        self.asked = [
            (question, answer) for question in words for answer in words[question] if answer != NOT_STATED
        ]
        for question, answer in self.asked:
            self.fields[_name(question, answer)] = forms.IntegerField(
                label=words[question][answer],
                required=False,
                min_value=0,
                max_value=slips.MOST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def clean(self) -> dict[str, Any]:
        """No question has more answers than there are slips."""
        given = super().clean() or {}
        number = given.get("number")
        for question in QUESTIONS:
            names = [_name(question, answer) for asked, answer in self.asked if asked == question]
            told = sum(given.get(name) or 0 for name in names)
            if number is not None and told > number:
                words = _("These add up to %(told)s, but there were %(number)s slips.")
                self.add_error(names[0], ValidationError(words, params={"told": told, "number": number}))
        return given

    def totals(self) -> dict[str, dict[str, int]]:
        """By question and answer; the rest is not stated."""
        given, number = self.cleaned_data, self.cleaned_data["number"]
        totals: dict[str, dict[str, int]] = {question: {} for question in QUESTIONS}
        for question, answer in self.asked:
            totals[question][answer] = given[_name(question, answer)] or 0
        for answers in totals.values():
            answers[NOT_STATED] = number - sum(answers.values())
        return totals

    def questions(self) -> list[tuple[object, list[forms.BoundField]]]:
        """Each question with its fields."""
        return [
            (label, [self[_name(asked, answer)] for asked, answer in self.asked if asked == question])
            for question, label in QUESTIONS.items()
        ]


def digest(known: Mapping[str, Mapping[str, int]]) -> str:
    return hashlib.sha256(json.dumps(known, sort_keys=True).encode()).hexdigest()


def _name(question: str, answer: str) -> str:
    return f"{question}-{answer}"


def _opened_with(known: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    first = {
        _name(question, answer): number for question, each in known.items() for answer, number in each.items()
    }
    return first | ({"number": max(sum(each.values()) for each in known.values())} if known else {})
