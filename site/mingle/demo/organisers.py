"""Organisations, from registration to the badge, through the real actions."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from accounts.models import User
from mingle.demo import clock, people
from mingle.demo.reading import Facts, same_every_time
from organisations.actions import declarations, members, registration, verification
from organisations.models import Declaration, Membership, Officer, Organisation, Role, State
from places.models import Place

CLUB, SCHOOL, RECORDERS = "calder-swifts", "lantern-hill-academy", "crossways-youth"
YEAR_AGO = datetime.timedelta(days=372)
DECLARED_FOR = datetime.timedelta(days=365)
TRAINED_AGO = datetime.timedelta(days=40)
RENEWED_AGO = datetime.timedelta(days=60)
SIGNED_AHEAD = datetime.timedelta(days=max(declarations.REMIND))
LEADS = "safeguarding lead"
SAID = (
    *("vetting", "vetting_level", "policy_where", "governing_body", "governing_body_number"),
    *("first_aid", "emergencies", "collecting", "photographs", "allegations"),
)


def appoint_officer(place: Place, now: datetime.datetime) -> User:
    officer = people.sign_in_account(people.OFFICER)
    if not Officer.objects.filter(place=place).exists():
        with clock.at(now - YEAR_AGO):
            members.appoint(place=place, user=officer, by=None)
    return officer


def owner_of(organisation: Organisation) -> User:
    """The one of longest standing: visitors may make others."""
    owners = Membership.objects.filter(organisation=organisation, role=Role.OWNER)
    return owners.order_by("pk")[0].user


@transaction.atomic
def bring_in(place: Place, slug: str, facts: Facts, officer: User, now: datetime.datetime) -> Organisation:
    """Registered and checked a year ago, declared again since; nothing is done where it is known already."""
    known = Organisation.objects.filter(slug=slug).first()
    if known:
        return known
    with clock.at(now - YEAR_AGO):
        organisation = _register(place, slug, facts)
        _take_in_members(organisation, facts)
        owner = owner_of(organisation)
        _declare(organisation, facts, owner)
        verification.submit(organisation=organisation, by=owner)
        verification.verify(organisation=organisation, by=officer)
    with clock.at(now - RENEWED_AGO):
        declarations.read(declaration=_sign_again(organisation, owner), by=officer)
    return Organisation.objects.get(pk=organisation.pk)


def sign_again(found: dict[str, Facts], now: datetime.datetime) -> int:
    """For those in `found` whose declaration runs out within 60 days, or has: owners sign, the officer reads.

    One that somebody has begun to fill in is theirs. Returns how many signed.
    """
    soon = timezone.localdate(now) + SIGNED_AHEAD
    due = Organisation.objects.filter(slug__in=found, state=State.VERIFIED, declaration_until__lte=soon)
    begun = Declaration.objects.drafts().filter(organisation__isnull=False).values("organisation")
    ending = due.exclude(pk__in=begun).order_by("pk")
    for organisation in ending:
        officer = Officer.objects.filter(place=organisation.place).order_by("pk")[0].user
        with clock.at(now), transaction.atomic():
            signed = _sign_again(organisation, owner_of(organisation))
            declarations.read(declaration=signed, by=officer)
    return len(ending)


def _sign_again(organisation: Organisation, owner: User) -> Declaration:
    """With what was said last time, and new days."""
    last = organisation.declarations.signed()[0]
    draft = declarations.begin(organisation=organisation, by=owner)
    declarations.fill_in(declaration=draft, said=_days(), by=owner)
    return declarations.sign(declaration=draft, name=last.signed_name, role=last.signed_role, by=owner)


def _declare(organisation: Organisation, facts: Facts, owner: User) -> Declaration:
    """What the content says."""
    said = facts["declaration"]
    lead, deputy = facts["owner"], said["deputy"]
    draft = declarations.begin(organisation=organisation, by=owner)
    answers = {
        **{name: said[name] for name in SAID if name in said},
        **_person("lead", lead, LEADS, facts["phone"], organisation.slug),
        **_person("deputy", deputy, said["deputy_role"], facts["phone"], organisation.slug),
        "vetting_seen_by": deputy,
        **_days(),
    }
    declarations.fill_in(declaration=draft, said=answers, by=owner)
    return declarations.sign(declaration=draft, name=lead, role=said["signs_as"], by=owner)


def _days() -> dict[str, datetime.date]:
    """They hold for a year."""
    today = timezone.localdate()
    ahead, behind = today + DECLARED_FOR, today - TRAINED_AGO
    return {
        **dict.fromkeys(("lead_trained_on", "deputy_trained_on", "vetting_seen_on"), behind),
        "policy_reviewed_on": behind,
        "policy_review_by": ahead,
        "insurance_until": ahead,
    }


def _person(which: str, name: str, role: str, phone: str, slug: str) -> dict[str, str]:
    return {
        f"{which}_name": name,
        f"{which}_role": role,
        f"{which}_phone": phone,
        f"{which}_email": f"{which}@{slug}.example",
    }


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
        reviews_left=0,  # it has been here for a year
        page=_page(facts),
    )


def _page(facts: Facts) -> dict[str, Any]:
    return {
        "summary": facts["summary"],
        "body": paragraphs(facts["body"]),
        "email": facts["email"],
        "phone": facts["phone"],
        "safeguarding_contact": f"{facts['owner']}, {facts['phone']}",
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
