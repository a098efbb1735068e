"""Who may do what, and what the public may see, in plain English."""

import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User
from organisations.models import EDITING_ROLES, Membership, Officer, Organisation, Role, State, Venue


def is_public(organisation: Organisation, on: datetime.date) -> bool:
    """Verified, with a declaration that holds that day: the row's form of `Organisation.objects.public`."""
    return (
        organisation.state == State.VERIFIED
        and organisation.declaration_until is not None
        and organisation.declaration_until >= on
    )


def has_role(user: User, organisation: Organisation, *roles: Role) -> bool:
    """A member with one of the roles, or platform staff."""
    if user.is_superuser:
        return True
    return organisation.memberships.filter(user=user, role__in=roles).exists()


def is_officer(user: User, organisation: Organisation) -> bool:
    """An officer of the organisation's place."""
    return user.is_superuser or organisation.place.officers.filter(user=user).exists()


def may_edit(user: User, organisation: Organisation) -> bool:
    """Pages, pictures and dates: owners and editors, and the place's officers."""
    return has_role(user, organisation, Role.OWNER, Role.EDITOR) or is_officer(user, organisation)


def may_manage_members(user: User, organisation: Organisation) -> bool:
    """Who belongs to it and with which role: owners, and the place's officers."""
    return has_role(user, organisation, Role.OWNER) or is_officer(user, organisation)


def parts_of(user: User) -> tuple[bool, bool]:
    """Whether the person edits any organisation, and whether they are an officer; asked once a request."""
    parts = getattr(user, "_parts", None)
    if parts is None:
        edits = Membership._base_manager.filter(user=OuterRef("pk"), role__in=EDITING_ROLES)
        oversees = Officer._base_manager.filter(user=OuterRef("pk"))
        found = User.objects.filter(pk=user.pk).values_list(Exists(edits), Exists(oversees)).first()
        parts = found or (False, False)
        setattr(user, "_parts", parts)  # noqa: B010 (no field of the model: it lives as long as the request)
    return parts


def overseen_by(user: User) -> QuerySet[Organisation]:
    """The same rule as `is_officer`, for many."""
    if user.is_superuser:
        return Organisation.objects.all()
    return Organisation.objects.filter(place__officers__user=user)


def may_change_dates(user: User, organisation: Organisation) -> bool:
    """Move, cancel and reinstate dates: every member, and the place's officers."""
    return has_role(user, organisation, *Role) or is_officer(user, organisation)


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
