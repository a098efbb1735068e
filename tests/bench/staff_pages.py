"""The pages that grew with the number of organisations, and who opens them."""

from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import User
from images.models import Picture
from organisations.models import Membership, Organisation, OrganisersPage
from tests.factories.people import make_staff

STAFF = "staff@mingle.example"
MOST_QUERIES = 15


def pages() -> list[tuple[str, Client, str]]:
    """Name, client and address of each."""
    staff = _signed_in(User.objects.filter(email=STAFF).first() or make_staff(STAFF))
    member = Membership.objects.select_related("user").order_by("-pk")[0]
    group = _group_with_rights()
    picture = Picture.objects.order_by("pk")[0]
    club, above = Organisation.objects.order_by("-pk")[0], OrganisersPage.objects.get()
    if club.page.latest_revision is None:
        club.page.save_revision(user=member.user, changed=False)
    of_staff = {
        "people": reverse("wagtailusers_users:index"),
        "person": reverse("wagtailusers_users:edit", args=[member.user_id]),
        "new person": reverse("wagtailusers_users:add"),
        "groups": reverse("wagtailusers_groups:index"),
        "group": reverse("wagtailusers_groups:edit", args=[group.pk]),
        "new group": reverse("wagtailusers_groups:add"),
        "collections": reverse("wagtailadmin_collections:index"),
        "new collection": reverse("wagtailadmin_collections:add"),
        "pictures": reverse("wagtailimages:index"),
        "picture": reverse("wagtailimages:edit", args=[picture.pk]),
        "new picture": reverse("wagtailimages:add"),
        "several new pictures": reverse("wagtailimages:add_multiple"),
        "picture chooser": reverse("wagtailimages_chooser:choose"),
        "documents": reverse("wagtaildocs:index"),
        "organisations": reverse("organisation:index"),
        "organisation": reverse("organisation:edit", args=[club.pk]),
        "venues": reverse("venues:index"),
        "page explorer": reverse("wagtailadmin_explore", args=[above.pk]),
        "page of an organisation": reverse("wagtailadmin_pages:edit", args=[club.page.pk]),
        "who sees a page": reverse("wagtailadmin_pages:set_privacy", args=[above.get_parent().pk]),
        "staff's first page": reverse("wagtailadmin_home"),
    }
    of_owner = {
        "owner's first page": reverse("wagtailadmin_home"),
        "owner's picture chooser": reverse("wagtailimages_chooser:choose"),
        "owner's workspace": reverse("organise"),
    }
    owner = _signed_in(member.user)
    return [
        *((name, staff, path) for name, path in of_staff.items()),
        *((name, owner, path) for name, path in of_owner.items()),
    ]


def _group_with_rights() -> Group:
    """On two pages and two collections, so that what is asked for each shows."""
    group = Group.objects.get_or_create(name="Editorial staff")[0]
    root = Collection.get_first_root_node()
    shared = Collection.objects.filter(name="Pictures of the town").first()
    for collection in (root, shared or root.add_child(name="Pictures of the town")):
        for right in Permission.objects.filter(codename__in=["add_image", "add_document", "add_collection"]):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=right
            )
    for page in Page.objects.filter(depth__in=[2, 3]).order_by("path")[:2]:
        for right in Permission.objects.filter(codename__in=["add_page", "change_page"]):
            GroupPagePermission.objects.get_or_create(group=group, page=page, permission=right)
    return group


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client
