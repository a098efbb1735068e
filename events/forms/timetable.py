"""Bringing a timetable, and saying what is meant by it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.importing import opening, writing
from events.models import ActivityType, Timetable
from events.models.schedule import SEASONS
from events.timetables.dry_run import Line
from events.wording.importing import FACTS
from organisations.models import Organisation, Venue

MOST_PASTED = 200_000
LONGEST = 2_000


class SentForm(forms.Form):
    """A file, or text from anywhere."""

    NOTHING = gettext_lazy("Choose a file, or paste your timetable below.")

    file = forms.FileField(
        label=gettext_lazy("A file"),
        help_text=gettext_lazy("A spreadsheet (.xlsx or .csv) or a calendar (.ics), up to 5 MB."),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".ics,.csv,.tsv,.txt,.xlsx,.xlsm"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Or paste it here"),
        help_text=gettext_lazy("Copy it from a spreadsheet, a letter or a web page."),
        required=False,
        max_length=MOST_PASTED,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"max_length": gettext_lazy("That is too much to paste. Send it as a file.")},
    )

    def clean_text(self) -> str:
        return self.cleaned_data["text"].replace("\x00", "")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        file = cleaned.get("file")
        if file is not None and file.size > opening.MOST_BYTES:
            most = opening.MOST_BYTES // 1024 // 1024
            self.add_error("file", _("A file may have %(most)s MB at most.") % {"most": most})
        elif file is None and not cleaned.get("text", "").strip() and "text" not in self.errors:
            self.add_error("file", self.NOTHING)
        return cleaned

    def sent(self) -> tuple[bytes, str]:
        """What came and its name. A file counts before what is pasted."""
        file = self.cleaned_data.get("file")
        return (file.read(), file.name) if file is not None else (self.cleaned_data["text"].encode(), "")


class BringForm(SentForm):
    """A timetable, and whose it is."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Whose timetable is it?"),
        queryset=Organisation.objects.none(),
        to_field_name="uuid",
    )
    field_order = ["organisation", "file", "text"]

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["organisation"]
        field.queryset = organisations
        only = list(organisations[:2])
        if len(only) == 1:
            field.widget, field.initial = forms.HiddenInput(), only[0].uuid


class RegisterSheetForm(SentForm):
    """Numbers of sessions that are over."""

    NOTHING = gettext_lazy("Choose a file, or paste your numbers below.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = gettext_lazy("A spreadsheet (.xlsx or .csv), up to 5 MB.")
        self.fields["file"].widget.attrs["accept"] = ".csv,.tsv,.txt,.xlsx,.xlsm"
        self.fields["text"].help_text = gettext_lazy("Copy it from a spreadsheet, with the names of columns.")


class _VersionForm(forms.Form):
    """Knows which state of the timetable the person looked at."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _venues(organisation: Organisation) -> QuerySet[Venue]:
    return Venue.objects.usable_by(organisation).order_by("name", "pk")


class CommonForm(_VersionForm):
    """What holds for every line that does not say it itself."""

    type = forms.ModelChoiceField(
        label=gettext_lazy("Type"), queryset=ActivityType.objects.none(), required=False, to_field_name="slug"
    )
    venue = forms.ModelChoiceField(
        label=gettext_lazy("Venue"), queryset=Venue.objects.none(), required=False, to_field_name="uuid"
    )
    first = forms.DateField(label=gettext_lazy("From which date"), help_text=gettext_lazy("Like 3/11/2026."))
    last = forms.DateField(
        label=gettext_lazy("Until which date"),
        help_text=gettext_lazy("Leave it empty if it goes on."),
        required=False,
    )
    season = forms.ChoiceField(
        label=gettext_lazy("When in the year"),
        choices=[("", gettext_lazy("As the timetable says")), *SEASONS],
        required=False,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("How many minutes a class lasts"),
        help_text=gettext_lazy("Only for classes without an end."),
        min_value=5,
        max_value=720,
        required=False,
    )

    def __init__(self, *args: Any, timetable: Timetable, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = ActivityType.objects.all()
        self.fields["venue"].queryset = _venues(timetable.organisation)
        for name in ("type", "venue"):
            self.fields[name].empty_label = _("As the timetable says")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last date cannot be before the first."))
        return cleaned

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ColumnsForm(_VersionForm):
    """What each column is about, and how the timetable is laid out."""

    layout = forms.ChoiceField(
        label=gettext_lazy("How it is laid out"), choices=Timetable._meta.get_field("layout").choices
    )

    def __init__(self, *args: Any, columns: Sequence[str], samples: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("Leave this column out")), *FACTS.items()]
        self.names = [f"column{number}" for number in range(len(columns))]
        for name, column, sample in zip(self.names, columns, samples, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=sample, choices=choices, required=False, initial=column
            )

    def changes(self) -> dict[str, Any]:
        columns = [self.cleaned_data[name] for name in self.names]
        return {"layout": self.cleaned_data["layout"], "columns": columns}


class LineForm(_VersionForm):
    """One line, as text: what is typed is read like the timetable itself."""

    FIRST = ("title", "day", "time", "type", "venue", "ages", "price")
    MORE = (
        "repeat",
        "first",
        "last",
        "times",
        "season",
        "left_out",
        "added",
        "audience",
        "places",
        "summary",
        "about",
    )
    HELP = {
        "day": gettext_lazy("Monday, or 3 November 2026."),
        "time": gettext_lazy("4:30 pm to 6 pm."),
        "ages": gettext_lazy("8-12, 11+ or under 14."),
        "price": gettext_lazy("£3 or free."),
        "repeat": gettext_lazy("Every week, every 2 weeks or once."),
        "season": gettext_lazy("Term time, holidays or all year."),
        "left_out": gettext_lazy("Dates, with commas between."),
        "added": gettext_lazy("Dates, with commas between."),
    }

    def __init__(self, *args: Any, timetable: Timetable, line: Line, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = _said(line)
        names = ("day", "time", "venue", *self.MORE[:7]) if line.proposal.more else (*self.FIRST, *self.MORE)
        for name in names:
            self.fields[name] = self._field(name, timetable)
            self.fields[name].initial = said.get(name, "")
        self.line = line

    def _field(self, name: str, timetable: Timetable) -> forms.Field:
        label = FACTS[name]
        if name == "type":
            types = [(type.name, type.name) for type in ActivityType.objects.all()]
            return forms.ChoiceField(label=label, choices=[("", _("Choose")), *types], required=False)
        if name == "venue":
            venues = [(venue.name, venue.name_and_town) for venue in _venues(timetable.organisation)]
            return forms.ChoiceField(label=label, choices=[("", _("Choose")), *venues], required=False)
        widget = forms.Textarea(attrs={"rows": 3}) if name == "about" else None
        hint = self.HELP.get(name, "")
        return forms.CharField(label=label, help_text=hint, required=False, max_length=LONGEST, widget=widget)

    def more(self) -> list[forms.BoundField]:
        return [self[name] for name in self.MORE if name in self.fields]

    def main(self) -> list[forms.BoundField]:
        return [self[name] for name in self.FIRST if name in self.fields]

    def more_is_wrong(self) -> bool:
        return any(field.errors for field in self.more())

    def texts(self) -> dict[str, str]:
        """All facts of the line. What the boxes have no place for is said in those that they have."""
        gone = dict.fromkeys(("start", "end", "duration", "postcode"), "")
        return {
            **gone,
            **{name: self.cleaned_data[name].strip() for name in self.fields if name != "version"},
        }


def _said(line: Line) -> dict[str, str]:
    """What the boxes begin with: as it was written, with what was found in place of what was meant."""
    said = dict(line.proposal.texts)
    if said.get("start") or said.get("end"):
        said["time"] = " - ".join(said[name] for name in ("start", "end") if said.get(name))
    if said.get("duration") and said.get("time"):
        said["time"] += f" ({said['duration']})"
    # Ages and price may have stood in the name, which is shown without them.
    found = line.proposal
    if not said.get("ages") and (found.age_from, found.age_to) != (None, None):
        said["ages"] = writing.ages(found.age_from, found.age_to)
    if not said.get("price") and found.price is not None:
        said["price"] = found.price_note or writing.price(found.price)
    said["title"] = line.title
    said["type"] = line.type.name if line.type else ""
    said["venue"] = line.venue.name if line.venue else ""
    return said
