"""A school's twinnings in the workspace, and the officer's pages of them."""

import pytest

from accounts import second_factors
from accounts.models import User
from organisations.actions import members
from organisations.models import Role
from places.models import Place
from schools.actions import twinnings
from schools.models import LinkLimit, Twinning
from tests import looking
from tests.factories.organisations import make_place
from tests.factories.people import make_member, make_user
from tests.factories.registers import make_school
from tests.factories.twinnings import Joined, agreed, joined, proposed, this_year, two_joined

pytestmark = pytest.mark.django_db
REASON = "Our hall is shut this year."


def make_officer(place: Place) -> User:
    """With the rights in the CMS that come with the office."""
    user = make_user()
    members.appoint(place=place, user=user, by=None)
    second_factors.enrol_app(user)
    return user


def own(who: Joined, rest: str = "") -> str:
    return f"/organise/schools/{who.school.pk}/twinnings/{rest}"


def page(client, user: User, address: str) -> str:
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def send(client, user: User, address: str, **said: object):
    client.force_login(user)
    return client.post(address, said)


def test_a_school_is_found_asked_and_says_yes(client):
    one, other = two_joined()
    text = page(client, one.head, own(one, "new/?q=larkfeild"))
    assert f'href="?with={other.school.pk}"' in text
    said = {"year": this_year(), "note": "Let us sing.", "contact": "Amina Reid", "do": "propose"}
    sent = send(client, one.head, own(one, f"new/?with={other.school.pk}"), **said)
    made = Twinning.objects.get()
    assert (sent.status_code, sent.url) == (302, own(one, f"{made.uuid}/"))
    theirs = page(client, other.head, own(other, f"{made.uuid}/"))
    assert "Let us sing." in theirs
    assert f"At {one.school}: Amina Reid" in theirs
    send(client, other.head, own(other, f"{made.uuid}/"), do="accept", contact="Tom Hale")
    text = page(client, one.head, own(one, f"{made.uuid}/"))
    assert f"At {other.school}: Tom Hale" in text
    assert "You have both said yes." in text
    send(client, one.head, own(one, f"{made.uuid}/"), do="start")
    made.refresh_from_db()
    assert made.state == "running"


def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(client):
    one, other = two_joined()
    sent = send(
        client,
        one.head,
        own(one, f"new/?with={other.school.pk}"),
        year=this_year(),
        note="Let us sing.",
        contact="",
        do="propose",
    )
    assert sent.status_code == 200
    assert list(sent.context["form"].errors) == ["contact"]
    assert "Let us sing.</textarea>" in sent.content.decode()
    assert not Twinning.objects.exists()


def test_a_wish_is_seen_by_who_wishes_alone(client):
    one, other = two_joined()
    said = {"year": this_year(), "note": "Let us sing.", "contact": "Amina Reid", "do": "wish"}
    send(client, one.head, own(one, f"new/?with={other.school.pk}"), **said)
    made = Twinning.objects.get()
    assert made.state == "wished"
    assert "You wish for it. They do not know." in page(client, one.head, own(one))
    assert str(made.uuid) not in page(client, other.head, own(other))
    assert client.get(own(other, f"{made.uuid}/")).status_code == 404


def test_why_a_school_said_no_is_read_by_the_officer_alone(client):
    one, other = two_joined()
    made = proposed(one, other)
    send(client, other.head, own(other, f"{made.uuid}/"), do="decline", reason=REASON)
    for who in (one, other):
        text = page(client, who.head, own(who, f"{made.uuid}/"))
        assert "It will not be this time." in text
        assert REASON not in text
    officer = make_officer(make_place())
    assert REASON in page(client, officer, f"/cms/desk/twinnings/{made.uuid}/")
    assert f"{one.school} · {other.school} · Declined" in page(client, officer, "/cms/desk/")


def test_an_officer_ends_a_twinning_and_takes_back_what_was_brokered(client):
    one, other = two_joined()
    officer = make_officer(make_place())
    made = proposed(one, other)
    address = f"/cms/desk/twinnings/{made.uuid}/"
    assert 'name="do"' not in page(client, officer, address)  # the school's own to take back
    send(client, officer, address, do="withdraw")
    made.refresh_from_db()
    assert made.state == "proposed"
    twinnings.accept(twinning=made, school=other.school, contact="Tom Hale", by=other.head)
    assert "Yes, end it" in page(client, officer, address)
    stranger = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    assert send(client, stranger, address, do="end").status_code == 404
    assert send(client, officer, address, do="end").status_code == 302
    made.refresh_from_db()
    assert made.state == "ended"
    third = joined(2)
    brokered = twinnings.broker(
        first=one.school, second=third.school, year=this_year(), note="You are near.", by=officer
    )
    address = f"/cms/desk/twinnings/{brokered.uuid}/"
    assert "Yes, take it back" in page(client, officer, address)
    send(client, officer, address, do="withdraw")
    brokered.refresh_from_db()
    assert brokered.state == "withdrawn"
    assert 'name="do"' not in page(client, officer, address)


def test_officers_see_and_broker_those_of_their_own_places(client):
    one, other = two_joined()
    made = proposed(one, other)
    elsewhere = make_officer(make_place("elsewhere", area_codes=["E08000001"]))
    assert str(made.uuid) not in page(client, elsewhere, "/cms/desk/twinnings/")
    assert client.get(f"/cms/desk/twinnings/{made.uuid}/").status_code == 404
    third = make_school(900_009, "No Account School")
    said = {"first": one.school.pk, "second": third.pk, "year": this_year(), "note": "You are near."}
    refused = send(client, elsewhere, "/cms/desk/twinnings/new/", **said)
    assert (refused.status_code, Twinning.objects.count()) == (200, 1)
    officer = make_officer(make_place())
    sent = send(client, officer, "/cms/desk/twinnings/new/", **said)
    brokered = Twinning.objects.get(second=third)
    assert (sent.status_code, sent.url) == (302, f"/cms/desk/twinnings/{brokered.uuid}/")
    assert str(brokered.uuid) in page(client, officer, "/cms/desk/twinnings/")
    assert "proposed by an officer" in page(client, officer, f"/cms/desk/twinnings/{brokered.uuid}/")
    unknown = send(client, officer, "/cms/desk/twinnings/new/", **{**said, "second": 999_999})
    assert list(unknown.context["form"].errors) == ["second"]


def test_strangers_and_officers_have_no_page_of_a_school_in_the_workspace(client):
    one, other = two_joined()
    third, officer = joined(2), make_officer(make_place())
    made = proposed(one, other)
    for stranger in (third.head, officer):
        client.force_login(stranger)
        for rest in ("", "new/", f"{made.uuid}/"):
            assert client.get(own(one, rest)).status_code == 404
    client.force_login(third.head)
    assert client.get(own(third, f"{made.uuid}/")).status_code == 404


def test_a_recorder_reads_and_decides_nothing(client):
    one, other = two_joined()
    made = proposed(one, other)
    recorder = make_member(other.organisation, Role.RECORDER)
    text = page(client, recorder, own(other, f"{made.uuid}/"))
    assert "Yes, we want to" not in text
    sent = send(client, recorder, own(other, f"{made.uuid}/"), do="accept", contact="Me")
    assert "Only owners and editors" in sent.content.decode()
    assert client.get(own(other, "new/")).status_code == 404
    made.refresh_from_db()
    assert made.state == "proposed"


def test_either_ends_it_and_a_school_chooses_how_many(client):
    one, other = two_joined()
    made = agreed(one, other)
    send(client, other.head, own(other, f"{made.uuid}/"), do="end")
    made.refresh_from_db()
    assert made.state == "ended"
    choose(client, one, "2")
    assert LinkLimit.objects.get(school=one.school).most == 2
    wrong = choose(client, one, "99")
    assert list(wrong.context["form"].errors) == ["most"]


def choose(client, one: Joined, most: str):
    """On a page that was opened just before."""
    client.force_login(one.head)
    return looking.send(client, own(one), {"most": most})


def test_second_of_two_who_choose_how_many_is_told_what_the_first_chose(client):
    one, _other = two_joined()
    client.force_login(one.head)
    old = client.get(own(one)).context["form"]["seen"].value()
    choose(client, one, "2")
    told = client.post(own(one), {"most": "4", "seen": old})
    html = told.content.decode()
    assert "It now says: Twinnings at once: 2." in html
    seen = told.context["form"]["seen"].value()
    assert f'name="seen" value="{seen}"' in html
    assert LinkLimit.objects.get(school=one.school).most == 2
    client.post(own(one), {"most": "4", "seen": seen})
    assert LinkLimit.objects.get(school=one.school).most == 4


def test_an_answer_that_comes_too_late_is_told_so(client):
    one, other = two_joined()
    made = proposed(one, other)
    twinnings.withdraw(twinning=made, by=one.head)
    sent = send(client, other.head, own(other, f"{made.uuid}/"), do="decline", reason=REASON)
    assert sent.status_code == 200
    made.refresh_from_db()
    assert (made.state, made.reason) == ("withdrawn", "")


def test_the_workspace_says_how_many_wait_for_an_answer(client):
    one, other = two_joined()
    proposed(one, other)
    text = page(client, other.head, f"/organise/organisations/{other.organisation.slug}/")
    assert "1 waits for your answer" in text
    text = page(client, one.head, f"/organise/organisations/{one.organisation.slug}/")
    assert "waits for your answer" not in text
