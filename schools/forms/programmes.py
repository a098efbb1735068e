"""One page on which two schools plan: what families read, who takes part, and the meetings in their order."""

import datetime
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from events.models import ActivityType
from organisations.models import Organisation, Venue
from schools.actions.programmes import MOST_GROUPS, MOST_MEETINGS, Group, Plan, Planned
from schools.models import Programme, ProgrammeTemplate, Setting, Side, Twinning
from schools.models.programme import LARGEST, OLDEST, YOUNGEST
from schools.programmes import Line


class ProgrammeForm(forms.Form):
    """What holds for the whole year."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What is it called?"), help_text=_("Families read this."), max_length=80)
    summary = forms.CharField(
        label=_("What do you do together? In one sentence"),
        help_text=_("Families read this too. Name no class and no child."),
        max_length=160,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    type = forms.ModelChoiceField(
        label=_("What kind of thing is it?"),
        queryset=ActivityType.objects.order_by("position", "name"),
        to_field_name="slug",
        empty_label=_("Choose"),
    )
    before = forms.CharField(
        label=_("Before you meet"),
        help_text=_("Letters, a film, a box of things. Only your two schools read it."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, version: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.now = version
        self.fields["version"].initial = version

    def clean_version(self) -> int:
        """The page that says so shows what is new: whoever saves that again has seen it."""
        seen = self.cleaned_data["version"]
        if seen != self.now:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self.now)
        return seen


class GroupForm(forms.Form):
    """A class or group. An empty one is none."""

    side = forms.ChoiceField(choices=Side.choices, widget=forms.HiddenInput)
    label = forms.CharField(
        label=_("Class or group"), help_text=_("Like 5B or Year 5. Never a child’s name."), max_length=40
    )
    size = forms.IntegerField(label=_("How many"), min_value=1, max_value=LARGEST)
    age_from = forms.IntegerField(label=_("From age"), min_value=YOUNGEST, max_value=OLDEST)
    age_to = forms.IntegerField(label=_("To age"), min_value=YOUNGEST, max_value=OLDEST)

    def has_changed(self) -> bool:
        return _is_typed(self, "label", "size", "age_from", "age_to")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("The oldest age must not be below the youngest."))
        return cleaned


class MeetingForm(forms.Form):
    """One meeting. With a day it needs times and a place; without, it waits for a date. Empty it is none."""

    uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=_("What you do"), max_length=120)
    setting = forms.ChoiceField(label=_("Where you meet"))
    day = forms.DateField(
        label=_("Day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    start = forms.TimeField(
        label=_("From"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    end = forms.TimeField(
        label=_("To"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    venue = forms.ChoiceField(label=_("Place"), required=False)
    left_out = forms.BooleanField(label=_("We leave this meeting out"), required=False)

    WHEN = ("day", "start", "end", "venue")
    # Where the action's errors stand in this form.
    NAMES: Mapping[str, str] = {"starts_at": "start", "ends_at": "end"}

    def __init__(self, *args: Any, places: "Places", lines: Mapping[UUID, Line], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        self.fields["setting"].choices = places.settings
        self.fields["venue"].choices = places.choices
        self.line = lines.get(self._uuid())
        if self.line is None:
            del self.fields["left_out"]
        elif not self.line.is_open:
            for name in (*self.WHEN, "left_out"):
                del self.fields[name]

    def _uuid(self) -> UUID | None:
        given = self.data.get(self.add_prefix("uuid")) if self.is_bound else self.initial.get("uuid")
        try:
            return UUID(str(given))
        except ValueError:
            return None

    def has_changed(self) -> bool:
        """A line whose “where” alone was touched is still blank."""
        return _is_typed(self, "title", *self.WHEN)

    def clean_venue(self) -> Venue | None:
        return self.places.venues.get(self.cleaned_data["venue"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if "day" not in self.fields or cleaned.get("left_out"):
            return cleaned
        words = {
            "day": _("On which day? Or leave times and place empty too."),
            "start": _("From when?"),
            "end": _("Until when?"),
            "venue": _("Where do you meet?"),
        }
        given = {name for name in self.WHEN if cleaned.get(name) not in (None, "") or name in self.errors}
        for name in set(self.WHEN) - given if given else ():
            self.add_error(name, words[name])
        return cleaned

    def planned(self) -> Planned:
        said = self.cleaned_data
        day, start, end = (said.get(name) for name in ("day", "start", "end"))
        dated = day is not None and start is not None and end is not None
        return Planned(
            setting=Setting(said["setting"]),
            title=said["title"],
            uuid=said.get("uuid"),
            starts_at=datetime.datetime.combine(day, start) if dated else None,
            ends_at=datetime.datetime.combine(day, end) if dated else None,
            venue=said.get("venue"),
            left_out=bool(said.get("left_out")),
        )


class Places:
    """Where two schools can meet, under whom a place belongs to, and what they call “where”."""

    def __init__(self, twinning: Twinning, venues: Sequence[Venue], owners: Sequence[Organisation]) -> None:
        self.venues = {str(each.uuid): each for each in venues}
        groups: list[tuple[Any, list[tuple[str, str]]]] = [
            (owner.name, [self._choice(each) for each in venues if each.organisation_id == owner.pk])
            for owner in owners
        ]
        shared = [self._choice(each) for each in venues if each.organisation_id is None]
        self.choices = [
            ("", gettext("Choose")),
            *(group for group in [(gettext("Neutral: shared by all"), shared), *groups] if group[1]),
        ]
        visit = gettext("A visit to %(school)s")
        self.settings = [
            (Setting.NEUTRAL.value, gettext("At a neutral place")),
            (Setting.FIRST.value, visit % {"school": twinning.first}),
            (Setting.SECOND.value, visit % {"school": twinning.second}),
            (Setting.ANYWHERE.value, gettext("Somewhere else")),
        ]

    def _choice(self, venue: Venue) -> tuple[str, str]:
        return str(venue.uuid), f"{venue.name}, {venue.town}"


def _is_typed(form: forms.Form, *names: str) -> bool:
    """Something stands in one of these, whether the page had put it there or not."""
    return any(str(form.data.get(form.add_prefix(name), "")).strip() for name in names)


GroupFormset = forms.formset_factory(GroupForm, extra=0, max_num=2 * MOST_GROUPS, validate_max=True)
MeetingFormset = forms.formset_factory(MeetingForm, extra=0, max_num=2 * MOST_MEETINGS, validate_max=True)


class PlanForms:
    """The three together. Empty lines stand after those that are there: what is typed into them is new."""

    def __init__(
        self,
        data: Any,
        *,
        twinning: Twinning,
        programme: Programme | None,
        template: ProgrammeTemplate | None,
        lines: Sequence[Line],
        places: Places,
    ) -> None:
        self.about = ProgrammeForm(
            data, version=programme.version if programme else 0, initial=_about(twinning, programme, template)
        )
        self.groups = GroupFormset(data, prefix="groups", initial=_groups(programme))
        for form in self.groups.forms:
            form.empty_permitted, form.use_required_attribute = True, False
        self.meetings = MeetingFormset(
            data,
            prefix="meetings",
            initial=_meetings(lines, template),
            form_kwargs={"places": places, "lines": {each.meeting.uuid: each for each in lines}},
        )
        for form in self.meetings.forms:
            form.use_required_attribute = False
            form.empty_permitted = form.line is None

    def is_valid(self) -> bool:
        """All three are asked, so that everything wrong is said at once."""
        return all([self.about.is_valid(), self.groups.is_valid(), self.meetings.is_valid()])

    def plan(self) -> Plan:
        about = self.about.cleaned_data
        return Plan(
            title=about["title"],
            summary=about["summary"],
            type=about["type"],
            before=about["before"],
            groups=[
                Group(Side(each["side"]), each["label"], each["size"], each["age_from"], each["age_to"])
                for each in (form.cleaned_data for form in self.groups.forms)
                if each.get("label")
            ],
            meetings=[form.planned() for form in self._said()],
        )

    def refuse(self, refused: ValidationError) -> None:
        """What the action said, beside its field."""
        words = refused.message_dict if hasattr(refused, "error_dict") else {None: refused.messages}
        said = self._said()
        for name, each in words.items():
            part, _dot, rest = (name or "").partition(".")
            number, _dot, field = rest.partition(".")
            if part == "meetings" and number.isdigit() and int(number) < len(said):
                form = said[int(number)]
                field = form.NAMES.get(field, field)
                form.add_error(field if field in form.fields else None, each)
            else:
                self.about.add_error(name if name in self.about.fields else None, " ".join(each))

    def _said(self) -> list[Any]:
        return [form for form in self.meetings.forms if form.cleaned_data.get("title")]


def _about(
    twinning: Twinning, programme: Programme | None, template: ProgrammeTemplate | None
) -> dict[str, Any]:
    if programme:
        return {name: getattr(programme, name) for name in ("title", "summary", "type", "before")}
    both = {"first": twinning.first, "second": twinning.second}
    return {
        "title": (gettext("%(first)s and %(second)s together") % both)[:80],
        "summary": gettext("Children of two schools meet, do things together and get to know each other."),
        "type": template.type if template else "",
        "before": template.before if template else "",
    }


def _groups(programme: Programme | None) -> list[dict[str, Any]]:
    """Those that there are, and a blank one for each school."""
    names = ("side", "label", "size", "age_from", "age_to")
    rows = list(programme.groups.all()) if programme else []
    given: list[dict[str, Any]] = []
    for side in Side:
        given += [{name: getattr(row, name) for name in names} for row in rows if row.side == side]
        given.append({"side": side.value})
    return given


def _meetings(lines: Sequence[Line], template: ProgrammeTemplate | None) -> list[dict[str, Any]]:
    """Those that there are, or those of the template, or none; and a blank one."""
    if lines:
        given = [
            {"uuid": each.meeting.uuid, "setting": each.meeting.setting, "title": each.meeting.title}
            for each in lines
        ]
    elif template:
        given = [{"setting": each.setting, "title": each.title} for each in template.meetings.all()]
    else:
        given = [{"setting": each.value} for each in (Setting.NEUTRAL, Setting.FIRST, Setting.SECOND)]
    return [*given, {"setting": Setting.ANYWHERE.value}]
