"""Who may do what, and what the public may see, in plain English."""

import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts import facts, in_hand
from accounts.models import User
from organisations.models import (
    EDITING_ROLES,
    Application,
    Concern,
    Declaration,
    Membership,
    Officer,
    Organisation,
    Role,
    SafeguardingLead,
    State,
    Venue,
)
from organisations.models.organisation import OrganisationQuerySet


def is_public(organisation: Organisation, on: datetime.date) -> bool:
    """Verified, with a declaration that holds that day: the row's form of `Organisation.objects.public`."""
    return (
        organisation.state == State.VERIFIED
        and organisation.declaration_until is not None
        and organisation.declaration_until >= on
    )


@in_hand.held_by(None)
def has_role(user: User, organisation: Organisation, *roles: Role) -> bool:
    """A member with one of the roles, or platform staff."""
    if user.is_superuser:
        return True
    return organisation.memberships.filter(user=user, role__in=roles).exists()


@in_hand.held_by(None)
def is_officer(user: User, organisation: Organisation) -> bool:
    """An officer of the organisation's place."""
    return user.is_superuser or organisation.place.officers.filter(user=user).exists()


def may_judge(user: User, organisation: Organisation) -> bool:
    """Let it publish, or look at what it publishes first: an officer, but nobody judges what is their own."""
    if user.is_superuser:
        return True
    return is_officer(user, organisation) and not organisation.memberships.filter(user=user).exists()


def may_edit(user: User, organisation: Organisation) -> bool:
    """Pages, pictures and dates: owners and editors, and the place's officers."""
    return has_role(user, organisation, Role.OWNER, Role.EDITOR) or is_officer(user, organisation)


def may_fill_in(user: User, declaration: Declaration) -> bool:
    """The owners of the organisation that it is about; before there is one, whoever applies."""
    if declaration.organisation:
        return has_role(user, declaration.organisation, Role.OWNER)
    return Application.objects.filter(declaration=declaration, applicant=user).exists()


def is_any_officer(user: User) -> bool:
    """They answer for some place, so there is a desk for them."""
    return user.is_superuser or parts_of(user)[1]


def may_decide(user: User, application: Application) -> bool:
    """The officers of the place that it is for, but not about what they ask for themselves."""
    if application.place is None or user.is_superuser:
        return application.place is not None
    return application.applicant_id != user.pk and application.place.officers.filter(user=user).exists()


def applications_for(user: User) -> QuerySet[Application]:
    """The same rule as `may_decide`, for many."""
    if user.is_superuser:
        return Application.objects.filter(place__isnull=False)
    return Application.objects.filter(place__officers__user=user).exclude(applicant=user)


def may_manage_members(user: User, organisation: Organisation) -> bool:
    """Who belongs to it and with which role: owners, and the place's officers."""
    return has_role(user, organisation, Role.OWNER) or is_officer(user, organisation)


def belongs_somewhere(user: User) -> bool:
    """A member of any organisation, an officer or platform staff; anybody else may apply for one."""
    return user.is_superuser or user.memberships.exists() or user.offices.exists()


def belonging_to(user: User) -> OrganisationQuerySet:
    """Those of which the person is a member, whatever their role."""
    return Organisation.objects.filter(pk__in=facts.keys_of(user, "belongs_to"))


def owned_by(user: User) -> OrganisationQuerySet:
    """Those for which the person answers."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(memberships__user=user, memberships__role=Role.OWNER)


def parts_of(user: User) -> tuple[bool, bool]:
    """Whether the person edits any organisation, and whether they are an officer."""
    return facts.of(user, "edits"), facts.of(user, "oversees")


def organisations_of(user: Any) -> QuerySet:
    """Keys of those of which the person is a member."""
    return Membership._base_manager.filter(user=user).values("organisation")


def places_of(user: Any) -> QuerySet:
    """Keys of those for which the person is an officer."""
    return Officer._base_manager.filter(user=user).values("place")


def who_edits() -> Q:
    """For a query of people."""
    return Q(Exists(Membership._base_manager.filter(user=OuterRef("pk"), role__in=EDITING_ROLES)))


def who_oversees() -> Q:
    """For a query of people."""
    return Q(Exists(Officer._base_manager.filter(user=OuterRef("pk"))))


def who_leads() -> Q:
    """For a query of people."""
    return Q(Exists(SafeguardingLead._base_manager.filter(user=OuterRef("pk"))))


def overseen_by(user: User) -> OrganisationQuerySet:
    """The same rule as `is_officer`, for many."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(place__officers__user=user)


def judged_by(user: User) -> OrganisationQuerySet:
    """The same rule as `may_judge`, for many."""
    mine = overseen_by(user)
    return mine if user.is_superuser else mine.exclude(memberships__user=user)


def may_change_dates(user: User, organisation: Organisation) -> bool:
    """Move, cancel and reinstate dates: every member, and the place's officers."""
    return has_role(user, organisation, *Role) or is_officer(user, organisation)


def changing_dates(user: User) -> OrganisationQuerySet:
    """The same rule as `may_change_dates`, for many."""
    if user.is_superuser:
        return Organisation.objects.all()
    places = facts.keys_of(user, "answers_for")
    return Organisation.objects.filter(Q(pk__in=facts.keys_of(user, "belongs_to")) | Q(place__in=places))


def venues_usable_by(user: User) -> QuerySet[Venue]:
    """Venues of the organisations a person edits, and those shared in their places."""
    if user.is_superuser:
        return Venue.objects.all()
    mine = Organisation.objects.edited_by(user)
    return Venue.objects.filter(
        Q(organisation__in=mine) | Q(organisation=None, place__in=mine.values("place"))
    )


def venues_edited_by(user: User) -> QuerySet[Venue]:
    """The same rule as `may_edit_venue`, for many."""
    if user.is_superuser:
        return Venue.objects.all()
    return Venue.objects.filter(
        Q(organisation__in=Organisation.objects.edited_by(user))
        | Q(organisation=None, place__officers__user=user)
    )


def may_edit_venue(user: User, venue: Venue) -> bool:
    """An organisation's own: who edits the organisation. A shared one: the officers of its place."""
    if venue.organisation:
        return may_edit(user, venue.organisation)
    return user.is_superuser or venue.place.officers.filter(user=user).exists()


def is_lead(user: User) -> bool:
    """On the list of those who read concerns, of some place or of the whole installation."""
    return user.is_active and facts.of(user, "leads")


def leads_of(concern: Concern) -> QuerySet[User]:
    """Who answers for a concern: its place's leads; where there is none who may, those of the installation.

    Nobody ever reads what is said of an organisation that they belong to.
    """
    able = _leads_outside(concern)
    own = able.filter(safeguarding_tasks__place=concern.place_id) if concern.place_id else able.none()
    chosen = own if own.exists() else able.filter(safeguarding_tasks__place=None)
    return chosen.distinct().order_by("email")


def leads_to_hand_to(concern: Concern) -> QuerySet[User]:
    """Other leads who may take it over: of its place, of the installation; of any place where it has none."""
    able = _leads_outside(concern)
    if concern.place_id:
        able = able.filter(Q(safeguarding_tasks__place=concern.place_id) | Q(safeguarding_tasks__place=None))
    return able.distinct().order_by("email")


def concerns_read_by(user: User) -> QuerySet[Concern]:
    """The same rule as `leads_of`, for many; and those that were handed to the person.

    Officers and platform staff read none unless they are leads.
    """
    if not is_lead(user):
        return Concern.objects.none()
    mine = Concern.objects.exclude(pk__in=_about_organisations_of(user))
    answers = Q(place__in=user.safeguarding_tasks.exclude(place=None).values("place")) | Q(handler=user)
    if user.safeguarding_tasks.filter(place=None).exists():
        answers |= Q(place=None) | ~Exists(_place_leads_able())
    return mine.filter(answers)


def concerns_counted_by(user: User) -> QuerySet[Concern]:
    """How many there are in their places is all that officers learn of concerns. None about their own."""
    known = Concern.objects.exclude(pk__in=_about_organisations_of(user))
    return known if user.is_superuser else known.filter(place__officers__user=user)


def may_suspend(user: User, organisation: Organisation) -> bool:
    """Take off the site at once: officers of the place, and the leads who answer for its concerns."""
    if is_officer(user, organisation):
        return True
    if not user.is_active or organisation.memberships.filter(user=user).exists():
        return False
    return user.safeguarding_tasks.filter(Q(place=organisation.place_id) | Q(place=None)).exists()


@in_hand.held_by(None)
def _leads_outside(concern: Concern) -> QuerySet[User]:
    members = Membership.objects.filter(organisation__in=concern.involved.all())
    leads = User.objects.filter(is_active=True, safeguarding_tasks__isnull=False)
    return leads.exclude(pk__in=members.values("user"))


def _about_organisations_of(user: User) -> QuerySet:
    mine = user.memberships.values("organisation")
    return Concern.involved.through.objects.filter(organisation__in=mine).values("concern")


def _place_leads_able() -> QuerySet[SafeguardingLead]:
    """For a query of concerns: leads of its place who belong to nobody involved."""
    involved = Concern.involved.through.objects.filter(
        concern=OuterRef(OuterRef("pk")), organisation__memberships__user=OuterRef("user")
    )
    return SafeguardingLead.objects.filter(~Exists(involved), place=OuterRef("place"), user__is_active=True)


def answer_for_several() -> Q:
    """Officers, leads, and members of more than one organisation: any member takes registers."""
    several = Membership._base_manager.filter(user=OuterRef("pk")).order_by().values("user")
    several = several.annotate(number=Count("pk")).filter(number__gt=1)
    return who_oversees() | who_leads() | Exists(several)


def workspace_of(user: User) -> str | None:
    """Where members work who may not use the CMS."""
    return "/organise/" if user.memberships.exists() else None
