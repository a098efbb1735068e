"""Which rows of each walled model are a person's, for the second wall (`accounts.in_hand`).

Activities are pages, and Wagtail's rights on pages hold them apart; rules and answers about access that hang
on one are read through its page only.
"""

from django.db.models import Q, QuerySet
from wagtail.models import Collection
from wagtail.permissions import policy_registry

from accounts import in_hand
from accounts.models import AuditEntry, User
from images.models import Picture
from organisations import permissions
from organisations.models import (
    Application,
    Declaration,
    Invitation,
    Membership,
    Officer,
    Organisation,
    OrganisationPage,
    Venue,
)


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Organisation, lambda user: Q(pk__in=_mine(user)))
    in_hand.rule(Membership, lambda user: Q(organisation__in=_mine(user)) | Q(user=user))
    in_hand.rule(Officer, lambda user: Q(place__officers__user=user) | Q(user=user))
    in_hand.rule(Venue, _venues)
    in_hand.rule(Picture, lambda user: Q(collection__in=_collections(user)))
    in_hand.rule(Picture, lambda user: Q(pk__in=_pages(user).values("picture")))
    in_hand.rule(AuditEntry, lambda user: Q(organisation__in=_edited(user).values("uuid")))
    in_hand.rule(Application, lambda user: Q(pk__in=_applications(user)) | Q(applicant=user))
    in_hand.rule(Declaration, lambda user: Q(organisation__in=_mine(user)))
    in_hand.rule(
        Declaration,
        lambda user: Q(application__in=_applications(user)) | Q(application__applicant=user),
    )
    in_hand.rule(Invitation, lambda user: Q(organisation__in=_mine(user)) | Q(email=user.email.lower()))


def _edited(user: User) -> QuerySet[Organisation]:
    return Organisation.objects.edited_by(user)


def _mine(user: User) -> QuerySet:
    return _edited(user).values("pk")


def _applications(user: User) -> QuerySet:
    return permissions.applications_for(user).values("pk")


def _pages(user: User) -> QuerySet[OrganisationPage]:
    return OrganisationPage.objects.filter(organisation__in=_mine(user))


def _venues(user: User) -> Q:
    return (
        Q(organisation__in=_mine(user))
        | Q(organisation=None, place__in=_edited(user).values("place"))
        | Q(organisation=None, place__officers__user=user)
    )


def _collections(user: User) -> QuerySet[Collection]:
    policy = policy_registry.get_by_type(Picture)
    allowed = policy.collections_user_has_any_permission_for(user, ["add", "change", "delete", "choose"])
    return allowed.values("pk")
