"""A template of a programme, as an officer writes it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import ActivityType
from places.models import Place
from schools.actions.programme_templates import Said
from schools.models import ProgrammeTemplate, Setting

MOST_MEETINGS = 8
SETTINGS = [
    (Setting.NEUTRAL.value, gettext_lazy("At a neutral place")),
    (Setting.FIRST.value, gettext_lazy("A visit to the one school")),
    (Setting.SECOND.value, gettext_lazy("A visit to the other school")),
    (Setting.ANYWHERE.value, gettext_lazy("Somewhere else")),
]


class TemplateForm(forms.Form):
    """`places` are those whose own it can become: none where it is one's already."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    place = forms.ModelChoiceField(
        label=gettext_lazy("For which place"), queryset=Place.objects.none(), empty_label=None
    )
    title = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    about = forms.CharField(
        label=gettext_lazy("For whom it is good"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    type = forms.ModelChoiceField(
        label=gettext_lazy("What kind of thing is it?"),
        queryset=ActivityType.objects.order_by("position", "name"),
        to_field_name="slug",
        required=False,
    )
    before = forms.CharField(
        label=gettext_lazy("Before they meet"),
        help_text=gettext_lazy("Letters, a film, a box of things."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, places: QuerySet[Place] | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if places is None:
            del self.fields["place"]
        else:
            self.fields["place"].queryset = places
        for number in range(1, MOST_MEETINGS + 1):
            self.fields[f"title_{number}"] = forms.CharField(
                label=_("Meeting %(number)s: what they do") % {"number": number},
                max_length=120,
                required=number == 1,
            )
            self.fields[f"setting_{number}"] = forms.ChoiceField(
                label=_("Meeting %(number)s: where") % {"number": number}, choices=SETTINGS
            )
        self.fields["retired"] = forms.BooleanField(label=_("Do not offer it any more"), required=False)

    def said(self) -> Said:
        given = self.cleaned_data
        numbers = range(1, MOST_MEETINGS + 1)
        return Said(
            title=given["title"],
            about=given["about"],
            before=given["before"],
            type=given["type"].slug if given["type"] else "",
            meetings=[
                (Setting(given[f"setting_{number}"]), given[f"title_{number}"])
                for number in numbers
                if given[f"title_{number}"]
            ],
            retired=given["retired"],
        )


def initial_of(template: ProgrammeTemplate | None) -> dict[str, Any]:
    if template is None:
        return {"version": 0}
    names = ("version", "title", "about", "type", "before", "retired")
    meetings = list(template.meetings.all())[:MOST_MEETINGS]
    return {
        **{name: getattr(template, name) for name in names},
        **{f"title_{number}": each.title for number, each in enumerate(meetings, start=1)},
        **{f"setting_{number}": each.setting for number, each in enumerate(meetings, start=1)},
    }
