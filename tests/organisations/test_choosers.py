"""A venue is looked up by postcode, name or town, and a new one is placed by its postcode."""

import pytest
from django.test import Client
from django.urls import reverse

from organisations.actions import members
from organisations.models import Organisation, Role, Venue
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_user
from tests.factories.postcodes import HX1_1UJ, make_outcode, make_postcode

pytestmark = pytest.mark.django_db

NEW = {
    "name": "Victoria Hall",
    "street": "Fountain Street",
    "town": "Halifax",
    "postcode": "hx11uj",
    "directions": "",
    "not_a_home": "on",
}


@pytest.fixture
def host() -> Organisation:
    make_outcode("HX1")
    make_postcode("HX11UJ")
    return make_organisation("Savile Park Juniors")


@pytest.fixture
def editor(host: Organisation) -> Client:
    """Somebody who joined as an editor and has no other right."""
    user = make_user()
    members.join(organisation=host, user=user, role=Role.EDITOR, by=None)
    return signed_in(user)


def found(client: Client, text: str) -> list[str]:
    """The names that the chooser lists, in order."""
    html = client.get(reverse("venue_chooser:choose_results"), {"q": text}).content.decode()
    names = Venue.objects.values_list("name", flat=True)
    return sorted((name for name in names if name in html), key=html.index)


def test_postcode_finds_what_is_around_it_nearest_first(editor: Client, host: Organisation) -> None:
    latitude, longitude = HX1_1UJ
    make_venue(host, name="A mile away", latitude=latitude + 0.015, longitude=longitude)
    make_venue(None, name="Round the corner", latitude=latitude + 0.001, longitude=longitude)
    make_venue(host, name="In Leeds", latitude=53.8, longitude=-1.55)
    assert found(editor, "HX1 1UJ") == ["Round the corner", "A mile away"]
    assert found(editor, "hx11uj") == ["Round the corner", "A mile away"]


def test_name_town_and_street_are_found_too(editor: Client, host: Organisation) -> None:
    make_venue(host, name="Central Library", street="Square Road", town="Halifax")
    make_venue(host, name="Town Hall", street="Lees Yard", town="Hebden Bridge")
    assert found(editor, "library") == ["Central Library"]
    assert found(editor, "hebden") == ["Town Hall"]
    assert found(editor, "square road") == ["Central Library"]


def test_postcode_finds_nobody_elses_venue(editor: Client, host: Organisation) -> None:
    latitude, longitude = HX1_1UJ
    other = make_organisation("Another club")
    make_venue(other, name="Their hall", latitude=latitude, longitude=longitude)
    assert found(editor, "HX1 1UJ") == []


def test_new_venue_lies_where_its_postcode_does_and_belongs_to_the_organisation(
    editor: Client, host: Organisation
) -> None:
    sent = NEW | {"organisation": str(host.pk)}
    answer = editor.post(reverse("venue_chooser:create"), sent).json()
    assert answer["step"] == "chosen"
    venue = Venue.objects.get(name="Victoria Hall")
    assert (venue.latitude, venue.longitude) == HX1_1UJ
    assert (venue.postcode, venue.organisation, venue.place) == ("HX1 1UJ", host, host.place)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postcode": "HX1"}, "We need the whole postcode, for instance HX1 1UJ."),
        ({"postcode": "ZZ99 9ZZ"}, "postcode"),
        ({"not_a_home": ""}, "Tick this. If it is somebody’s home, choose another place."),
    ],
)
def test_new_venue_that_cannot_be_is_said_and_the_rest_kept(
    editor: Client, host: Organisation, changes: dict[str, str], words: str
) -> None:
    sent = NEW | {"organisation": str(host.pk)}
    sent |= changes
    html = editor.post(reverse("venue_chooser:create"), sent).json()["htmlFragment"]
    assert words in html
    assert "Fountain Street" in html
    assert not Venue.objects.filter(name="Victoria Hall").exists()


def test_venue_is_never_made_for_another_organisation(editor: Client, host: Organisation) -> None:
    other = make_organisation("Another club")
    sent = NEW | {"organisation": str(other.pk)}
    editor.post(reverse("venue_chooser:create"), sent)
    assert not Venue.objects.filter(name="Victoria Hall").exists()
