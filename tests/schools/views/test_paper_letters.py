"""The letter as it is printed, and the page where its code is typed."""

import datetime
import html
import re

import pytest
from django.test import Client
from django.utils import timezone

from accounts import second_factors
from accounts.models import User
from organisations.actions import members
from organisations.models import Application, Role
from schools import codes
from schools.actions import twinnings
from schools.models import PaperLetter, Twinning
from schools.views import paper_letters as views
from tests.factories.applications import make_application
from tests.factories.organisations import make_organisation, make_place
from tests.factories.paper_letters import asked_without_account, send_in, welcomed, written
from tests.factories.people import make_member, make_user
from tests.factories.registers import make_school
from tests.factories.rounds import counted_school
from tests.factories.twinnings import Joined, joined, this_year

pytestmark = pytest.mark.django_db

CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}\b")


def make_officer() -> User:
    user = make_user()
    members.appoint(place=make_place(), user=user, by=None)
    second_factors.enrol_app(user)
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def letter(made: Twinning, urn: int) -> str:
    return f"/organise/twinnings/{made.uuid}/letter/{urn}/"


def words(answer) -> str:
    assert answer.status_code == 200
    return " ".join(html.unescape(answer.content.decode()).split())


def test_before_it_is_written_it_is_shown_without_a_code():
    asking, asked, made = asked_without_account()
    text = words(signed_in(asking.head).get(letter(made, asked.pk)))
    assert "This is how it looks" in text
    assert "····-····-····-····" in text
    assert CODE.findall(text) == []
    assert not PaperLetter.objects.exists()


def test_it_says_who_whom_what_when_and_how():
    asking, asked, made = asked_without_account()
    text = words(signed_in(asking.head).get(letter(made, asked.pk)))
    for said in (
        "Larkfield Primary School<br>Lark Lane",
        f"Will you be our twin in {made.year_said}?",
        "We would like to sing together.",
        "Ask Amina Reid, 01632 960200",
        "Second meeting: you visit Heron Bank Primary School",
        "About 8 hours in the year for one teacher",
        "3 half days for the class, about 3 hours each",
        "for one coach there and back",
        "Dear parents and carers,",
        "What could go wrong, and what we do",
        "localhost:8000/join/",
    ):
        assert said.replace("<br>", "</strong> <br>") in text or said in text, said


def test_it_says_why_in_the_words_that_one_school_may_read_of_another():
    near = counted_school(900_021, 10, 90, miles_north=2.0, phase="primary")
    far = counted_school(900_022, 90, 10, phase="primary")
    organisation = make_organisation("Far", kind="school", urn=far.pk)
    asking = Joined(far, organisation, make_member(organisation))
    made = twinnings.propose(
        school=far, other=near, year=this_year(), note="Sing.", contact="Amina", by=asking.head
    )
    text = words(signed_in(asking.head).get(letter(made, near.pk)))
    assert (
        "2 miles; two pupils, one from each, differ 8 times in 10 (inside your school 2, inside theirs 2)"
        in text.replace("2.0 miles", "2 miles")
    )
    assert "It is about 2.8 miles by road. We guess £190 to £330" in text
    assert "two in the year: £380 to £660" in text


def test_the_day_until_which_to_answer_is_the_last_before_it_lapses():
    asking, asked, made = asked_without_account()
    context = signed_in(asking.head).get(letter(made, asked.pk)).context
    last = context["paper"].answer_by
    assert not twinnings.is_overdue(made, last)
    assert twinnings.is_overdue(made, last + datetime.timedelta(days=1))


def test_where_an_officer_asks_the_letter_speaks_of_both_and_names_the_place():
    officer = make_officer()
    asked, other = make_school(900_011, "Larkfield Primary School"), make_school(900_012, "Moor End School")
    place = make_place()
    made = twinnings.broker(first=asked, second=other, year=this_year(), note="You are near.", by=officer)
    for school, beside in ((asked, other), (other, asked)):
        text = words(signed_in(officer).get(letter(made, school.pk)))
        assert f"{beside}: could they be your twin in {made.year_said}?" in text
        assert f"Questions? Ask Calderdale: {place.contact_email}" in text
        assert "You are near." in text


def test_it_is_written_once_with_its_code_and_no_browser_keeps_it():
    asking, asked, made = asked_without_account()
    client = signed_in(asking.head)
    answer = client.post(letter(made, asked.pk), {"coach": ""})
    text = words(answer)
    [code] = set(CODE.findall(text))
    assert PaperLetter.objects.get().digest == codes.digest(code)
    assert "<svg" in text
    assert "no-store" in answer.headers["Cache-Control"]
    again = words(client.get(letter(made, asked.pk)))
    assert CODE.findall(again) == []
    assert "A letter was written on" in again


def test_what_a_firm_said_takes_the_place_of_the_guess():
    asking, asked, made = asked_without_account()
    client = signed_in(asking.head)
    text = words(client.post(letter(made, asked.pk), {"coach": "320"}))
    assert (
        "One coach there and back costs £320: so a coach firm said. You need two in the year: £640." in text
    )
    assert "We guess" not in text


@pytest.mark.parametrize("typed", ["a lot", "3", "99999999999999999999", "-5"])
def test_a_price_that_cannot_be_is_said_beside_the_field_and_nothing_is_written(typed):
    asking, asked, made = asked_without_account()
    answer = signed_in(asking.head).post(letter(made, asked.pk), {"coach": typed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["coach"])
    assert f'value="{typed}"' in answer.content.decode()
    assert not PaperLetter.objects.exists()


def test_where_a_position_is_not_known_no_price_is_guessed():
    asking, asked, made = asked_without_account()
    asked.latitude = asked.longitude = None
    asked.save()
    text = words(signed_in(asking.head).get(letter(made, asked.pk)))
    assert "Ask three firms what they cost." in text


def test_strangers_recorders_and_the_school_itself_find_no_letter():
    asking, asked, made = asked_without_account()
    recorder = make_member(asking.organisation, Role.RECORDER)
    for user in (joined(2).head, recorder, make_user()):
        for send in (signed_in(user).get, signed_in(user).post):
            assert send(letter(made, asked.pk)).status_code == 404
    client = signed_in(asking.head)
    assert client.get(letter(made, asking.school.pk)).status_code == 404
    assert client.get(letter(made, make_school(900_031, "Other").pk)).status_code == 404
    assert Client().get(letter(made, asked.pk)).url.startswith("/accounts/login/")


def test_a_school_that_mail_reaches_by_now_needs_no_letter():
    asking, asked, made = asked_without_account()
    make_organisation("Larkfield", kind="school", urn=asked.pk)
    answer = signed_in(asking.head).post(letter(made, asked.pk), {"coach": ""}, follow=True)
    assert answer.redirect_chain[0][0] == f"/organise/schools/{asking.school.pk}/twinnings/{made.uuid}/"
    assert "No letter is needed" in words(answer)
    assert not PaperLetter.objects.exists()


def test_the_pages_of_a_twinning_lead_to_the_letter_and_say_what_became_of_it():
    asking, asked, made = asked_without_account()
    school, officer = signed_in(asking.head), signed_in(make_officer())
    own = f"/organise/schools/{asking.school.pk}/twinnings/{made.uuid}/"
    desk = f"/cms/desk/twinnings/{made.uuid}/"
    for client, page in ((school, own), (officer, desk)):
        text = words(client.get(page))
        assert letter(made, asked.pk) in text
        assert "no mail reaches" in text.lower()
    assert letter(made, asked.pk) in words(officer.get(desk))
    assert words(officer.get(letter(made, asked.pk))).count(desk) == 1
    code = CODE.search(words(officer.post(letter(made, asked.pk), {"coach": ""})))[0]
    assert "A letter was written on" in words(school.get(own))
    assert "its code waits" in words(officer.get(desk))
    assert code not in words(officer.get(desk))
    person = make_user("head@larkfield.example")
    signed_in(person).post("/join/", {"code": code})
    assert "Somebody there used the code of your letter" in words(school.get(own))
    assert "its code was used by head@larkfield.example on" in words(officer.get(desk))


def test_a_school_whose_account_does_not_work_is_said_to_be_silent_and_needs_no_letter():
    asking, asked, made = asked_without_account()
    make_organisation("Larkfield", kind="school", urn=asked.pk, public=False)
    own = f"/organise/schools/{asking.school.pk}/twinnings/{made.uuid}/"
    text = words(signed_in(asking.head).get(own))
    assert "Larkfield Primary School cannot answer now" in text
    assert "has no account here" not in text
    desk = words(signed_in(make_officer()).get(f"/cms/desk/twinnings/{made.uuid}/"))
    assert "Larkfield Primary School cannot answer now: its organisation here is not verified." in desk


def test_after_proposing_the_school_is_told_to_post_a_letter():
    asking = joined(0)
    asked = make_school(900_011, "Larkfield Primary School")
    said = {"year": this_year(), "note": "Sing.", "contact": "Amina", "do": "propose"}
    client = signed_in(asking.head)
    page = f"/organise/schools/{asking.school.pk}/twinnings/new/?with={asked.pk}"
    text = words(client.post(page, said, follow=True))
    assert "You have proposed to Larkfield Primary School. Now post them a letter." in text
    assert "Larkfield Primary School has no account here" in text


def test_a_wish_needs_no_letter():
    asking = joined(0)
    asked = make_school(900_011, "Larkfield Primary School")
    said = {"year": this_year(), "note": "Sing.", "contact": "Amina", "do": "wish"}
    page = f"/organise/schools/{asking.school.pk}/twinnings/new/?with={asked.pk}"
    text = words(signed_in(asking.head).post(page, said, follow=True))
    assert "has no account here" not in text


def test_a_visitor_is_told_how_it_goes_and_gets_no_cookie():
    answer = Client().get("/join/", {"code": "7K2M-9QXD-4TBH-R0WC"})
    text = words(answer)
    assert "Your school got a letter" in text
    here = "?next=/join/%3Fcode%3D7K2M-9QXD-4TBH-R0WC"
    assert f"/accounts/signup/{here}" in text
    assert f"/accounts/login/{here}" in text
    assert "<form" not in text.partition("<main")[2].partition("</main")[0]
    assert not answer.cookies
    assert answer.headers["X-Robots-Tag"] == "noindex"
    sent = Client().post("/join/", {"code": "7K2M-9QXD-4TBH-R0WC"})
    assert (sent.status_code, sent.url) == (302, "/accounts/login/?next=%2Fjoin%2F")


def test_a_code_in_the_address_fills_the_form_and_does_nothing_else():
    it = written()
    client = signed_in(make_user())
    assert f'value="{it.code}"' in words(client.get("/join/", {"code": it.code}))
    for odd in ("\0", '"><script>', "x" * 4000, "٣" * 50):
        assert client.get("/join/", {"code": odd}).status_code == 200
    assert not Application.objects.exists()
    assert PaperLetter.objects.open().count() == 1


def test_a_code_leads_into_the_application_with_the_school_filled_in():
    it = written()
    person = make_user()
    client = signed_in(person)
    answer = client.post("/join/", {"code": it.code}, follow=True)
    assert answer.redirect_chain == [("/organise/apply/", 302)]
    text = words(answer)
    assert "The code is right. We have filled in which school you are." in text
    assert "Go on: Two grown-ups" in text
    kind = client.get("/organise/apply/kind/").context["form"]
    assert {name: kind[name].value() for name in ("kind", "name", "urn")} == {
        "kind": "school",
        "name": "Larkfield Primary School",
        "urn": it.asked.pk,
    }


def test_it_is_gone_on_with_on_another_computer_without_the_paper():
    it = written()
    person = make_user()
    signed_in(person).post("/join/", {"code": it.code})
    elsewhere = signed_in(person)
    assert "Go on: Two grown-ups" in words(elsewhere.get("/organise/apply/"))
    organisation = welcomed(Application.objects.get(), make_officer())
    text = words(elsewhere.get(f"/organise/organisations/{organisation.slug}/"))
    assert "1 waits for your answer" in text
    own = f"/organise/schools/{it.asked.pk}/twinnings/{it.twinning.uuid}/"
    assert "It waits for your answer." in words(elsewhere.get(own))
    said = elsewhere.post(own, {"do": "accept", "contact": "Tom Hale"}, follow=True)
    assert "You have both said yes." in words(said)


def test_who_applies_reads_for_whom_and_the_officer_reads_that_they_had_the_letter():
    it = written()
    person, officer = make_user(), make_officer()
    client = signed_in(person)
    client.post("/join/", {"code": it.code})
    assert "Heron Bank Primary School waits for you" in words(client.get("/organise/apply/"))
    application = send_in(Application.objects.get())
    desk = f"/cms/desk/applications/{application.uuid}/"
    text = words(signed_in(officer).get(desk))
    assert "They used the code of a letter that was posted to Larkfield Primary School." in text
    Application.objects.update(urn=900_099)
    assert "They apply for another one." in words(signed_in(officer).get(desk))
    assert "waits for you" not in words(client.get("/organise/apply/"))


def test_who_came_without_a_letter_reads_nothing_of_one():
    application = make_application()
    text = words(signed_in(make_officer()).get(f"/cms/desk/applications/{application.uuid}/"))
    assert "code of a letter" not in text
    assert "waits for you" not in words(signed_in(application.applicant).get("/organise/apply/"))


def test_a_wrong_code_is_said_beside_the_field_and_what_was_typed_stays():
    it = written()
    client = signed_in(make_user())
    first = client.post("/join/", {"code": "7K2M-9QXD-4TBH-R0WC"})
    assert (first.status_code, list(first.context["form"].errors)) == (200, ["code"])
    assert 'value="7K2M-9QXD-4TBH-R0WC"' in first.content.decode()
    signed_in(make_user()).post("/join/", {"code": it.code})
    second = client.post("/join/", {"code": it.code})
    assert second.context["form"].errors == first.context["form"].errors
    assert second.status_code == first.status_code
    for odd in ("", "\0", "x" * 5000):
        assert client.post("/join/", {"code": odd}).status_code == 200


def test_tries_from_one_address_are_counted_right_ones_and_wrong_ones(monkeypatch):
    monkeypatch.setattr(views, "AN_HOUR", 2)
    monkeypatch.setattr(timezone, "now", lambda: datetime.datetime(2026, 11, 27, 9, 5, tzinfo=datetime.UTC))
    it = written()
    sent = [signed_in(make_user()).post("/join/", {"code": "7K2M"}).status_code for _time in range(2)]
    late = signed_in(make_user()).post("/join/", {"code": it.code})
    assert [*sent, late.status_code] == [200, 200, 429]
    assert "Too many codes were tried" in late.content.decode()
    assert it.code in late.content.decode()
    assert PaperLetter.objects.open().count() == 1
