"""An owner goes through the declaration on a phone, leaves it, goes on and signs."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from organisations import steps
from organisations.models import Declaration, Organisation, Role
from tests.factories.organisations import answers, make_declaration, make_organisation
from tests.factories.people import make_member
from tests.looking import send

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def as_typed(**said: object) -> dict[str, str]:
    return {name: str(value) for name, value in answers(**said).items()}


@pytest.fixture
def club() -> Organisation:
    until = timezone.localdate() + datetime.timedelta(days=9)
    return make_organisation("Spark", slug="spark", declaration_until=until)


def test_it_is_gone_through_step_by_step_and_signed(club: Organisation) -> None:
    owner = signed_in(make_member(club))
    assert (
        "Nobody has signed yet." in owner.get("/organise/organisations/spark/declaration/").content.decode()
    )

    answer = owner.post("/organise/organisations/spark/declaration/")
    for step in steps.DECLARATION:
        assert answer.url == f"/organise/organisations/spark/declaration/{step.slug}/"
        shown = owner.get(answer.url).content.decode()
        assert str(step.why) in shown.replace("&#x27;", "’")
        answer = send(owner, answer.url, as_typed())
    assert answer.url == "/organise/organisations/spark/declaration/sign/"
    assert "What we say here is true" in owner.get(answer.url).content.decode()
    said = owner.post(answer.url, {"name": "Sam Okoro", "role": "chair", "agree": "on"}, follow=True)

    assert "Signed. It holds until" in said.content.decode()
    club.refresh_from_db()
    assert club.declaration_until == Declaration.objects.get().until


@pytest.mark.parametrize("name", ["Bea Lund", "bea  LUND"])
def test_lead_is_not_the_deputy_and_the_deputy_not_the_lead(club: Organisation, name: str) -> None:
    owner = signed_in(make_member(club))
    owner.post("/organise/organisations/spark/declaration/")
    for step in ("lead", "deputy"):
        send(owner, f"/organise/organisations/spark/declaration/{step}/", as_typed())
    said = {
        step: send(
            owner,
            f"/organise/organisations/spark/declaration/{step}/",
            as_typed(lead_name=name, deputy_name="sam okoro"),
        )
        .context["form"]
        .errors
        for step in ("lead", "deputy")
    }
    assert said == {
        "lead": {"lead_name": ["This is your deputy. Name two people: change the deputy first."]},
        "deputy": {"deputy_name": ["This has to be somebody else than the lead."]},
    }


def test_it_can_be_left_and_gone_on_with(club: Organisation) -> None:
    user = make_member(club)
    owner = signed_in(user)
    owner.post("/organise/organisations/spark/declaration/")
    send(owner, "/organise/organisations/spark/declaration/lead/", as_typed())

    html = signed_in(user).get("/organise/organisations/spark/declaration/").content.decode()

    assert (html.count("Not yet"), html.count("Done</span>")) == (4, 1)
    early = signed_in(user).post(
        "/organise/organisations/spark/declaration/sign/", {"name": "Sam", "role": "chair", "agree": "on"}
    )
    assert "Some questions have no answer yet." in early.content.decode()


@pytest.mark.parametrize(
    ("step", "changes", "words"),
    [
        ("lead", {"lead_name": ""}, "This field is required."),
        ("lead", {"lead_phone": "ring me"}, "Type a phone number"),
        ("lead", {"lead_trained_on": "2090-01-01"}, "That day has not come yet."),
        ("lead", {"lead_trained_on": "2024-01-01"}, "more than two years ago"),
        ("lead", {"lead_trained_on": "soon"}, "Enter a valid date."),
        ("deputy", {"deputy_name": "sam okoro"}, "somebody else than the lead"),
        ("checks", {"vetting_seen_by": ""}, "Say this too"),
        ("papers", {"insurance_until": "2020-01-01"}, "That day is over."),
        ("papers", {"policy_review_by": "2090-01-01"}, "Look at the year again."),
        ("day", {"allegations": ""}, "This field is required."),
        ("day", {"first_aid": "x" * 201}, "at most 200 characters"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(
    club: Organisation, step: str, changes: dict[str, str], words: str
) -> None:
    owner = signed_in(make_member(club))
    make_declaration(club)

    html = send(
        owner, f"/organise/organisations/spark/declaration/{step}/", as_typed(**changes)
    ).content.decode()

    assert words in html
    if step == "lead":
        assert "sam@club.example" in html


def test_it_is_there_for_owners_only_and_never_a_server_error(club: Organisation) -> None:
    make_declaration(club)
    addresses = [
        f"/organise/organisations/spark/declaration/{rest}" for rest in ("", "lead/", "sign/", "nonsense/")
    ]
    editor, stranger = make_member(club, Role.EDITOR), make_member(make_organisation())
    for user in (editor, stranger):
        assert {signed_in(user).get(address).status_code for address in addresses} == {404}
    assert {Client().get(address).status_code for address in addresses} == {302}
    assert signed_in(make_member(club)).get(addresses[-1]).status_code == 404
    assert signed_in(make_member(club)).post(addresses[1], {"lead_name": "\x00"}).status_code == 200


LEAD = "/organise/organisations/spark/declaration/lead/"


def test_second_owner_sees_what_the_first_has_saved_before_it_is_changed_again(club: Organisation) -> None:
    first, second = signed_in(make_member(club)), signed_in(make_member(club))
    first.post("/organise/organisations/spark/declaration/")
    opened = second.get(LEAD).context["form"]["seen"].value()
    send(first, LEAD, as_typed())

    late = second.post(LEAD, {"seen": opened, **as_typed(lead_name="Ann Lee")})

    html = late.content.decode()
    assert "Somebody has saved this since you opened it. It now says: Their name: Sam Okoro." in html
    assert 'value="Ann Lee"' in html
    assert Declaration.objects.get().lead_name == "Sam Okoro"
    looked = late.context["form"]["seen"].value()
    again = second.post(LEAD, {"seen": looked, **as_typed(lead_name="Ann Lee")})
    assert again.url.endswith("/declaration/deputy/")
    assert Declaration.objects.get().lead_name == "Ann Lee"


def test_what_another_owner_saved_in_another_step_is_in_nobodys_way(club: Organisation) -> None:
    first, second = signed_in(make_member(club)), signed_in(make_member(club))
    first.post("/organise/organisations/spark/declaration/")
    opened = second.get(LEAD).context["form"]["seen"].value()
    send(first, LEAD.replace("lead", "deputy"), as_typed())
    assert second.post(LEAD, {"seen": opened, **as_typed()}).url.endswith("/declaration/deputy/")


def test_two_owners_who_say_the_same_are_not_stopped(club: Organisation) -> None:
    """Nor one whose phone sends twice."""
    owner = signed_in(make_member(club))
    owner.post("/organise/organisations/spark/declaration/")
    opened = owner.get(LEAD).context["form"]["seen"].value()
    answers = [owner.post(LEAD, {"seen": opened, **as_typed()}) for _ in range(2)]
    assert [answer.url.rpartition("/declaration/")[2] for answer in answers] == ["deputy/", "deputy/"]


@pytest.mark.parametrize("seen", ["", "nonsense", "\x00"])
def test_a_look_that_says_nothing_true_is_an_old_one(club: Organisation, seen: str) -> None:
    owner = signed_in(make_member(club))
    owner.post("/organise/organisations/spark/declaration/")
    answer = owner.post(LEAD, {"seen": seen, **as_typed()})
    assert answer.status_code == 200
    assert Declaration.objects.get().lead_name == ""
