"""Ending what a person is signed in to."""

import pytest
from django.test import Client

from accounts import sign_ins
from accounts.models import User
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db


def opens(client: Client) -> bool:
    return client.get("/cms/").status_code == 200


def test_sessions_of_one_person_end_and_new_ones_hold() -> None:
    person, other = make_staff(), make_staff()
    clients = [Client(), Client()]
    for client, user in zip(clients, (person, other), strict=True):
        client.force_login(user)
    assert [opens(client) for client in clients] == [True, True]
    sign_ins.end(person)
    assert [opens(client) for client in clients] == [False, True]
    clients[0].force_login(User.objects.get(pk=person.pk))
    assert opens(clients[0]) is True


def test_a_session_survives_a_new_secret_key_until_it_is_ended(settings: object) -> None:
    person, client = make_staff(), Client()
    sign_ins.end(person)
    client.force_login(User.objects.get(pk=person.pk))
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10
    assert opens(client) is True
    sign_ins.end(person)
    assert opens(client) is False
