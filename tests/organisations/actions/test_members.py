"""Who belongs to an organisation, what comes with it, and what goes."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import AuditEntry, User
from organisations.actions import members
from organisations.models import Organisation, Role
from organisations.refusals import MayNotChange
from tests.factories.organisations import make_organisation
from tests.factories.people import make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def joined(organisation: Organisation, role: Role = Role.OWNER) -> User:
    user = make_user()
    members.join(organisation=organisation, user=user, role=role, by=None)
    return user


def roles(organisation: Organisation) -> list[str]:
    return list(organisation.memberships.order_by("pk").values_list("role", flat=True))


def groups(user: User) -> int:
    return user.groups.filter(name__startswith="organisation ").count()


def test_owners_officers_and_staff_say_who_belongs() -> None:
    spark = make_organisation()
    owner = joined(spark)
    for person in (owner, make_officer(spark.place), make_staff()):
        members.join(organisation=spark, user=make_user(), role=Role.EDITOR, by=person)
    for person in (joined(spark, Role.EDITOR), joined(make_organisation()), make_user()):
        with pytest.raises(MayNotChange):
            members.join(organisation=spark, user=make_user(), role=Role.OWNER, by=person)
        with pytest.raises(MayNotChange):
            members.remove(organisation=spark, user=owner, by=person)
    assert roles(spark) == ["owner", "editor", "editor", "editor", "editor"]


def test_rights_in_the_cms_come_and_go_with_the_role() -> None:
    spark = make_organisation()
    owner, person = joined(spark), joined(spark, Role.RECORDER)
    seen = [groups(person)]
    for role in (Role.EDITOR, Role.RECORDER, Role.OWNER):
        members.join(organisation=spark, user=person, role=role, by=owner)
        seen.append(groups(person))
    members.remove(organisation=spark, user=person, by=owner)
    assert [*seen, groups(person)] == [0, 1, 0, 1, 0]


def test_every_change_is_audited_once() -> None:
    spark = make_organisation()
    owner, person = joined(spark), make_user()
    for role in (Role.EDITOR, Role.EDITOR, Role.RECORDER):
        members.join(organisation=spark, user=person, role=role, by=owner)
    for _ in range(2):
        members.remove(organisation=spark, user=person, by=owner)
    rows = AuditEntry.objects.filter(subject=spark.uuid, by=owner).order_by("id")
    who = {"person": str(person.uuid)}
    assert list(rows.values_list("action", "details")) == [
        ("member.joined", {**who, "role": "editor"}),
        ("member.role_changed", {**who, "from": "editor", "to": "recorder"}),
        ("member.removed", {**who, "role": "recorder"}),
    ]


def test_the_last_owner_neither_leaves_nor_becomes_less() -> None:
    spark = make_organisation()
    owner, staff = joined(spark), make_staff()
    with pytest.raises(ValidationError, match="This is the only owner"):
        members.remove(organisation=spark, user=owner, by=staff)
    with pytest.raises(ValidationError, match="This is the only owner"):
        members.join(organisation=spark, user=owner, role=Role.EDITOR, by=owner)
    other = joined(spark)
    members.remove(organisation=spark, user=owner, by=owner)
    assert list(spark.memberships.values_list("user", flat=True)) == [other.pk]


def test_a_removed_members_sessions_end_at_once_on_every_device() -> None:
    spark = make_organisation()
    owner, person = joined(spark), joined(spark, Role.EDITOR)
    phone, laptop, owners = Client(), Client(), Client()
    for client, user in ((phone, person), (laptop, person), (owners, owner)):
        client.force_login(user)
        assert client.get("/cms/").status_code == 200
    members.remove(organisation=spark, user=person, by=owner)
    for client in (phone, laptop):
        answer = client.get("/cms/")
        assert (answer.status_code, "login" in answer["Location"]) == (302, True)
        assert "_auth_user_id" not in client.session
    assert owners.get("/cms/").status_code == 200


def test_whoever_was_signed_out_may_sign_in_again() -> None:
    spark = make_organisation()
    owner, person = joined(spark), joined(spark, Role.EDITOR)
    members.join(organisation=make_organisation(), user=person, role=Role.EDITOR, by=None)
    members.remove(organisation=spark, user=person, by=owner)
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    assert client.get("/cms/").status_code == 200
