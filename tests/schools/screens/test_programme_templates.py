"""Templates of programmes in the CMS: an officer changes them for the own place alone."""

import pytest

from accounts import second_factors
from accounts.models import AuditEntry, User
from events.actions import vocabularies
from organisations.actions import members
from places.models import Place
from schools.models import ProgrammeTemplate
from tests.factories.organisations import make_place
from tests.factories.people import make_member, make_staff, make_user
from tests.factories.twinnings import joined

pytestmark = pytest.mark.django_db
GIVEN = ["Get to know each other", "A year of sport in mixed teams", "Make one thing together"]
LIST = "/cms/desk/programmes/"


@pytest.fixture(autouse=True)
def types() -> None:
    vocabularies.add_missing()


def make_officer(place: Place) -> User:
    user = make_user()
    members.appoint(place=place, user=user, by=None)
    second_factors.enrol_app(user)
    return user


def offered(place: Place) -> list[str]:
    found = ProgrammeTemplate.objects.offered_in([place]).in_use()
    return list(found.order_by("pk").values_list("title", flat=True))


def typed(place: Place | None = None, **said: object) -> dict[str, object]:
    data = {
        "version": 1,
        "title": "Meet in the park",
        "about": "For classes near a park.",
        "before": "",
        "type": "nature",
        "title_1": "Plant a tree",
        **{f"setting_{number}": "neutral" for number in range(1, 9)},
        **said,
    }
    return {**data, "place": place.pk} if place else data


def test_three_are_given_to_every_place():
    assert offered(make_place()) == GIVEN
    first = ProgrammeTemplate.objects.get(title=GIVEN[0])
    assert list(first.meetings.values_list("setting", flat=True)) == ["neutral", "first", "second", "neutral"]
    assert "letters" in first.before


def test_what_an_officer_changes_of_a_given_one_is_the_own_places(client):
    here, there = make_place(), make_place("elsewhere", area_codes=["E08000001"])
    officer = make_officer(here)
    client.force_login(officer)
    assert GIVEN[0] in client.get(LIST).content.decode()
    given = ProgrammeTemplate.objects.get(title=GIVEN[0])
    shown = client.get(f"{LIST}{given.pk}/")
    assert "your place has its own" in shown.content.decode()
    assert client.post(f"{LIST}{given.pk}/", typed(here)).status_code == 302
    assert offered(here) == [*GIVEN[1:], "Meet in the park"]
    assert offered(there) == GIVEN
    assert client.get(f"{LIST}{given.pk}/").status_code == 404
    own = ProgrammeTemplate.objects.get(place=here)
    assert client.post(f"{LIST}{own.pk}/", typed(title="Meet by the canal")).status_code == 302
    assert offered(here) == [*GIVEN[1:], "Meet by the canal"]
    rows = AuditEntry.objects.filter(action="programme_template.written", by=officer)
    assert [row.details["title"] for row in rows.order_by("pk")] == ["Meet in the park", "Meet by the canal"]


def test_one_that_is_retired_is_not_offered_any_more(client):
    here = make_place()
    client.force_login(make_officer(here))
    given = ProgrammeTemplate.objects.get(title=GIVEN[1])
    client.post(f"{LIST}{given.pk}/", typed(here, retired="on"))
    assert offered(here) == [GIVEN[0], GIVEN[2]]


def test_the_second_of_two_officers_is_told(client):
    here = make_place()
    own = ProgrammeTemplate.objects.create(place=here, title="Ours", version=4)
    client.force_login(make_officer(here))
    sent = client.post(f"{LIST}{own.pk}/", typed(version=3))
    assert (sent.status_code, ProgrammeTemplate.objects.get(pk=own.pk).title) == (200, "Ours")
    assert "Somebody else has changed this meanwhile." in sent.content.decode()
    assert 'value="Meet in the park"' in sent.content.decode()


def test_what_is_missing_is_said_beside_its_field(client):
    client.force_login(make_officer(make_place()))
    sent = client.post(f"{LIST}new/", typed(make_place(), title="", title_1=""))
    assert sorted(sent.context["form"].errors) == ["title", "title_1"]


def test_officers_see_their_places_templates_and_nobody_else_does(client):
    here, there = make_place(), make_place("elsewhere", area_codes=["E08000001"])
    own = ProgrammeTemplate.objects.create(place=there, title="Only there")
    client.force_login(make_officer(here))
    assert "Only there" not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{own.pk}/").status_code == 404
    refused = client.post(f"{LIST}new/", typed(there))
    assert list(refused.context["form"].errors) == ["place"]
    client.force_login(make_member(joined().organisation))
    assert client.get(LIST).status_code == 404


def test_platform_staff_change_a_given_one_for_all(client):
    here, there = make_place(), make_place("elsewhere", area_codes=["E08000001"])
    client.force_login(make_staff())
    given = ProgrammeTemplate.objects.get(title=GIVEN[0])
    assert client.post(f"{LIST}{given.pk}/", typed()).status_code == 302
    assert offered(here) == offered(there) == ["Meet in the park", *GIVEN[1:]]
