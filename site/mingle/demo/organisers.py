"""Organisations, from registration to the badge, through the real actions."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from mingle.demo import clock, people
from mingle.demo.reading import Facts, same_every_time
from organisations.actions import members, registration, verification
from organisations.models import Membership, Officer, Organisation, Role
from places.models import Place

CLUB, SCHOOL, RECORDERS = "calder-swifts", "lantern-hill-academy", "crossways-youth"
YEAR_AGO = datetime.timedelta(days=372)
DECLARED_FOR = datetime.timedelta(days=365)
RENEWED_AGO = datetime.timedelta(days=60)


def appoint_officer(place: Place, now: datetime.datetime) -> User:
    officer = people.sign_in_account(people.OFFICER)
    if not Officer.objects.filter(place=place).exists():
        with clock.at(now - YEAR_AGO):
            members.appoint(place=place, user=officer, by=None)
    return officer


def owner_of(organisation: Organisation) -> User:
    return Membership.objects.get(organisation=organisation, role=Role.OWNER).user


@transaction.atomic
def bring_in(place: Place, slug: str, facts: Facts, officer: User, now: datetime.datetime) -> Organisation:
    """Registered and checked a year ago, declared again since; nothing is done where it is known already."""
    known = Organisation.objects.filter(slug=slug).first()
    if known:
        return known
    began = now - YEAR_AGO
    with clock.at(began):
        organisation = _register(place, slug, facts)
        _take_in_members(organisation, facts)
        verification.submit(organisation=organisation, by=owner_of(organisation))
        until = timezone.localdate(began + DECLARED_FOR)
        verification.verify(organisation=organisation, declaration_until=until, by=officer)
    with clock.at(now - RENEWED_AGO):
        until = timezone.localdate(now - RENEWED_AGO + DECLARED_FOR)
        return verification.renew(organisation=organisation, declaration_until=until, by=officer)


def _register(place: Place, slug: str, facts: Facts) -> Organisation:
    return registration.register(
        by=None,
        uuid=same_every_time("organisation", slug),
        place=place,
        kind=facts["kind"],
        name=facts["name"],
        slug=slug,
        urn=facts.get("urn"),
        thread=facts["thread"],
        page=_page(facts),
    )


def _page(facts: Facts) -> dict[str, Any]:
    return {
        "summary": facts["summary"],
        "body": paragraphs(facts["body"]),
        "email": facts["email"],
        "phone": facts["phone"],
        "safeguarding_contact": f"{facts['owner']}, safeguarding lead, {facts['phone']}",
    }


def _take_in_members(organisation: Organisation, facts: Facts) -> None:
    if organisation.slug == CLUB:
        owner = people.sign_in_account(people.CLUB)
    else:
        owner = people.owner_account(organisation.slug, facts["owner"])
    members.join(organisation=organisation, user=owner, role=Role.OWNER, by=None)
    if organisation.slug == SCHOOL:
        teacher = people.sign_in_account(people.SCHOOL)
        members.join(organisation=organisation, user=teacher, role=Role.EDITOR, by=owner)
    if organisation.slug == RECORDERS:
        recorder = people.sign_in_account(people.RECORDER)
        members.join(organisation=organisation, user=recorder, role=Role.RECORDER, by=owner)


def paragraphs(text: str) -> str:
    """Plain words with empty lines between them, as rich text."""
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.strip().split("\n\n") if part.strip())
