"""Venues in the CMS: whoever may sees their own and changes them, with what is known of getting in."""

import datetime

import pytest
from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import querydict_from_html

from accounts.models import AuditEntry
from events.actions import vocabularies
from organisations.actions import members, venues
from organisations.actions.venues import Said
from organisations.models import Answer, Organisation, Role, Venue
from tests.events.cms import signed_in
from tests.factories.activities import make_draft
from tests.factories.organisations import make_organisation, make_venue
from tests.factories.people import make_member, make_staff, make_user
from tests.factories.postcodes import HX1_1UJ, make_outcode, make_postcode

pytestmark = pytest.mark.django_db

LIST, ADD = "/cms/venues/", "/cms/venues/new/"
BD13 = (53.7720, -1.8700)


@pytest.fixture
def host() -> Organisation:
    vocabularies.add_missing()
    make_outcode("HX1")
    make_postcode("HX11UJ")
    make_outcode("BD13", BD13, area_code="E08000032")
    make_postcode("BD134AA", BD13, area_code="E08000032")
    return make_organisation("Savile Park Juniors")


def editor_of(host: Organisation) -> Client:
    """Somebody who joined as an editor and has no other right."""
    user = make_user()
    members.join(organisation=host, user=user, role=Role.EDITOR, by=None)
    return signed_in(user)


def officer_of(host: Organisation) -> Client:
    user = make_user()
    members.appoint(place=host.place, user=user, by=None)
    return signed_in(user)


def editor(venue: Venue) -> str:
    return f"/cms/venues/edit/{venue.pk}/"


def form(client: Client, address: str) -> QueryDict:
    return querydict_from_html(client.get(address).content.decode(), form_id="w-editor-form").copy()


def send(client: Client, address: str, **changes: str) -> HttpResponse:
    """Open the form, change fields and save. `step_free__answer` is the field "step-free-answer"."""
    data = form(client, address)
    for name, value in changes.items():
        feature, _, field = name.rpartition("__")
        data[f"{feature.replace('_', '-')}-{field}" if feature else name] = value
    return client.post(address, data, follow=True)


def test_list_has_what_the_person_may_change_and_nothing_else(host: Organisation) -> None:
    make_venue(host, name="Our hall")
    make_venue(None, name="The shared park")
    make_venue(make_organisation("Another club"), name="Their hall")

    def seen(client: Client, query: str = "") -> list[bool]:
        html = client.get(f"{LIST}{query}").content.decode()
        return [name in html for name in ("Our hall", "The shared park", "Their hall")]

    assert seen(editor_of(host)) == [True, False, False]
    assert seen(officer_of(host)) == [True, True, True]
    assert seen(editor_of(host), "?q=hall") == [True, False, False]
    assert seen(editor_of(host), "results/?q=hall") == [True, False, False]


def test_editors_screens_are_not_there_for_others(host: Organisation) -> None:
    venue, shared = make_venue(host), make_venue(None)
    stranger = editor_of(make_organisation("Another club"))
    recorder = signed_in(make_member(host, Role.RECORDER))
    assert stranger.get(editor(venue)).status_code == 404
    assert stranger.post(editor(venue), form(editor_of(host), editor(venue))).status_code == 404
    assert editor_of(host).get(editor(shared)).status_code == 404
    assert recorder.get(editor(venue)).status_code == 404
    for view in ("delete", "history", "usage", "copy", "inspect"):
        assert officer_of(host).get(f"/cms/venues/{view}/{venue.pk}/").status_code == 404


def test_a_new_postcode_moves_the_venue_and_answers_are_kept(host: Organisation) -> None:
    venue = make_venue(host, name="The pool", postcode="HX1 5ER")
    send(
        editor_of(host),
        editor(venue),
        postcode="bd13 4aa",
        town="Denholme",
        not_a_home="on",
        step_free__answer="yes",
        step_free__note="Ramp at the back",
        step_free__checked_on="01/09/2025",
    )
    venue.refresh_from_db()
    assert (venue.postcode, venue.town, venue.latitude, venue.longitude) == ("BD13 4AA", "Denholme", *BD13)
    assert venues.access_of(venue) == {
        "step-free": Said(Answer.YES, "Ramp at the back", datetime.date(2025, 9, 1))
    }
    assert AuditEntry.objects.filter(action="venue.changed", subject=venue.uuid).count() == 1
    assert venue.place == host.place


def test_form_opens_with_what_is_known_and_saving_it_changes_nothing(host: Organisation) -> None:
    venue = make_venue(host)
    said = {"lift": Said(Answer.NO, "Two floors", datetime.date(2025, 9, 1))}
    venues.change(venue=venue, by=make_staff(), access=said)
    before = venues.version(venue)
    client = editor_of(host)
    shown = form(client, editor(venue))
    assert (shown["lift-answer"], shown["lift-note"], shown["lift-checked_on"]) == (
        "no",
        "Two floors",
        "01/09/2025",
    )
    send(client, editor(venue))
    assert venues.version(Venue.objects.get(pk=venue.pk)) == before
    assert AuditEntry.objects.filter(action="venue.changed").count() == 1


def test_the_door_may_stand_a_little_way_from_the_postcode_and_go_back_to_it(host: Organisation) -> None:
    latitude, longitude = HX1_1UJ
    venue = make_venue(host, postcode="HX1 1UJ", latitude=latitude, longitude=longitude)
    client = editor_of(host)
    send(client, editor(venue), latitude="53.7300")
    assert Venue.objects.get(pk=venue.pk).latitude == 53.73
    send(client, editor(venue), name="The door")
    assert Venue.objects.get(pk=venue.pk).latitude == 53.73
    answer = send(client, editor(venue), latitude="54.73")
    assert "This is far from the postcode." in answer.content.decode()
    send(client, editor(venue), latitude="", longitude="")
    assert Venue.objects.get(pk=venue.pk).latitude == latitude


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"postcode": "BD13 4AA"}, "It is at another address now, so tick this again."),
        ({"street": "My kitchen"}, "It is at another address now, so tick this again."),
        ({"postcode": "HX1", "not_a_home": "on"}, "We need the whole postcode, for instance HX1 1UJ."),
        ({"name": ""}, "This field is required."),
        ({"name": "\x00"}, "Null characters are not allowed."),
        ({"latitude": "nan"}, "Enter a number."),
        ({"latitude": "north"}, "Enter a number."),
        ({"lift__answer": "perhaps"}, "Select a valid choice."),
        ({"lift__note": "x" * 161}, "at most 160 characters"),
        ({"lift__checked_on": "yesterday"}, "Enter a valid date."),
    ],
)
def test_what_cannot_be_is_said_and_the_rest_kept(
    host: Organisation, changes: dict[str, str], words: str
) -> None:
    venue = make_venue(host, name="The pool")
    answer = send(editor_of(host), editor(venue), directions="Through the yard", **changes)
    html = answer.content.decode()
    assert (words in html, "Through the yard" in html) == (True, True)
    assert Venue.objects.get(pk=venue.pk).directions == ""


def test_nothing_is_checked_on_a_day_to_come(host: Organisation) -> None:
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    venue = make_venue(host)
    answer = send(editor_of(host), editor(venue), lift__checked_on=f"{tomorrow:%d/%m/%Y}")
    assert "This day is still to come." in answer.content.decode()
    assert venue.access.count() == 0


def test_a_postcode_that_the_directory_no_longer_has_may_stay(host: Organisation) -> None:
    venue = make_venue(host, postcode="ZZ1 1ZZ")
    send(editor_of(host), editor(venue), name="Renamed")
    venue.refresh_from_db()
    assert (venue.name, venue.postcode) == ("Renamed", "ZZ1 1ZZ")


def test_the_second_of_two_people_is_told_and_keeps_what_they_typed(host: Organisation) -> None:
    venue = make_venue(host, name="The pool")
    first, second = editor_of(host), editor_of(host)
    opened = form(second, editor(venue))
    send(first, editor(venue), name="The baths")
    opened["name"] = "The lido"
    for old in (opened, {**opened, "seen": ""}):
        told = second.post(editor(venue), old)
        html = told.content.decode()
        assert "Somebody has saved this since you opened it. It now says: Name: The baths." in html
        assert 'value="The lido"' in html
        assert Venue.objects.get(pk=venue.pk).name == "The baths"
    second.post(editor(venue), {**opened, "seen": told.context["form"]["seen"].value()})
    assert Venue.objects.get(pk=venue.pk).name == "The lido"


def test_the_second_of_two_people_who_say_the_same_is_not_stopped(host: Organisation) -> None:
    venue = make_venue(host, name="The pool")
    first, second = editor_of(host), editor_of(host)
    opened = form(second, editor(venue))
    send(first, editor(venue), name="The baths")
    answer = second.post(editor(venue), {**opened, "name": "The baths"})
    assert answer.status_code == 302


def test_officers_keep_a_shared_venue_in_its_place(host: Organisation) -> None:
    venue = make_venue(None, postcode="HX1 1UJ")
    answer = send(officer_of(host), editor(venue), postcode="BD13 4AA", not_a_home="on")
    assert "That is not in Calderdale, where this venue is shared." in answer.content.decode()
    assert Venue.objects.get(pk=venue.pk).postcode == "HX1 1UJ"


def test_a_new_venue_is_made_with_its_answers(host: Organisation) -> None:
    facts = {"name": "Victoria Hall", "town": "Halifax", "postcode": "hx11uj", "not_a_home": "on"}
    send(editor_of(host), ADD, **facts, lift__answer="no")
    made = Venue.objects.get(name="Victoria Hall")
    assert (made.organisation, made.latitude, made.longitude) == (host, *HX1_1UJ)
    assert venues.access_of(made) == {"lift": Said(Answer.NO)}


def test_officers_share_venues_within_their_place_alone(host: Organisation) -> None:
    facts = {"name": "Victoria Hall", "town": "Halifax", "not_a_home": "on", "organisation": ""}
    client = officer_of(host)
    answer = send(client, ADD, postcode="BD13 4AA", **facts)
    assert "No place here has that postcode: say whose venue it is." in answer.content.decode()
    send(client, ADD, postcode="HX1 1UJ", **facts)
    made = Venue.objects.get(name="Victoria Hall")
    assert (made.organisation, made.place) == (None, host.place)


def test_menu_shows_venues_to_those_who_have_any_to_change(host: Organisation) -> None:
    address = reverse("wagtailadmin_home")
    assert LIST in editor_of(host).get(address).content.decode()
    assert LIST in officer_of(host).get(address).content.decode()


def test_the_editor_of_an_activity_leads_to_its_venue_where_that_may_be_changed(host: Organisation) -> None:
    own, shared = make_venue(host), make_venue(None)
    client = editor_of(host)
    for venue, leads_there in ((own, True), (shared, False)):
        draft = make_draft(host=host, venue=venue)
        html = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk])).content.decode()
        assert (venue.name in html, f'href="{editor(venue)}"' in html) == (True, leads_there)
