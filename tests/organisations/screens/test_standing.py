"""An officer verifies, suspends and reinstates an organisation in the CMS."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events.models import Activity
from organisations.actions import members
from organisations.models import Organisation, State
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.organisations import make_declaration, make_organisation
from tests.factories.people import make_staff, make_user

pytestmark = pytest.mark.django_db


def officer_of(organisation: Organisation) -> Client:
    user = make_user()
    members.appoint(place=organisation.place, user=user, by=None)
    return signed_in(user)


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def address(organisation: Organisation) -> str:
    return reverse("organisation:standing", args=[organisation.pk])


def send(client: Client, organisation: Organisation, step: str, reason: str = "") -> str:
    fields = {"step": step, "reason": reason}
    return client.post(address(organisation), fields, follow=True).content.decode()


def state(organisation: Organisation) -> str:
    return Organisation.objects.get(pk=organisation.pk).state


def steps(client: Client, organisation: Organisation) -> list[str]:
    html = client.get(address(organisation)).content.decode()
    known = ("submit", "verify", "suspend", "reinstate", "close")
    return [step for step in known if f'value="{step}"' in html]


def test_an_officer_verifies_what_was_sent_in(client: Client) -> None:
    spark = make_organisation(public=False, state=State.SUBMITTED)
    make_declaration(spark, in_days(300))
    officer = officer_of(spark)
    assert "It is now: Verified." in send(officer, spark, "verify")
    spark.refresh_from_db()
    assert (spark.state, spark.verified_on, spark.declaration_until) == (
        "verified",
        timezone.localdate(),
        in_days(300),
    )


def test_suspending_says_why_and_takes_everything_off_the_site_until_reinstated(client: Client) -> None:
    activity = make_activity("Football")
    spark, page = activity.host, Activity.objects.get(pk=activity.pk).url
    make_declaration(spark, in_days(100))
    officer = officer_of(spark)
    assert "Say why: it is kept with the change." in send(officer, spark, "suspend")
    assert (state(spark), client.get(page).status_code) == ("verified", 200)
    html = send(officer, spark, "suspend", reason="A concern was raised")
    assert ("It is now: Suspended." in html, "A concern was raised" in html) == (True, True)
    assert (state(spark), client.get(page).status_code) == ("suspended", 410)
    assert "Say why: it is kept with the change." in send(officer, spark, "reinstate")
    send(officer, spark, "reinstate", reason="It was a mistake")
    assert (state(spark), client.get(page).status_code) == ("verified", 200)


def test_only_steps_that_lead_on_are_offered_and_taken() -> None:
    spark = make_organisation(public=False)
    officer, staff = officer_of(spark), signed_in(make_staff())
    assert (steps(officer, spark), steps(staff, spark)) == (["close"], ["submit", "close"])
    make_declaration(spark, in_days(300))
    assert "Select a valid choice." in send(officer, spark, "verify")
    send(staff, spark, "submit")
    assert steps(officer, spark) == ["verify", "close"]
    send(officer, spark, "verify")
    assert steps(officer, spark) == ["suspend", "close"]
    send(officer, spark, "suspend", reason="x")
    assert steps(officer, spark) == ["reinstate", "close"]
    send(officer, spark, "close", reason="The club has ended")
    assert (steps(officer, spark), state(spark)) == ([], "closed")


def test_without_a_signed_declaration_it_is_not_verified_and_the_words_say_so() -> None:
    spark = make_organisation(public=False, state=State.SUBMITTED)
    html = send(officer_of(spark), spark, "verify")
    assert ("Nobody has signed its safeguarding declaration yet." in html, state(spark)) == (
        True,
        "submitted",
    )


def test_what_was_decided_is_shown_with_who_and_why() -> None:
    spark = make_organisation()
    officer = officer_of(spark)
    send(officer, spark, "suspend", reason="The insurance letter is late")
    html = officer.get(address(spark)).content.decode()
    shown = html[html.index("What was decided") :]
    assert [words in shown for words in ("Suspended", "The insurance letter is late", "The site itself")] == [
        True,
        True,
        True,
    ]
