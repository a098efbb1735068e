"""“Run activities here”, as a club secretary meets it on a phone."""

import pytest
from django.test import Client

from accounts.models import User
from organisations import steps
from organisations.actions import applications
from organisations.models import Application
from pages.actions import tree
from tests.factories.applications import application_answers, make_application
from tests.factories.organisations import answers, make_organisation, make_place
from tests.factories.people import make_member, make_officer, make_user
from tests.factories.registers import make_school
from tests.looking import send

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _page_tree() -> None:
    tree.plant()
    make_place()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_typed(**said: object) -> dict[str, str]:
    given = {**answers(), **application_answers(), **said}
    return {name: str(value) for name, value in given.items() if name != "place"}


def test_a_club_goes_through_all_steps_signs_and_sends() -> None:
    person = signed_in(make_user(first_name="Sam", last_name="Okoro"))
    assert "It takes about ten minutes." in person.get("/organise/apply/").content.decode()

    answer = person.post("/organise/apply/")
    for step in steps.OF_APPLICATION:
        assert answer.url == f"/organise/apply/{step.slug}/"
        assert str(step.title) in person.get(answer.url).content.decode()
        answer = send(person, answer.url, as_typed())
    assert answer.url == "/organise/apply/sign/"
    said = person.post(answer.url, {"name": "Sam Okoro", "role": "coach", "agree": "on"}, follow=True)

    assert "Sent. You get a mail" in said.content.decode()
    assert Application.objects.get().state == "sent"


def test_it_is_left_and_gone_on_with_from_another_phone() -> None:
    user = make_user()
    person = signed_in(user)
    person.post("/organise/apply/")
    send(person, "/organise/apply/kind/", as_typed())

    html = signed_in(user).get("/organise/apply/").content.decode()

    assert "Go on: Two grown-ups" in html
    assert html.count("Not yet") == len(steps.OF_APPLICATION) - 1
    assert "Spark Boxing" in signed_in(user).get("/organise/apply/kind/").content.decode()


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("kind", {"kind": ""}, "This field is required."),
        ("kind", {"governing_body": ""}, "Give your charity number, or who stands behind you below."),
        ("kind", {"kind": "school", "urn": "12"}, "greater than or equal to 100000"),
        ("kind", {"kind": "spaceship"}, "is not one of the available choices"),
        ("people", {"second_name": "sam OKORO"}, "somebody else than you"),
        ("people", {"second_email": "me@example.org"}, "your own address"),
        ("contact", {"email": "nowhere"}, "Enter a valid email address."),
        ("contact", {"website": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_stays(
    step: str, changes: dict[str, str], words: str
) -> None:
    person = signed_in(make_user("me@example.org"))
    person.post("/organise/apply/")

    html = send(person, f"/organise/apply/{step}/", as_typed(**changes)).content.decode()

    assert words in html
    kept = {"kind": "Spark Boxing", "people": "01632 960101", "contact": "Boxing for everybody."}
    assert kept[step] in html


def test_a_school_needs_its_name_alone() -> None:
    person = signed_in(make_user())
    person.post("/organise/apply/")
    send(person, "/organise/apply/kind/", as_typed(kind="school", governing_body="", urn=""))
    assert Application.objects.values_list("kind", "urn").get() == ("school", None)


def of_school(person: Client, **said: str) -> str:
    """What the first step answers to a school, where it stays; nothing where it goes on."""
    typed = as_typed(**{"kind": "school", "governing_body": "", "urn": "", "name": "Heron Bank", **said})
    return send(person, "/organise/apply/kind/", typed).content.decode()


@pytest.fixture
def head() -> Client:
    """Somebody of a school, who has begun to apply where a register is loaded."""
    make_school(900_001, "Heron Bank Primary School")
    make_school(900_002, "Heron Bank Infants", street="Mill Lane", town="Elland")
    make_school(900_003, "Heron Bank School", area_code="E08000032")
    make_school(900_004, "Heron Bank Old School", status="closed")
    person = signed_in(make_user())
    person.post("/organise/apply/")
    return person


def test_a_school_is_looked_up_by_name_and_says_which_it_is(head: Client) -> None:
    html = of_school(head, name="Herron Bank")
    assert "Say which one you are." in html
    assert "Heron Bank Primary School (Heron Bank, Halifax)" in html
    assert "Heron Bank Infants (Mill Lane, Elland)" in html
    assert [urn for urn in ("900003", "900004") if urn in html] == []
    assert 'value="Herron Bank"' in html
    assert of_school(head, found="900002") == ""
    assert Application.objects.values_list("urn", flat=True).get() == 900_002


def test_a_school_that_is_none_of_them_goes_on_with_its_name(head: Client) -> None:
    assert of_school(head, found="none") == ""
    assert Application.objects.values_list("name", "urn").get() == ("Heron Bank", None)


def test_a_school_that_nobody_is_called_like_is_not_asked(head: Client) -> None:
    assert of_school(head, name="Xylophone") == ""


@pytest.mark.parametrize("found", ["900004", "900099", "here", "９０００００"])
def test_a_school_that_was_not_offered_is_not_taken(head: Client, found: str) -> None:
    assert "Is it one of these?" in of_school(head, found=found)
    assert Application.objects.values_list("urn", flat=True).get() is None


def test_a_number_is_held_against_the_register(head: Client) -> None:
    assert "No school has this number." in of_school(head, urn="900099")
    assert "is not open" in of_school(head, urn="900004")
    assert of_school(head, urn="900003") == ""
    assert Application.objects.values_list("urn", flat=True).get() == 900_003


def test_where_there_are_two_places_one_is_chosen() -> None:
    other = make_place("kirklees")
    person = signed_in(make_user())
    person.post("/organise/apply/")
    html = send(person, "/organise/apply/kind/", as_typed()).content.decode()
    assert "Where are you?" in html
    send(person, "/organise/apply/kind/", {**as_typed(), "place": other.pk})
    assert Application.objects.get().place == other


def test_once_sent_it_waits_and_a_question_is_shown_with_the_steps() -> None:
    application = make_application()
    person = signed_in(application.applicant)
    assert "Our officer looks at it." in person.get("/organise/apply/").content.decode()
    assert person.get("/organise/apply/kind/").url == "/organise/apply/"
    assert person.get("/organise/apply/sign/").url == "/organise/apply/"

    officer = make_officer(make_place())
    applications.ask(application=application, question="Which hall <b>is</b> it?", by=officer)

    html = person.get("/organise/apply/").content.decode()
    assert "Which hall &lt;b&gt;is&lt;/b&gt; it?" in html
    assert "Read it, sign and send" in html


def test_what_became_of_it_is_shown() -> None:
    officer = make_officer(make_place())
    refused = make_application()
    applications.refuse(application=refused, reason="Another town.", by=officer)
    assert "Another town." in signed_in(refused.applicant).get("/organise/apply/").content.decode()
    approved = make_application()
    applications.approve(application=approved, by=officer)
    assert "Approved. Welcome!" in signed_in(approved.applicant).get("/organise/apply/").content.decode()


def test_whoever_belongs_nowhere_is_led_there_and_visitors_sign_in_first() -> None:
    assert "/organise/apply/" in signed_in(make_user()).get("/organise/").content.decode()
    member = make_member(make_organisation())
    assert "/organise/apply/" not in signed_in(member).get("/organise/").content.decode()
    assert 'href="/organise/apply/"' in Client().get("/").content.decode()
    assert Client().get("/organise/apply/").url == "/accounts/login/?next=/organise/apply/"
    assert signed_in(make_user()).get("/organise/apply/nonsense/").status_code == 404


def test_what_was_saved_on_another_phone_is_told_and_not_written_over() -> None:
    user = make_user()
    phone, other = signed_in(user), signed_in(user)
    phone.post("/organise/apply/")
    for step, name in (("kind", "name"), ("lead", "lead_name")):
        address = f"/organise/apply/{step}/"
        opened = other.get(address).context["form"]["seen"].value()
        send(phone, address, as_typed())
        html = other.post(address, {"seen": opened, **as_typed(**{name: "Another"})}).content.decode()
        assert "Somebody has saved this since you opened it." in html
        assert 'value="Another"' in html
    application = Application.objects.get()
    assert (application.name, application.declaration.lead_name) == ("Spark Boxing", "Sam Okoro")
