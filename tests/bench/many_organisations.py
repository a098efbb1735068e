"""Thousands of organisations in an empty database, set by set, each with an owner and a picture.

The first is made by the real actions; the others are rows like its own.
"""

import uuid

from django.contrib.auth.models import Group
from django.db import connection, transaction
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from accounts.models import User
from images.models import Picture
from organisations.actions import members
from organisations.models import Membership, Organisation, OrganisationPage, Role
from tests.factories.organisations import collection_of, make_organisation


@transaction.atomic
def fill(number: int) -> None:
    """Add so many."""
    first = make_organisation()
    rows = _organisations(first, number)
    _pages(first, rows)
    groups = _groups(first, rows)
    _collections(first, rows, groups)
    _owners(rows, groups)


def _organisations(first: Organisation, number: int) -> list[Organisation]:
    facts = {
        name: getattr(first, name) for name in ("place", "kind", "state", "verified_on", "declaration_until")
    }
    return Organisation.objects.bulk_create(
        Organisation(name=f"{first.name}, {each}", slug=f"{first.slug}-{each}", reviews_left=0, **facts)
        for each in range(1, number)
    )


def _pages(first: Organisation, rows: list[Organisation]) -> None:
    """A page is a row of two tables, which Django adds one by one only."""
    above, like = first.page.get_parent(), Page.objects.get(pk=first.page.pk)
    step = _last_step(above)
    pages = Page.objects.bulk_create(
        Page(
            path=Page._get_path(above.path, above.depth + 1, step + at),
            depth=above.depth + 1,
            title=row.name,
            draft_title=row.name,
            slug=row.slug,
            url_path=f"{above.url_path}{row.slug}/",
            content_type=like.content_type,
            locale=like.locale,
            live=True,
            translation_key=uuid.uuid4(),
        )
        for at, row in enumerate(rows, 1)
    )
    Page.objects.filter(pk=above.pk).update(numchild=above.get_children_count() + len(rows))
    columns = [field.column for field in OrganisationPage._meta.local_fields if field.column != "page_ptr_id"]
    others = [column for column in columns if column != "organisation_id"]
    listed = "".join(f', "{column}"' for column in others)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO organisations_organisationpage (page_ptr_id, organisation_id{listed}) "
            f"SELECT made.page, made.organisation{listed} FROM organisations_organisationpage, "
            "unnest(%s::int[], %s::bigint[]) AS made (page, organisation) WHERE page_ptr_id = %s",
            [[page.pk for page in pages], [row.pk for row in rows], first.page.pk],
        )


def _groups(first: Organisation, rows: list[Organisation]) -> list[Group]:
    """With the rights of the first one's group on each own page."""
    like = members.provision(first)
    groups = Group.objects.bulk_create(Group(name=f"organisation {row.uuid}") for row in rows)
    page_of = dict(OrganisationPage.objects.values_list("organisation", "pk"))
    for group in (like, members.officers_group(first.place)):
        rights = list(group.page_permissions.filter(page=first.page).values_list("permission", flat=True))
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(
                group=own if group == like else group, page_id=page_of[row.pk], permission_id=right
            )
            for own, row in zip(groups, rows, strict=True)
            for right in rights
        )
    for right in like.permissions.all():
        right.group_set.add(*groups)
    return groups


def _collections(first: Organisation, rows: list[Organisation], groups: list[Group]) -> None:
    """Each with one picture."""
    root, own = Collection.get_first_root_node(), collection_of(first)
    step = _last_step(root)
    collections = Collection.objects.bulk_create(
        Collection(
            name=f"organisation {row.created_at:%Y%m%d%H%M%S%f} {row.uuid}",
            path=Collection._get_path(root.path, 2, step + at),
            depth=2,
        )
        for at, row in enumerate(rows, 1)
    )
    Collection.objects.filter(pk=root.pk).update(numchild=root.get_children_count() + len(rows))
    like = members.provision(first)
    for group in (like, members.officers_group(first.place)):
        rights = list(
            group.collection_permissions.filter(collection=own).values_list("permission", flat=True)
        )
        GroupCollectionPermission.objects.bulk_create(
            GroupCollectionPermission(
                group=each if group == like else group, collection=collection, permission_id=right
            )
            for each, collection in zip(groups, collections, strict=True)
            for right in rights
        )
    Picture.objects.bulk_create(
        Picture(
            title=f"Picture {at}",
            file=f"original_images/{at}.png",
            width=40,
            height=30,
            collection=collection,
        )
        for at, collection in enumerate(collections)
    )


def _owners(rows: list[Organisation], groups: list[Group]) -> None:
    people = User.objects.bulk_create(
        User(email=f"{row.slug}@club.example", first_name="Owner", last_name=row.slug, password="!")  # noqa: S106
        for row in rows
    )
    Membership.objects.bulk_create(
        Membership(organisation=row, user=person, role=Role.OWNER)
        for row, person in zip(rows, people, strict=True)
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=person, group=group) for person, group in zip(people, groups, strict=True)
    )


def _last_step(above: Page | Collection) -> int:
    """The number in its path of the last that stands below."""
    return above._str2int(above.get_last_child().path[-above.steplen :])
