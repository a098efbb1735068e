"""Whether something that is named in an address, a query or a form is the person's own.

Wagtail asks its own rights too. These ask the roles, which are the truth: owners and editors of an
organisation, officers of its place.
"""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length
from wagtail.admin.models import EditingSession
from wagtail.models import Page, Revision, UploadedFile
from wagtail.permissions import policy_registry

from accounts.models import User
from images.models import Picture
from organisations import permissions
from organisations.models import Organisation, OrganisationPage, OrganisersPage
from organisations.wall.gates import Address


def pages_of(user: User) -> QuerySet[OrganisationPage]:
    """The pages of the person's organisations; what they may edit stands at or below them."""
    return OrganisationPage.objects.filter(organisation__in=Organisation.objects.edited_by(user).values("pk"))


def below_their_pages(user: User) -> Exists:
    """The same for many pages at once, as a condition."""
    beginning: Any = Left(OuterRef("path"), Length("path"))  # ty: ignore[invalid-argument-type] (may be columns)
    return Exists(pages_of(user).filter(path=beginning))


def page(user: User, value: str, _address: Address) -> bool:
    """An organisation's page that the person edits, or one below it."""
    return Page.objects.filter(below_their_pages(user), pk=_number(value)).exists()


def page_or_organisers(user: User, value: str, address: Address) -> bool:
    """The same, and the page above all organisations' for whoever has several of them."""
    return OrganisersPage.objects.filter(pk=_number(value)).exists() or page(user, value, address)


def revision(user: User, value: str, address: Address) -> bool:
    """A version of such a page. That it is one of the page in the address is Wagtail's to see."""
    if value in ("live", "earliest", "latest"):
        return True
    found = Revision.page_revisions.filter(pk=_number(value)).values_list("object_id", flat=True).first()
    return found is not None and page(user, found, address)


def picture(user: User, value: str, _address: Address) -> bool:
    """In a collection of the person's organisations."""
    found = Picture._base_manager.filter(pk=_number(value)).first()
    policy = policy_registry.get_by_type(Picture)
    return found is not None and policy.user_has_any_permission_for_instance(
        user, ["change", "delete", "choose"], found
    )


def upload(user: User, value: str, _address: Address) -> bool:
    """A file that the person sent and has not described yet."""
    return UploadedFile.objects.filter(pk=_number(value), uploaded_by_user=user).exists()


def venue(user: User, value: str, _address: Address) -> bool:
    return permissions.venues_usable_by(user).filter(pk=_number(value)).exists()


def venue_to_change(user: User, value: str, _address: Address) -> bool:
    return permissions.venues_edited_by(user).filter(pk=_number(value)).exists()


def organisation_overseen(user: User, value: str, _address: Address) -> bool:
    return permissions.overseen_by(user).filter(pk=_number(value)).exists()


def thing_in_an_editor(user: User, value: str, address: Address) -> bool:
    """What an open editor tells of, every few seconds, to learn who else has it open."""
    check = EDITED.get((address["app_label"], address["model_name"]))
    return check is not None and check(user, value, address)


def editing_session(user: User, value: str, _address: Address) -> bool:
    """The person's own, or none yet."""
    known = EditingSession.objects.filter(pk=_number(value)).first()
    return known is None or known.user_id == user.pk


EDITED: dict[tuple[Any, Any], Any] = {
    ("wagtailcore", "page"): page,
    ("events", "activity"): page,
    ("organisations", "organisationpage"): page,
    ("organisations", "venue"): venue_to_change,
    ("organisations", "organisation"): organisation_overseen,
}


def _number(value: str) -> int:
    """What is no number is nothing's key, and neither is one that no table can hold."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
