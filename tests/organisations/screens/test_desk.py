"""The officer's desk: what waits in their places, and nothing of anybody else's."""

import datetime
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts import second_factors
from accounts.models import User
from jobs.models import LastSuccess
from organisations.actions import declarations, members
from organisations.models import Application, Concern, Membership, Organisation, Outcome, Role
from pages.actions import tree
from places.models import Place
from tests.factories.applications import make_application
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import answers, make_declaration, make_organisation, make_place
from tests.factories.people import make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page_tree() -> None:
    tree.plant()
    make_place()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def officer_of(place: Place) -> Client:
    user = make_user()
    members.appoint(place=place, user=user, by=None)
    second_factors.enrol_app(user)
    return signed_in(user)


def desk(client: Client) -> str:
    return client.get("/cms/desk/").content.decode()


def address(application: Application) -> str:
    return f"/cms/desk/applications/{application.uuid}/"


def in_days(days: int) -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=days)


def test_it_shows_what_waits_in_the_officers_places_only() -> None:
    make_application(name="Spark Boxing")
    elsewhere = make_application(name="Other Town", place=make_place("kirklees"))
    make_application(name="Unsent", sent=False)
    make_organisation("Soon", declaration_until=in_days(20))
    make_organisation("Lapsed", declaration_until=in_days(-20))
    make_organisation("Far", declaration_until=in_days(61))
    make_organisation("Soon elsewhere", declaration_until=in_days(20), place=make_place("kirklees"))
    officer = officer_of(make_place())

    html = desk(officer)

    shown = ["Spark Boxing", "Other Town", "Unsent", "Soon", "Lapsed", "Far", "Soon elsewhere"]
    assert [f"<strong>{name}</strong>" in html for name in shown] == [
        True,
        False,
        False,
        True,
        True,
        False,
        False,
    ]
    assert "nothing of it is public" in html
    assert officer.get(address(elsewhere)).status_code == 404
    assert officer.post(address(elsewhere), {"decision": "approve"}).status_code == 404


def test_last_nights_work_is_missed_when_it_did_not_run() -> None:
    officer = officer_of(make_place())
    assert "It has never run." in desk(officer)
    row = LastSuccess.objects.create(name="nightly", at=timezone.now(), seconds=1, done=1)
    assert "Done on" in desk(officer)
    LastSuccess.objects.filter(pk=row.pk).update(at=timezone.now() - datetime.timedelta(hours=37))
    assert "It last ran on" in desk(officer)


def test_for_anybody_else_there_is_no_desk() -> None:
    application = make_application()
    owner = make_user()
    members.join(organisation=make_organisation(), user=owner, role=Role.OWNER, by=None)
    for path in ("/cms/desk/", address(application)):
        assert signed_in(owner).get(path).status_code == 404
        assert Client().get(path).status_code == 302
    assert "/cms/desk/" not in signed_in(owner).get("/cms/").content.decode()
    assert "/cms/desk/" in officer_of(make_place()).get("/cms/").content.decode()


def test_an_application_is_shown_with_its_checks_and_approved() -> None:
    make_organisation("Spark Boxing Club")
    application = make_application()
    officer = officer_of(make_place())

    html = officer.get(address(application)).content.decode()
    words = (
        "Spark Boxing Club is here already",
        "head coach",
        "A trained coach is always there.",
        "Look it up: England Boxing",
    )
    assert [word in html for word in words] == [True] * 4
    seen = re.search(r'name="seen" value="([^"]+)"', html)[1]
    Application.objects.update(sent_at=application.sent_at + datetime.timedelta(minutes=1))
    late = officer.post(address(application), {"decision": "approve", "seen": seen}).content.decode()
    assert "They have sent it again since you looked." in late
    seen = re.search(r'name="seen" value="([^"]+)"', late)[1]
    answer = {"decision": "approve", "seen": seen}
    said = officer.post(address(application), answer, follow=True).content.decode()

    assert "Spark Boxing is approved." in said
    assert Organisation.objects.public(timezone.localdate()).filter(slug="spark-boxing").exists()
    after = officer.get(address(application)).content.decode()
    assert "There is nothing to decide here now." in after
    again = officer.post(address(application), {"decision": "refuse", "words": "No."}).content.decode()
    assert "“Approved” by now" in again


def test_asking_and_refusing_need_words_and_keep_them() -> None:
    application = make_application()
    officer = officer_of(make_place())
    for decision in ("ask", "refuse"):
        html = officer.post(address(application), {"decision": decision, "words": " "}).content.decode()
        assert "Write it in words" in html
    officer.post(address(application), {"decision": "ask", "words": "Which hall?"})
    assert Application.objects.values_list("state", "answer").get() == ("asked", "Which hall?")


def test_a_declaration_signed_again_is_read_once_and_leaves_the_desk() -> None:
    club = make_organisation("Spark")
    owner = make_member(club)
    draft = declarations.begin(organisation=club, by=owner)
    declarations.fill_in(declaration=draft, said=answers(), by=owner)
    signed = declarations.sign(declaration=draft, name="Sam Okoro", role="chair", by=owner)
    officer = officer_of(make_place())
    path = f"/cms/desk/declarations/{signed.uuid}/"
    assert path in desk(officer)

    members.appoint(place=club.place, user=owner, by=None)
    second_factors.enrol_app(owner)
    themselves = signed_in(owner)
    assert (path in desk(themselves), themselves.get(path).status_code) == (False, 404)

    assert "A trained coach is always there." in officer.get(path).content.decode()
    officer.post(path)

    assert path not in desk(officer)
    other = make_declaration(make_organisation(place=make_place("kirklees")), in_days(10))
    assert officer.get(f"/cms/desk/declarations/{other.uuid}/").status_code == 404


def test_the_desk_counts_open_concerns_of_its_places_and_says_no_more() -> None:
    here = make_place()
    officer = officer_of(here)
    assert "No concern is open." in desk(officer)
    about = make_organisation("Complained of")
    make_concern("Zwiebelkuchen", about=about)
    make_concern("Another", place=here)
    make_concern("Elsewhere", place=make_place("kirklees"))
    make_concern("Closed", place=here)
    Concern.objects.filter(pk=Concern.objects.latest("pk").pk).update(
        state="closed", outcome=Outcome.values[0], closed_at=timezone.now()
    )
    html = desk(officer)
    assert "2 open concerns. Only the safeguarding lead reads them." in html
    assert not any(word in html for word in ("Zwiebelkuchen", "Complained of", "/cms/concern"))
    assert not any(reference in html for reference in Concern.objects.values_list("reference", flat=True))


def test_of_concerns_about_their_own_organisation_officers_learn_not_even_the_number() -> None:
    user = make_user()
    members.appoint(place=make_place(), user=user, by=None)
    second_factors.enrol_app(user)
    club = make_organisation("Own")
    Membership.objects.create(organisation=club, user=user, role=Role.EDITOR)
    make_concern(about=club)
    assert "No concern is open." in desk(signed_in(user))


def test_only_a_lead_finds_the_way_from_the_number_to_the_concerns() -> None:
    user = make_lead(make_place())
    members.appoint(place=make_place(), user=user, by=None)
    make_concern(place=make_place())
    html = desk(signed_in(user))
    assert re.search(r'<a href="/cms/concern/"><strong>1 open concern</strong></a>', html)


def test_every_pile_of_the_desk_has_its_own_name() -> None:
    """Wagtail calls a part by its heading's id, so two that are the same are both called by the first."""
    html = desk(officer_of(make_place()))
    parts = re.findall(r'<section class="w-panel"[^>]*? aria-labelledby="([^"]+)"', html, re.DOTALL)
    assert len(parts) > 4
    assert len(set(parts)) == len(parts)
    assert [html.count(f'id="{each}"') for each in parts] == [1] * len(parts)


def test_the_desk_asks_the_database_as_often_for_one_as_for_three(django_assert_num_queries) -> None:
    officer = officer_of(make_place())
    desk(officer)
    for _ in range(2):
        make_application()
        make_organisation(declaration_until=in_days(5))
        with django_assert_num_queries(QUERIES):
            desk(officer)


QUERIES = 16
