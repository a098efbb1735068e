"""Letters on paper to schools without an account: written, their code used, forgotten."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from organisations.actions import applications
from organisations.models import Application, Kind
from organisations.refusals import ChangedMeanwhile, MayNotChange
from places.models import Place, School
from schools import codes, permissions
from schools.actions import twinnings
from schools.models import PaperLetter, Twinning
from schools.models.twinning import OVER

LONGEST_NAME = 120
"""Of an organisation. The register has longer ones."""


@transaction.atomic
def write(*, twinning: Twinning, school: School, by: User) -> str:
    """A letter to one of the two schools, and its code, which is known at this moment and never again.

    A letter before it to the same school is void from now on, if nobody has used its code.
    Raises MayNotChange, ChangedMeanwhile.
    """
    held = twinnings.hold(twinning)
    if not permissions.may_write_to(by, held, school):
        raise MayNotChange(_("Only the officer and the school that has said yes can write to the other."))
    if not permissions.needs_letter(held, school):
        raise ChangedMeanwhile(_("No letter is needed: they have answered, or have an account here by now."))
    now = timezone.now()
    held.paper_letters.open().filter(school=school).update(void_at=now)
    code = codes.drawn()
    made = PaperLetter.objects.create(
        twinning=held, school=school, digest=codes.digest(code), written_at=now, written_by=by
    )
    _record("written", made, by)
    return code


@transaction.atomic
def use(*, code: str, by: User) -> Application:
    """Whoever has the paper applies for the school that it was written to. Of many at once the first does.

    1. Find the letter by the digest of what was typed, and hold its twinning, then the letter itself.
    2. Whatever is wrong with the code, the same is said: mistyped, void, used, or of a proposal that is over.
    3. Whoever printed the letter has seen its code: for them and for their school it does nothing.
    4. The person's open application is one for this school: a new one is filled in with what is known.
    5. The code is used up, and hangs on that application.

    The same person again finds the same application. Raises ValidationError.
    """
    held = _hold(codes.digest(code))
    if held is None or not (_is_good(held) or _is_of(held, by)):
        raise ValidationError(
            {
                "code": _(
                    "This code does not work. Look for a letter that you took for another. If it still does "
                    "not work, it is used or too old: ask the school that wrote to you for a new letter."
                )
            }
        )
    _refuse_who_wrote(held, by)
    application = _applying(held.school, by)
    if held.used_at is None:
        held.used_at, held.used_by, held.application = timezone.now(), by, application
        held.save(update_fields=["used_at", "used_by", "application"])
        _record("used", held, by)
    return application


def forget(*, now: datetime.datetime, dry_run: bool) -> int:
    """Letters about twinnings that were over a year ago."""
    old = PaperLetter.objects.filter(twinning__state__in=OVER, twinning__since__lte=now - twinnings.KEPT_FOR)
    return old.count() if dry_run else old.delete()[0]


def _hold(digest: str) -> PaperLetter | None:
    """The twinning is held first, as whoever writes a letter does."""
    found = PaperLetter.objects.select_related("twinning").filter(digest=digest).first()
    if found is None or not constant_time_compare(found.digest, digest):
        return None
    twinnings.hold(found.twinning)
    return _rows().get(pk=found.pk)


def _rows() -> Any:
    """Held until the transaction ends."""
    rows = PaperLetter.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("twinning__first", "twinning__second", "school")


def _is_good(held: PaperLetter) -> bool:
    is_open = held.void_at is None and held.used_at is None
    return is_open and _waits(held)


def _is_of(held: PaperLetter, by: User) -> bool:
    """Used by this very person, whose application goes on."""
    going_on = held.application is not None and held.application.decided_at is None
    return held.used_by_id == by.pk and going_on and _waits(held)


def _waits(held: PaperLetter) -> bool:
    """Whether the proposal waits for that school's answer, tonight's lapse taken for done."""
    needed = permissions.needs_letter(held.twinning, held.school)
    return needed and not twinnings.is_overdue(held.twinning, timezone.localdate())


def _refuse_who_wrote(held: PaperLetter, by: User) -> None:
    twinning = held.twinning
    if held.written_by_id == by.pk or permissions.of_school(by, twinning.other(held.school)):
        words = _("This code is for %(school)s. Post them the letter: somebody there uses it.")
        raise ValidationError({"code": words % {"school": held.school}})


def _applying(school: School, by: User) -> Application:
    """Their open application for this school, begun and filled in where there is none."""
    application = applications.start(by=by)
    if application.urn == school.pk:
        return application
    if application.name or not application.is_writable:
        said = {"name": application, "school": school}
        words = _(
            "You are applying for “%(name)s”. The letter is for %(school)s: use another account for it, "
            "or wait until the first is decided."
        )
        raise ValidationError(words % said)
    known = {"kind": Kind.SCHOOL, "urn": school.pk, "name": school.name[:LONGEST_NAME]}
    place = Place.objects.containing(school.area_code).first() if school.area_code else None
    return applications.fill_in(
        application=application, said={**known, "place": place or application.place}, by=by
    )


def _record(verb: str, letter: PaperLetter, by: User) -> None:
    audit.record(
        by=by,
        action=f"letter.{verb}",
        subject=letter,
        details={"twinning": str(letter.twinning.uuid), "school": letter.school_id},
    )
