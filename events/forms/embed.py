"""The form that makes the code for a list on somebody else's site."""

from django import forms
from django.utils.translation import gettext_lazy as _

from events import embedding
from events.browsing.choices import MILES
from events.browsing.words import miles_words
from events.embedding import Frame
from events.query import DEFAULT_RADIUS, Known, Query

COLOUR = {"maxlength": 7, "autocapitalize": "off", "spellcheck": "false", "size": 8}


class EmbedForm(forms.Form):
    """Shows what an address asks for; what is wrong in it was found when the address was read."""

    q = forms.CharField(label=_("What"), required=False, help_text=_("A word, for instance football."))
    type = forms.ChoiceField(label=_("Kind of activity"), required=False)
    near = forms.CharField(
        label=_("Near this postcode"),
        required=False,
        help_text=_("Yours, for instance. We keep the first part of it only."),
        widget=forms.TextInput({"autocapitalize": "characters", "spellcheck": "false"}),
    )
    radius = forms.ChoiceField(label=_("How far from there"), required=False)
    count = forms.CharField(
        label=_("How many to show"),
        required=False,
        widget=forms.NumberInput({"min": embedding.LEAST, "max": embedding.MOST}),
    )
    paper = forms.CharField(
        label=_("Background colour"),
        required=False,
        help_text=_("Six letters and figures, like fffbf4. Leave all three empty for ours."),
        widget=forms.TextInput(COLOUR),
    )
    ink = forms.CharField(label=_("Text colour"), required=False, widget=forms.TextInput(COLOUR))
    accent = forms.CharField(
        label=_("Colour of dates and buttons"), required=False, widget=forms.TextInput(COLOUR)
    )

    def __init__(self, query: Query, frame: Frame, known: Known) -> None:
        super().__init__(_shown(query, frame), auto_id="%s")
        self.query = query
        # What it shows was read already, so every choice that stands there is one.
        self.fields["type"].choices = [("", _("Any")), *known.types.items()]
        radius = f"{query.radius or DEFAULT_RADIUS:g}"
        miles = dict.fromkeys([*(f"{each:g}" for each in MILES), radius])
        self.fields["radius"].choices = [(each, miles_words(float(each))) for each in miles]
        for name, words in {**query.problems, **frame.problems}.items():
            self.add_error(name if name in self.fields else None, words)

    def kept(self) -> list[tuple[str, str]]:
        """What the address asks that has no field here, and the position that is not shown."""
        one_type = len(self.query.types) == 1
        return [
            (name, value)
            for name, value in self.query.pairs()
            if name not in self.fields or (name == "type" and not one_type) or name == "near"
        ]


def _shown(query: Query, frame: Frame) -> dict[str, object]:
    near = query.near.label if query.near else ""
    return {
        "q": query.typed.get("q") or query.q,
        "type": query.types[0] if len(query.types) == 1 else "",
        "near": query.typed.get("near") or near,
        "radius": f"{query.radius or DEFAULT_RADIUS:g}",
        "count": frame.typed.get("count") or frame.count,
        **{name: frame.typed.get(name) or getattr(frame, name) for name in embedding.COLOURS},
    }
