"""Templates of programmes, written by officers. What is given to all is changed for one place alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import Place
from schools import permissions
from schools.models import ProgrammeTemplate, Setting, TemplateMeeting


@dataclass(frozen=True, slots=True)
class Said:
    """What a template says. `meetings`: where, and what is done there."""

    title: str
    about: str
    before: str
    type: str
    meetings: Sequence[tuple[Setting, str]]
    retired: bool = False


@transaction.atomic
def write(*, place: Place | None, said: Said, by: User) -> ProgrammeTemplate:
    """A new one of a place; by platform staff of none, given to all. Raises MayNotChange, ValidationError."""
    _refuse_strangers(by, place)
    return _written(ProgrammeTemplate(place=place, version=0), said, by)


@transaction.atomic
def change(
    *, template: ProgrammeTemplate, place: Place | None, said: Said, version: int, by: User
) -> ProgrammeTemplate:
    """What an officer changes of a given one becomes the own one of `place`; others keep the given one.

    Raises MayNotChange, ChangedMeanwhile, ValidationError.
    """
    held = ProgrammeTemplate.objects.select_for_update(of=("self",), no_key=True).get(pk=template.pk)
    becomes_own = held.place is None and place is not None
    _refuse_strangers(by, place if becomes_own else held.place)
    if becomes_own:
        if ProgrammeTemplate.objects.filter(place=place, instead_of=held).exists():
            raise ChangedMeanwhile(_("Your place has its own by now. Change that one."))
        return _written(ProgrammeTemplate(place=place, instead_of=held, version=0), said, by)
    if held.version != version:
        raise ChangedMeanwhile(_("Somebody else has changed this meanwhile. Open it again to see it."))
    return _written(held, said, by)


def _refuse_strangers(by: User, place: Place | None) -> None:
    if not permissions.may_write_templates(by, place):
        raise MayNotChange(_("Only officers of the place can do this."))


def _written(template: ProgrammeTemplate, said: Said, by: User) -> ProgrammeTemplate:
    if not said.meetings:
        raise ValidationError({"title_1": _("Say at least what is done at the first meeting.")})
    template.title, template.about, template.before = said.title, said.about, said.before
    template.type, template.retired = said.type, said.retired
    template.version += 1
    template.save()
    template.meetings.all().delete()
    TemplateMeeting.objects.bulk_create(
        TemplateMeeting(template=template, number=number, setting=setting, title=title)
        for number, (setting, title) in enumerate(said.meetings)
    )
    audit.record(
        by=by,
        action="programme_template.written",
        subject=by,
        details={"template": template.pk, "title": template.title, "retired": template.retired},
    )
    return template
