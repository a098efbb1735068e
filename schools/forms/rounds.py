"""What an officer asks of a round, and what is changed in it by hand."""

import datetime
import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from places.models import Place
from places.school_years import said, year_of
from schools.actions.rounds import Asked
from schools.models import Reach, Round, Takers
from schools.models.round import MOST_DIFFERENCE, MOST_MILES

ALL_ENGLAND = "all-england"
MOST_TYPED = 20_000
APART = re.compile(r"[\s,;–-]+")
NUMBER = re.compile(r"[0-9]{6}")


class NumbersField(forms.CharField):
    """Register numbers, in any order, with anything between them."""

    widget = forms.Textarea(attrs={"rows": 2})

    def to_python(self, value: Any) -> frozenset[int]:
        return frozenset(_number(part) for part in APART.split(super().to_python(value) or "") if part)


class LinksField(forms.CharField):
    """Two register numbers a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def to_python(self, value: Any) -> frozenset[tuple[int, int]]:
        found = set()
        for at, line in enumerate((super().to_python(value) or "").splitlines(), start=1):
            numbers = [_number(part) for part in APART.split(line) if part]
            if numbers and len(numbers) != 2:
                words = _("Line %(line)s: write two register numbers, for instance 107478 135862.")
                raise forms.ValidationError(words % {"line": at})
            if numbers:
                found.add((numbers[0], numbers[1]))
        return frozenset(found)


def _number(text: str) -> int:
    if not NUMBER.fullmatch(text):
        words = _("“%(text)s” is no register number. One has six digits.")
        raise forms.ValidationError(words % {"text": text[:20]})
    return int(text)


class RoundForm(forms.Form):
    """`places` are those that the person answers for."""

    place = forms.ChoiceField(label=gettext_lazy("Where"))
    year = forms.TypedChoiceField(label=gettext_lazy("School year"), coerce=int)
    reach = forms.ChoiceField(
        label=gettext_lazy("Which schools together"), choices=Reach.choices, initial=Reach.SAME_PHASE
    )
    takers = forms.ChoiceField(
        label=gettext_lazy("Which schools take part"), choices=Takers.choices, initial=Takers.ALL
    )
    most_miles = forms.FloatField(
        label=gettext_lazy("No farther apart than, in miles"),
        help_text=gettext_lazy(
            "Primary schools are at most 6.2 miles apart, secondary ones 12.4. You can ask for less."
        ),
        required=False,
        min_value=0.1,
        max_value=MOST_MILES,
    )
    least_difference = forms.IntegerField(
        label=gettext_lazy("How much two schools differ at least, in 100"),
        help_text=gettext_lazy("If you leave it empty, any difference will do."),
        required=False,
        min_value=0,
        max_value=MOST_DIFFERENCE,
    )
    left_out = NumbersField(
        label=gettext_lazy("Schools to leave out"),
        help_text=gettext_lazy("Their register numbers (URN)."),
        required=False,
        max_length=MOST_TYPED,
    )
    keep = LinksField(
        label=gettext_lazy("Links to keep"),
        help_text=gettext_lazy("Two register numbers on each line. They are in the proposal as they are."),
        required=False,
        max_length=MOST_TYPED,
    )
    never = LinksField(
        label=gettext_lazy("Links never to repeat"),
        help_text=gettext_lazy("Two register numbers on each line."),
        required=False,
        max_length=MOST_TYPED,
    )

    def __init__(self, *args: Any, places: Iterable[Place], today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.slug: place for place in places}
        year = year_of(today)
        where, years = self.fields["place"], self.fields["year"]
        assert isinstance(where, forms.ChoiceField)
        assert isinstance(years, forms.ChoiceField)
        where.choices = [
            *((slug, str(place)) for slug, place in self.places.items()),
            (ALL_ENGLAND, _("All of England, as a study")),
        ]
        years.choices = [(str(each), said(each)) for each in (year, year + 1)]

    @property
    def chosen(self) -> Place | None:
        """The place; None for all of England."""
        return self.places.get(self.cleaned_data["place"])

    def asked(self) -> Asked:
        said: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "place"}
        said["least_difference"] = said["least_difference"] or 0
        return Asked(**said)


def again(round: Round) -> dict[str, Any]:
    """What to ask so that the round is run once more, with what was kept and taken out by hand."""
    pairs = list(round.pairs.values_list("first", "second", "kept", "taken_out"))
    keep = {tuple(pair) for pair in round.keep} | {(one, two) for one, two, kept, _out in pairs if kept}
    out = {(one, two) for one, two, _kept, taken_out in pairs if taken_out}
    return {
        "place": round.place.slug if round.place else ALL_ENGLAND,
        "year": round.year,
        "reach": round.reach,
        "takers": round.takers,
        "most_miles": round.most_miles,
        "least_difference": round.least_difference or None,
        "left_out": "\n".join(map(str, round.left_out)),
        "keep": _lines(keep - out),
        "never": _lines({tuple(pair) for pair in round.never} | out),
    }


def _lines(pairs: Iterable[tuple[int, ...]]) -> str:
    return "\n".join(f"{pair[0]} {pair[1]}" for pair in sorted(pairs))


class AnnounceForm(forms.Form):
    """`version` is that of the round that was seen."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("A note to the schools"),
        help_text=gettext_lazy("Why they, and whom to ask. Each school of each pair reads it."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class PairForm(forms.Form):
    """A pair of the officer's own."""

    first = forms.RegexField(
        NUMBER,
        label=gettext_lazy("One school’s register number"),
        error_messages={"invalid": gettext_lazy("A register number has six digits.")},
    )
    second = forms.RegexField(
        NUMBER,
        label=gettext_lazy("The other’s"),
        error_messages={"invalid": gettext_lazy("A register number has six digits.")},
    )

    def clean_first(self) -> int:
        return int(self.cleaned_data["first"])

    def clean_second(self) -> int:
        return int(self.cleaned_data["second"])
