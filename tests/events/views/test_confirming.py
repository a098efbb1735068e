"""The page behind the link of the mail: one button, no account, and nothing happens by opening it."""

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import AuditEntry
from events.actions import confirming, publishing
from events.models import Activity
from organisations import visitor_forms
from tests.events.conftest import NOW
from tests.factories.activities import make_activity, make_rule
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db
Clock = Callable[[datetime.datetime], None]
SEASON = datetime.date(2027, 1, 1)
LATER = NOW + datetime.timedelta(days=150)


def weekly(title: str = "Zwiebelkuchen", **fields: object) -> Activity:
    return make_activity(title, rules=[make_rule(times=None, until=datetime.date(2028, 7, 1))], **fields)


def address_of(activity: Activity, season: datetime.date = SEASON) -> str:
    return f"/confirm/{confirming.token(activity, season)}/"


def form_token(client: Client, address: str) -> str:
    return re.findall(r'name="token" value="([^"]+)"', client.get(address).content.decode())[0]


def press(client: Client, address: str, **headers: str):
    return client.post(address, {"token": form_token(client, address)}, headers=headers)


def confirmed_on(activity: Activity) -> datetime.date | None:
    return Activity.objects.get(pk=activity.pk).confirmed_on


def test_opening_the_link_changes_nothing_and_the_button_confirms(client: Client, clock: Clock) -> None:
    activity = weekly()
    address = address_of(activity)
    clock(NOW + datetime.timedelta(days=170))
    for _ in range(3):
        answer = client.get(address)
        assert answer.status_code == 200
        assert client.head(address).status_code == 200
    assert answer["Cache-Control"] == "no-store"
    assert answer.cookies == {}
    assert "Zwiebelkuchen" in answer.content.decode()
    assert f"/organise/activities/{activity.uuid}/" in answer.content.decode()
    assert len(re.findall(r"<button[^>]*button--primary", answer.content.decode())) == 1
    assert confirmed_on(activity) == NOW.date()
    answer = press(client, address)
    assert answer.status_code == 200
    assert "Thank you" in answer.content.decode()
    assert confirmed_on(activity) == NOW.date() + datetime.timedelta(days=170)
    assert "Thank you" in press(client, address).content.decode()
    assert AuditEntry.objects.filter(action="activity.confirmed").count() == 1


def test_the_link_works_for_a_term_and_not_for_ever(client: Client, clock: Clock) -> None:
    address = address_of(weekly(), datetime.date(2026, 8, 1))
    clock(datetime.datetime(2027, 1, 27, 12, tzinfo=datetime.UTC))
    assert client.get(address).status_code == 200
    clock(datetime.datetime(2027, 1, 28, 12, tzinfo=datetime.UTC))
    answer = client.get(address)
    assert answer.status_code == 404
    assert "This link no longer works" in answer.content.decode()
    assert client.post(address, {"token": visitor_forms.token("confirm")}).status_code == 404


def test_a_link_that_was_changed_or_is_of_another_confirms_nothing(client: Client, clock: Clock) -> None:
    mine, other = weekly("Mine"), weekly("Other")
    given = confirming.token(mine, SEASON)
    foreign = confirming.SIGNER.sign_object([str(other.uuid), str(mine.host.uuid), SEASON.isoformat()])
    unsigned = confirming.token(other, SEASON).split(":")[0] + ":" + given.split(":", 1)[1]
    clock(LATER)
    for token in (given[:-1], given + "x", "x", "0" * 3000, foreign, unsigned):
        answer = client.post(f"/confirm/{token}/", {"token": visitor_forms.token("confirm")})
        assert answer.status_code == 404
    assert press(client, f"/confirm/{given}/").status_code == 200
    assert (confirmed_on(mine), confirmed_on(other)) == (LATER.date(), NOW.date())


def test_the_button_of_another_site_or_without_a_token_does_nothing(client: Client, clock: Clock) -> None:
    activity = weekly()
    address = address_of(activity)
    clock(LATER)
    assert press(client, address, **{"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert press(client, address, Origin="https://elsewhere.example").status_code == 403
    for token in ("", "nonsense", visitor_forms.token("concern")):
        answer = client.post(address, {"token": token})
        assert "Press the button again" in answer.content.decode()
    assert client.post(address).status_code == 200
    assert confirmed_on(activity) == NOW.date()


def test_too_much_from_one_address_is_refused_in_words(
    client: Client, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("events.views.confirming.AN_HOUR", 0)
    activity = weekly()
    clock(LATER)
    answer = press(client, address_of(activity))
    assert answer.status_code == 429
    assert "try again in an hour" in answer.content.decode()
    assert confirmed_on(activity) == NOW.date()


def test_what_is_not_public_has_no_button_and_cannot_be_confirmed(client: Client, clock: Clock) -> None:
    activity = weekly(host=make_organisation(reviews_left=0))
    address = address_of(activity)
    publishing.unpublish(activity=activity, by=make_member(activity.host))
    clock(LATER)
    page = client.get(address).content.decode()
    assert "not on the site at the moment" in page
    assert 'name="token"' not in page
    answer = client.post(address, {"token": visitor_forms.token("confirm")})
    assert answer.status_code == 409
    assert "not on the site at the moment" in answer.content.decode()
    assert confirmed_on(activity) == NOW.date()
