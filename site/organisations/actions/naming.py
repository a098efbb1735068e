"""New names. Prepared texts in which the old one stands are queued in the same transaction.

For a venue that is so however it is saved: its signal is Django's own.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts import audit
from accounts.models import User
from organisations import permissions
from organisations.models import Organisation, OrganisationPage, Role, Venue
from organisations.refusals import MayNotChange
from organisations.signals import renamed


@transaction.atomic
def rename_organisation(*, organisation: Organisation, name: str, by: User) -> Organisation:
    """By an owner or an officer. Its address stays: links and calendars rest on it."""
    held = Organisation.objects.select_for_update(of=("self",), no_key=True).get(pk=organisation.pk)
    if not (permissions.has_role(by, held, Role.OWNER) or permissions.is_officer(by, held)):
        raise MayNotChange(_("Only an owner or the place’s officers can change the name."))
    before = held.name
    held.name = name.strip()
    if held.name == before:
        return held
    _check(held, "name")
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
def rename_venue(*, venue: Venue, name: str, by: User) -> Venue:
    """By whoever may edit it."""
    held = Venue.objects.select_for_update(of=("self",), no_key=True).get(pk=venue.pk)
    if not permissions.may_edit_venue(by, held):
        raise MayNotChange(_("This venue is not yours to change."))
    before = held.name
    held.name = name.strip()
    if held.name == before:
        return held
    _check(held, "name")
    held.save(update_fields=["name"])
    audit.record(
        by=by,
        action="venue.renamed",
        subject=held,
        organisation=held.organisation.uuid if held.organisation else None,
        details={"from": before, "to": held.name},
    )
    return held


def _retitle_page(organisation: Organisation, before: str) -> None:
    """Its page bears the name, in what is public and in drafts, unless somebody gave it another title."""
    page = organisation.page
    for version in Revision.objects.for_instance(page).filter(content__title=before):
        version.content["title"] = organisation.name
        version.save(update_fields=["content"])
    OrganisationPage.objects.filter(pk=page.pk, title=before).update(title=organisation.name)
    OrganisationPage.objects.filter(pk=page.pk, draft_title=before).update(draft_title=organisation.name)


def _check(row: Organisation | Venue, field: str) -> None:
    """Raise ValidationError beside the field."""
    others = {each.name for each in row._meta.fields} - {field}
    row.full_clean(exclude=others, validate_unique=False, validate_constraints=False)
    if not getattr(row, field):
        raise ValidationError({field: _("A name is needed.")})
