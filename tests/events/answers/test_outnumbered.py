"""More answers than people: the organiser is told wherever they look, and can put the number right."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from events import organiser_home
from events.answers import outnumbered
from events.models import Counter, Occurrence, Question, Register, Source
from organisations.models import Role
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.attendance import make_met, make_register
from tests.factories.people import make_member, make_officer

pytestmark = pytest.mark.django_db
SAID = "There are 25 answers, but only 23 came. Somebody may have answered twice, or were more there?"


@pytest.fixture
def session() -> Occurrence:
    met = make_met(make_activity("Street football"))
    Occurrence.objects.filter(pk=met.pk).update(public_since=met.starts_at)
    make_register(met, [10, 0, 0, 15, 0], came=23, source=Source.ANSWERS)
    return met


@pytest.fixture
def recorder(session: Occurrence) -> Client:
    return signed_in(make_member(session.activity.host, Role.RECORDER))


def page(client: Client, name: str, session: Occurrence) -> str:
    return client.get(reverse(name, args=[session.uuid])).content.decode()


def told(session: Occurrence) -> str:
    found = outnumbered.of(session)
    return found.words if found else ""


def test_the_question_that_most_answered_counts() -> None:
    session = make_met(make_activity())
    assert told(session) == ""
    make_register(session, [1], source=Source.ANSWERS)
    assert told(session).startswith("1 answer is here, and nobody has counted who came.")
    Register.objects.update(came=1)
    assert told(session) == ""
    make_register(session, told={"8-10": 1, "11-13": 1}, question=Question.AGE, source=Source.ANSWERS)
    assert told(session).startswith("There are 2 answers, but only 1 came.")
    Register.objects.update(came=0)
    Counter.objects.update(number=0)
    assert told(session) == ""


def test_what_is_typed_in_and_told_on_phones_and_slips_is_of_the_same_people() -> None:
    session = make_met(make_activity())
    for source in (Source.TYPED, Source.ANSWERS):
        make_register(session, [8, 0, 0, 12], came=20, source=source)
    assert told(session) == ""
    make_register(session, [1], source=Source.SLIPS)
    assert told(session).startswith("There are 21 answers, but only 20 came.")


def test_it_is_told_on_the_register_and_goes_when_the_number_is_put_right(
    session: Occurrence, recorder: Client
) -> None:
    opened = page(recorder, "register", session)
    assert (SAID in opened, "js/outnumbered" in opened) == (True, True)
    address = reverse("register", args=[session.uuid])
    recorder.post(address, {"came": "25", "seen:came": "23"})
    opened = page(recorder, "register", session)
    assert (SAID in opened, "data-outnumbered" in opened, "js/outnumbered" in opened) == (False,) * 3


def test_a_phone_that_counts_is_told_once_the_session_is_over(session: Occurrence, recorder: Client) -> None:
    def count(number: int) -> str:
        batch = {"number": number, "register": str(session.uuid), "changes": {"came": 1}}
        body = {"device": "5f0c6a52-0000-4000-8000-000000000000", "batches": [batch]}
        sent = recorder.post(reverse("register_batches"), body, content_type="application/json")
        return sent.json()["said"]

    assert count(1).startswith("Saved: 24 came. There are 25 answers, but only 24 came.")
    assert count(2) == "Saved: 25 came."
    Register.objects.update(came=1)
    Occurrence.objects.filter(pk=session.pk).update(ends_at=timezone.now() + datetime.timedelta(minutes=1))
    assert count(3) == "Saved: 2 came."


def test_it_is_told_where_the_session_is_read_with_the_way_to_its_register(
    session: Occurrence, recorder: Client
) -> None:
    register = reverse("register", args=[session.uuid])
    read = page(recorder, "organise_date_mixing", session)
    assert (SAID in read, f'href="{register}"' in read) == (True, True)
    Register.objects.update(closed_at=timezone.now())
    read = page(recorder, "organise_date_mixing", session)
    assert (SAID in read, f'href="{register}"' in read) == (True, False)
    officer = signed_in(make_officer(session.activity.host.place))
    assert SAID not in page(officer, "organise_date_mixing", session)


def test_it_waits_on_the_first_page_until_it_is_put_right_or_the_register_closes(session: Occurrence) -> None:
    owner = make_member(session.activity.host)

    def waits(later: datetime.timedelta = datetime.timedelta()) -> list[tuple[str, str]]:
        home = organiser_home.dates_and_work(owner, [session.activity.host], timezone.now() + later)
        return [(work.words, work.address) for work in home.context["work"]]

    mine = (
        "“Street football”, Sun 22 November: more answers than people.",
        reverse("register", args=[session.uuid]),
    )
    assert waits() == [mine]
    assert mine not in waits(datetime.timedelta(days=28))
    Register.objects.update(came=25)
    assert waits() == []
