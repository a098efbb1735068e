"""New names of organisations. Prepared texts in which the old one stands are queued in the same go."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts import audit
from accounts.models import User
from organisations import permissions
from organisations.models import Organisation, OrganisationPage, Role
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
