"""An organisation's public contact is never a person's own, however it is typed, in either form."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from organisations import own
from organisations.actions import applications, members
from organisations.models import Application, Organisation, OrganisationPage, Role
from organisations.own import Person
from tests.events import cms
from tests.factories.applications import make_application
from tests.factories.organisations import FAR_AHEAD, make_declaration, make_organisation
from tests.factories.people import make_user

PHONE = "This is the number of one of you. Give your club’s, or leave it empty."
EMAIL = "This is the address of one of you. Give your club’s."
SAM = Person("Sam Okoro", "01632 960100", "sam@club.example")
SAM_AGAIN = Person("sam  OKORO", "+44 1632 960100", "sam@club.example")
BEA = Person("Bea Lund", "01632 960101", "bea@club.example")
OFFICE = (Person("Ann", "01632 960199", "office@school.example"), Person("Bob", "01632 960199", ""))


@pytest.mark.parametrize(
    ("phone", "email", "refused"),
    [
        ("01632 960102", "hello@club.example", {}),
        ("", "", {}),
        ("(01632) 960-100", "", {"phone": PHONE}),
        ("+44 (0)1632 960101", "", {"phone": PHONE}),
        ("", "BEA@Club.example", {"email": EMAIL}),
        ("01632960100", "sam@club.example", {"phone": PHONE, "email": EMAIL}),
        ("01632 960199", "", {}),
        ("", "office@school.example", {"email": EMAIL}),
    ],
)
def test_number_that_one_person_gives_is_their_own(phone: str, email: str, refused: dict[str, str]) -> None:
    people = [SAM, SAM_AGAIN, BEA, *OFFICE, Person("", "01632 960102", "hello@club.example")]
    assert own.refused(people, phone=phone, email=email) == refused


@pytest.fixture
def applying(db: None) -> tuple[Client, Application]:
    user = make_user("sam@home.example", first_name="Sam", last_name="Okoro")
    client = Client()
    client.force_login(user)
    return client, make_application(user, sent=False, second_phone="01632 960105")


@pytest.mark.parametrize("phone", ["01632 960100", "01632-960105", "(01632) 960101"])
def test_applicant_is_told_beside_the_phone(applying: tuple[Client, Application], phone: str) -> None:
    """Of either grown-up, of either whom the declaration names."""
    client, application = applying
    said = {"summary": "Boxing.", "email": "hello@spark.example", "phone": phone}
    assert client.post("/organise/apply/contact/", said).context["form"].errors == {"phone": [PHONE]}
    assert Application.objects.get().phone == application.phone


@pytest.mark.parametrize("email", ["bea@spark.example", "sam@club.example"])
def test_applicant_is_told_beside_the_address(applying: tuple[Client, Application], email: str) -> None:
    said = {"summary": "Boxing.", "email": email, "phone": "01632 960102"}
    answer = applying[0].post("/organise/apply/contact/", said)
    assert answer.context["form"].errors == {"email": [EMAIL]}


def test_nothing_is_sent_with_ones_own_number_whichever_was_given_first(
    applying: tuple[Client, Application],
) -> None:
    _client, application = applying
    said = {"first_phone": "+44 1632 960102"}
    applications.fill_in(application=application, said=said, by=application.applicant)
    with pytest.raises(ValidationError) as refusal:
        applications.send(application=application, name="Sam", role="coach", by=application.applicant)
    assert refusal.value.messages == ["Go back to “How families reach you”.", PHONE]


def editor_of(club: Organisation) -> Client:
    person = make_user()
    members.join(organisation=club, user=person, role=Role.EDITOR, by=None)
    return cms.signed_in(person)


@pytest.fixture
def club(db: None) -> Organisation:
    club = make_organisation("Spark")
    make_declaration(club, FAR_AHEAD)
    make_declaration(club, lead_name="Cy Ng", lead_phone="01632 960107", lead_email="cy@club.example")
    return club


@pytest.mark.parametrize("phone", ["01632 960100", "01632 960101", "01632 960107"])
def test_editor_is_told_beside_the_phone(club: Organisation, phone: str) -> None:
    """Whoever is named in what holds now, and in what is to be signed next."""
    html = cms.edit(editor_of(club), club.page, phone=phone, email="sam@club.example").content.decode()
    assert (PHONE in html, EMAIL in html) == (True, True)
    kept = OrganisationPage.objects.get(pk=club.page.pk).get_latest_revision_as_object()
    assert (kept.phone, kept.email) == (club.page.phone, club.page.email)


def test_editor_gives_the_clubs_number(club: Organisation) -> None:
    cms.edit(editor_of(club), club.page, phone="01632 960102", email="hello@spark.example")
    kept = OrganisationPage.objects.get(pk=club.page.pk).get_latest_revision_as_object()
    assert (kept.phone, kept.email) == ("01632 960102", "hello@spark.example")
