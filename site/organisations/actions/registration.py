"""Bringing an organisation into being, with its public page."""

from typing import Any

from django.db import transaction

from accounts import audit
from accounts.models import User
from organisations.actions import members
from organisations.models import Kind, Organisation, OrganisationPage, OrganisersPage
from places.models import Place


@transaction.atomic
def register(
    *,
    by: User | None,
    place: Place,
    kind: Kind,
    name: str,
    slug: str,
    urn: int | None = None,
    page: dict[str, Any] | None = None,
    **facts: Any,
) -> Organisation:
    """Make an organisation in state `draft` and its page below `/organisers/`.

    `page` holds fields of `OrganisationPage`, `facts` further fields of `Organisation`.
    """
    organisation = Organisation.objects.create(place=place, kind=kind, name=name, slug=slug, urn=urn, **facts)
    OrganisersPage.objects.get().add_child(
        instance=OrganisationPage(title=name, slug=slug, organisation=organisation, **(page or {}))
    )
    members.provision(organisation)
    audit.record(
        by=by, action="organisation.registered", subject=organisation, organisation=organisation.uuid
    )
    return organisation
