"""What comes with whoever is signed in."""

import pytest
from django.contrib.auth import get_user
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from accounts import facts, second_factors
from accounts.backend import Backend
from accounts.models import User
from organisations import permissions
from organisations.models import Officer, Role
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_staff, make_user

pytestmark = pytest.mark.django_db


def as_signed_in(user: User) -> User:
    """The person as a request finds them."""
    client, request = Client(), RequestFactory().get("/")
    client.force_login(user)
    request.session = client.session
    return get_user(request)


def asked(user: User) -> tuple[object, ...]:
    return (
        second_factors.is_missing(user),
        permissions.parts_of(user),
        permissions.is_lead(user),
        hasattr(user, "wagtail_userprofile"),
    )


def test_all_that_pages_ask_comes_in_one_query() -> None:
    user = make_officer(make_organisation().place)
    with CaptureQueriesContext(connection) as queries:
        found = Backend().get_user(user.pk)
        assert asked(found) == (False, (False, True), False, False)
    assert len(queries) == 1


def test_it_says_what_asking_says() -> None:
    club = make_organisation()
    both = make_member(club, Role.EDITOR)
    Officer.objects.create(place=club.place, user=both)
    Officer.objects.create(place=make_place("kirklees"), user=both)
    with_profile = make_user()
    UserProfile.objects.create(user=with_profile)
    people = {
        "staff": make_staff(),
        "owner": make_member(club),
        "recorder": make_member(club, Role.RECORDER),
        "officer": make_officer(club.place),
        "lead": make_lead(club.place),
        "editor and officer twice": both,
        "anybody": with_profile,
    }
    said = {name: asked(as_signed_in(person)) for name, person in people.items()}
    assert said == {
        "staff": (False, (False, False), False, False),
        "owner": (False, (True, False), False, False),
        "recorder": (False, (False, False), False, False),
        "officer": (False, (False, True), False, False),
        "lead": (False, (False, False), True, False),
        "editor and officer twice": (True, (True, True), False, False),
        "anybody": (False, (False, False), False, True),
    }
    assert said == {name: asked(User.objects.get(pk=person.pk)) for name, person in people.items()}


def test_it_is_as_old_as_the_request_and_no_older() -> None:
    user = make_officer(make_organisation().place)
    before = as_signed_in(user)
    Officer.objects.filter(user=user).delete()
    assert (facts.of(before, "oversees"), facts.of(as_signed_in(user), "oversees")) == (True, False)
    assert facts.of(user, "oversees") is False


def test_keys_come_with_them_too_and_are_looked_for_where_they_did_not() -> None:
    club, other = make_organisation(), make_organisation(place=make_place("kirklees"))
    user = make_member(club, Role.RECORDER)
    Officer.objects.create(place=other.place, user=user)
    found = as_signed_in(user)
    assert facts.keys_of(found, "belongs_to") == [club.pk]
    assert facts.keys_of(found, "answers_for") == [other.place_id]
    assert facts.keys_of(as_signed_in(make_user()), "belongs_to") == []
    for person in (found, user):
        assert list(permissions.belonging_to(person)) == [club]
        assert set(permissions.changing_dates(person)) == {club, other}


def test_a_closed_account_is_nobody() -> None:
    user = make_user(is_active=False)
    assert (Backend().get_user(user.pk), Backend().get_user(0)) == (None, None)
