"""Deny by default: what nobody opened is not there, and neither is an open view that is asked for others'."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import in_hand
from accounts.models import User
from images.models import Picture
from organisations.actions import members
from organisations.models import Membership, Organisation, Role, Venue
from organisations.wall import gates
from places.models import Place
from tests.events.cms import signed_in
from tests.factories.organisations import make_organisation, make_place, make_venue
from tests.factories.people import make_member, make_officer, make_staff, make_user
from tests.organisations.wall.addresses import places

pytestmark = pytest.mark.django_db

PLAIN_IN_THE_EDITOR = {"wagtailadmin_javascript_catalog": 200, "wagtailadmin_sprite": 200}
LED_TO = {"/accounts/", "/accounts/login/", "/accounts/logout/", "/accounts/password/reset/"}
# They apply, or hold none of anybody's rows: what is empty, and sheets to fill in.
FOR_EVERYBODY = {
    *("organise", "apply", "import", "import_template_csv", "import_template_xlsx"),
    *("register_sheet", "register_sheet_csv", "register_sheet_xlsx"),
    *("registers_in_phone", "registers_ready", "registers_token", "registers_worker"),
}


@pytest.fixture
def club() -> Organisation:
    return make_organisation("Savile Park Juniors")


def joined(organisation: Organisation, role: Role = Role.OWNER) -> User:
    person = make_user()
    members.join(organisation=organisation, user=person, role=role, by=None)
    return person


def status(client: Client, name: str, *args: object) -> int:
    return client.get(reverse(name, args=args)).status_code


def plain_names(under: str) -> dict[str, str]:
    """The views below it whose address has nothing to fill in, and those addresses."""
    found = {}
    for place in places():
        if place.route.startswith(under) and place.name and not place.pattern.pattern.regex.groups:
            found[place.name] = reverse(place.name)
    return found


def test_somebody_in_no_organisation_opens_nothing_of_the_editor(club: Organisation) -> None:
    client = signed_in(make_user())
    asked = plain_names("cms/")
    found = {name: client.get(address).status_code for name, address in asked.items()}
    assert len(found) > 100
    assert {name: code for name, code in found.items() if code not in (302, 404)} == PLAIN_IN_THE_EDITOR
    assert {client.get(asked[name])["Location"] for name, code in found.items() if code == 302} == LED_TO


def test_somebody_in_no_organisation_is_shown_no_other_ones_work(club: Organisation) -> None:
    client = signed_in(make_user())
    found = {name: client.get(address) for name, address in plain_names("organise/").items()}
    assert {name for name, page in found.items() if page.status_code == 200} == FOR_EVERYBODY
    assert {page.status_code for page in found.values()} <= {200, 302, 403, 404, 405}
    assert [name for name, page in found.items() if club.name.encode() in page.content] == []


def test_view_that_nobody_opened_answers_404_to_all_but_platform_staff(club: Organisation) -> None:
    for person in (
        joined(club),
        joined(club, Role.EDITOR),
        joined(club, Role.RECORDER),
        make_officer(club.place),
    ):
        assert status(signed_in(person), "wagtailadmin_reports:site_history") == 404
    assert status(signed_in(make_staff()), "wagtailadmin_reports:site_history") == 200


def test_visitor_is_led_to_the_sign_in_whatever_they_ask_for(client: Client, club: Organisation) -> None:
    for path in ("/cms/", "/cms/reports/locked/", "/cms/nothing/", f"/cms/pages/{club.page.pk}/edit/"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].partition("?")[2]) == (302, f"next={path}")


def test_recorder_has_no_cms_and_is_led_to_their_dates(club: Organisation) -> None:
    recorder = signed_in(joined(club, Role.RECORDER))
    answer = recorder.get("/cms/")
    assert (answer.status_code, answer["Location"]) == (302, "/organise/")
    assert status(recorder, "venues:index") == 404
    assert status(recorder, "wagtailadmin_pages:edit", club.page.pk) == 404


def test_an_open_view_is_shut_where_the_address_names_anothers_page(club: Organisation) -> None:
    other = make_organisation()
    owner = signed_in(joined(club))
    assert status(owner, "wagtailadmin_pages:edit", club.page.pk) == 200
    assert status(owner, "wagtailadmin_pages:edit", other.page.pk) == 404
    assert status(owner, "wagtailadmin_pages:edit", 1) == 404


def test_an_id_that_no_gate_looks_at_is_refused() -> None:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    gate = gates.Gate(gates.BOTH, {"pk": gates.by_the_view}, {})
    assert gates.passes(gate, request, {"pk": 3})
    assert not gates.passes(gate, request, {"pk": 3, "new_in_wagtail_9": 4})


def test_a_gate_may_ask_a_question_of_its_own(club: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = joined(club, Role.RECORDER)
    asked = gates.Gate(lambda person: person == lead, {}, {})
    monkeypatch.setitem(gates._gates, "wagtailsnippets:index", asked)
    assert status(signed_in(joined(club)), "wagtailsnippets:index") == 404
    assert status(signed_in(lead), "wagtailsnippets:index") != 404


def test_a_view_is_opened_once() -> None:
    with pytest.raises(ValueError, match="open already"):
        gates.open_to(gates.ORGANISERS, "wagtailadmin_home")


def test_ids_in_query_and_form_are_looked_at(club: Organisation) -> None:
    other, owner = make_organisation(), signed_in(joined(club))
    chosen = reverse("wagtailadmin_choose_page_chosen_multiple")
    assert owner.get(chosen, {"id": club.page.pk}).status_code == 200
    assert owner.get(chosen, {"id": [club.page.pk, other.page.pk]}).status_code == 404


def test_role_that_ends_shuts_the_cms_at_the_next_request(club: Organisation) -> None:
    person = joined(club, Role.EDITOR)
    client = signed_in(person)
    assert client.get("/cms/").status_code == 200
    Membership.objects.filter(user=person).delete()
    assert client.get("/cms/").status_code == 302
    assert status(client, "wagtailadmin_pages:edit", club.page.pk) == 404


def test_forgotten_filter_shows_nothing_of_others(club: Organisation) -> None:
    """The second wall: each of these asks for all rows, as a view would that forgot whose they are."""
    other = make_organisation("Dewsbury Rowers", place=make_place("kirklees"))
    mine, shared, theirs = make_venue(club), make_venue(None, place=club.place), make_venue(other)
    owner, stranger = joined(club), joined(other)
    with in_hand.held_by(owner):
        assert set(Venue.objects.all()) == {mine, shared}
        assert list(Membership.objects.all()) == [Membership(pk=owner.memberships.get().pk)]
        assert list(Organisation._default_manager.all()) == [club]
        assert list(other.memberships.all()) == []
        assert list(other.venues.all()) == []
    assert theirs in Venue.objects.all()
    assert stranger.memberships.count() == 1


def test_model_without_a_rule_shows_nothing_at_all(
    club: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_venue(club)
    monkeypatch.delitem(in_hand._rules, Venue)
    with in_hand.held_by(joined(club)):
        assert Venue.objects.count() == 0
    assert Venue.objects.count() == 1


def test_nobody_is_in_hand_after_a_request(club: Organisation) -> None:
    signed_in(joined(club)).get("/cms/venues/")
    assert not in_hand.anybody()


def test_menus_hold_only_what_is_open(club: Organisation) -> None:
    from wagtail.admin.menu import admin_menu  # noqa: PLC0415 (hooks are registered by then)

    def names(person: User) -> list[str]:
        request = RequestFactory().get("/cms/")
        request.user = person
        return sorted(item.name for item in admin_menu.menu_items_for_request(request))

    assert names(joined(club)) == ["help", "images", "pages", "start", "venues"]
    assert names(make_officer(club.place)) == [
        *("desk", "help", "organisations", "pages", "rounds", "start", "twinnings", "venues")
    ]


def test_help_is_the_way_to_report_a_concern_and_nothing_else(club: Organisation) -> None:
    from wagtail.admin.menu import help_menu  # noqa: PLC0415 (hooks are registered by then)

    officer = make_user()
    members.appoint(place=club.place, user=officer, by=None)
    for person in (joined(club), officer):
        request = RequestFactory().get("/cms/")
        request.user = person
        shown = [(str(item.label), item.url) for item in help_menu.menu_items_for_request(request)]
        assert shown == [("Report a concern", "/concern/")]
        client = signed_in(person)
        assert "Report a concern" in client.get("/cms/").content.decode()
        assert client.get("/concern/").status_code == 200


def test_pictures_have_no_tags_to_be_seen_by_others() -> None:
    assert "tags" not in Picture.admin_form_fields


def test_places_are_not_chosen_from(club: Organisation) -> None:
    assert Place.objects.count() == 1
    assert status(signed_in(make_officer(club.place)), "place:index") == 404
    assert status(signed_in(make_member(club)), "place:index") == 404
