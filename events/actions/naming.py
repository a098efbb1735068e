"""New names in the editable lists."""

import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import audit
from accounts.models import User
from events.models import ActivityType
from organisations.refusals import MayNotChange

LIST = uuid.UUID("5d2c1f0e-2f0b-4b6e-9a3e-6d1d7f6f1c11")
"""Entries of lists are known by slugs; the audit trail wants a UUID, made from the slug in this space."""


@dataclass(frozen=True, slots=True)
class Type:
    """A type of activity as the audit trail knows it."""

    uuid: uuid.UUID


@transaction.atomic
def rename_type(*, type: ActivityType, name: str, by: User) -> ActivityType:
    """By platform staff: the list is one for the installation. Its slug stays."""
    if not by.is_superuser:
        raise MayNotChange(_("Only platform staff can change the list of types."))
    held = ActivityType.objects.select_for_update(no_key=True).get(pk=type.pk)
    before, held.name = held.name, name.strip()
    if held.name == before:
        return held
    if not held.name or len(held.name) > 60:
        raise ValidationError({"name": _("A name has 1 to 60 letters.")})
    held.save(update_fields=["name"])
    subject = Type(uuid.uuid5(LIST, held.slug))
    audit.record(by=by, action="type.renamed", subject=subject, details={"from": before, "to": held.name})
    return held
