"""New names of organisations, and which school one is. Texts that say so are queued in the same go."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

import looks
from accounts import audit
from accounts.models import User
from looks import Look
from organisations import permissions
from organisations.models import Kind, Organisation, OrganisationPage, Role
from organisations.refusals import MayNotChange
from organisations.signals import renamed
from places.models import School


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, said: dict[str, Any], by: User, seen: Look | None = None
) -> Organisation:
    """Its name, its colour and, of a school, its number, as one form says them.

    What somebody else has saved since is not written over unseen. Raises MayNotChange, ValidationError.
    """
    held = _hold(organisation)
    looks.refuse_if_changed(held, said, seen)
    rename_organisation(organisation=held, name=said["name"], by=by)
    Organisation.objects.filter(pk=held.pk).update(thread=said["thread"])
    if "urn" in said:
        tie_to_school(organisation=held, urn=said["urn"], by=by)
    held.refresh_from_db()
    return held


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, by: User) -> Organisation:
    """By an owner or an officer. Its address stays: links and calendars rest on it."""
    held = _hold(organisation)
    if not (permissions.has_role(by, held, Role.OWNER) or permissions.is_officer(by, held)):
        raise MayNotChange(_("Only an owner or the place’s officers can change the name."))
    before = held.name
    held.name = name.strip()
    if held.name == before:
        return held
    _check(held)
    held.save(update_fields=["name"])
    _retitle_page(held, before)
    audit.record(
        by=by,
        action="organisation.renamed",
        subject=held,
        organisation=held.uuid,
        details={"from": before, "to": held.name},
    )
    renamed.send(sender=Organisation, subject=held)
    return held


@transaction.atomic
def tie_to_school(*, organisation: Organisation, urn: int | None, by: User) -> Organisation:
    """Say which school of the register it stands for: a school becomes an academy, and has another number.

    By an officer: twins and its pupils' figures rest on it. What went on under the old number stays there.
    Raises MayNotChange, ValidationError.
    """
    held = _hold(organisation)
    if not permissions.is_officer(by, held):
        raise MayNotChange(_("Only the place’s officers can say which school it is."))
    before, held.urn = held.urn, urn
    if urn == before:
        return held
    _check_school(held)
    held.save(update_fields=["urn"])
    audit.record(
        by=by,
        action="organisation.tied_to_school",
        subject=held,
        organisation=held.uuid,
        details={"from": before, "to": urn},
    )
    renamed.send(sender=Organisation, subject=held)
    return held


def _hold(organisation: Organisation) -> Organisation:
    """Until the transaction ends."""
    return Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)


def _check_school(organisation: Organisation) -> None:
    """Raise ValidationError beside the field."""
    urn = organisation.urn
    if urn is None:
        return
    if organisation.kind != Kind.SCHOOL:
        raise ValidationError({"urn": _("Only a school has a number in the register.")})
    if School.objects.lacks(urn):
        raise ValidationError({"urn": _("No school has this number.")})
    school = School.objects.filter(pk=urn).first()
    if school and not school.is_teaching:
        raise ValidationError({"urn": _("The school with this number is not open. Is it another one?")})
    if Organisation.objects.filter(urn=urn).exclude(pk=organisation.pk).exists():
        raise ValidationError({"urn": _("Another organisation here stands for this school.")})


def _retitle_page(organisation: Organisation, before: str) -> None:
    """Its page bears the name, in what is public and in drafts, unless somebody gave it another title."""
    page = organisation.page
    for version in Revision.objects.for_instance(page).filter(content__title=before):
        version.content["title"] = organisation.name
        version.save(update_fields=["content"])
    OrganisationPage.objects.filter(pk=page.pk, title=before).update(title=organisation.name)
    OrganisationPage.objects.filter(pk=page.pk, draft_title=before).update(draft_title=organisation.name)


def _check(organisation: Organisation) -> None:
    """Raise ValidationError beside the field."""
    others = {each.name for each in Organisation._meta.fields} - {"name"}
    organisation.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
    if not organisation.name:
        raise ValidationError({"name": _("A name is needed.")})
