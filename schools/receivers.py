"""What happens below that pages of schools show."""

from typing import Any

from django.dispatch import receiver

from organisations.models import Generation, Organisation
from organisations.signals import organisation_welcomed
from places.models import School
from places.signals import school_register_changed
from schools import letters
from schools.models import Twinning


@receiver(school_register_changed)
def pages_are_made_anew(**_: Any) -> None:
    """Kept pages say what the register said before."""
    Generation.objects.raised()


@receiver(organisation_welcomed)
def its_proposals_wait(*, organisation: Organisation, **_: Any) -> None:
    """A school that was asked before it had an account is told now. On its pages they stand by themselves."""
    school = School.objects.filter(pk=organisation.urn).first() if organisation.urn else None
    if school is None:
        return
    for each in Twinning.objects.of(school).unanswered().select_related("first", "second"):
        if not each.accepted_by(school):
            letters.waiting(each, to=school)
