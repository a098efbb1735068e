"""Bringing an organisation into being, with its public page."""

import itertools
from typing import Any

from django.db import transaction
from django.utils.text import slugify

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
    above = _hold_the_page_above()
    organisation = Organisation.objects.create(place=place, kind=kind, name=name, slug=slug, urn=urn, **facts)
    above.add_child(
        instance=OrganisationPage(title=name, slug=slug, organisation=organisation, **(page or {}))
    )
    members.provision(organisation)
    audit.record(
        by=by, action="organisation.registered", subject=organisation, organisation=organisation.uuid
    )
    return organisation


def free_slug(name: str) -> str:
    """ "spark", "spark-2": in the transaction of a registration, so that nobody takes it meanwhile."""
    _hold_the_page_above()
    wanted = slugify(name)[:70] or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([wanted], numbered) if slug not in taken)


def _hold_the_page_above() -> OrganisersPage:
    """One organisation at a time takes its place below it."""
    return OrganisersPage.objects.select_for_update(of=("page_ptr",)).get()
