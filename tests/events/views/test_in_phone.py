"""Registers in the phone: what is stored holds counts only, and what opens it holds nothing of anybody."""

import datetime
import json
import re
import uuid
from pathlib import Path

import pytest
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import reverse

from events import stored_registers
from events.actions import registers
from events.actions.registers import Batch
from events.models import BatchTaken, Occurrence, State
from events.views import in_phone
from events.wording.registers import PLURALS, waiting_words
from organisations.models import Role
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer

ROOT = Path(__file__).parents[3]
WORKER, PAGE = "/organise/sw.js", "/organise/registers/"
READY, TOKEN = "/organise/registers/ready/", "/organise/registers/token/"
BATCHES = "/organise/registers/batches/"
A_MOMENT = datetime.timedelta(seconds=1)


@pytest.fixture
def session(db, clock) -> Occurrence:
    occurrence = Occurrence.objects.filter(activity=make_activity("Street football")).earliest("starts_at")
    clock(occurrence.starts_at)
    return occurrence


@pytest.fixture
def recorder(client, session):
    person = make_member(session.activity.host, Role.RECORDER)
    client.force_login(person)
    return person


def stored(client) -> list[dict]:
    return client.get(READY).json()["registers"]


def put(occurrence: Occurrence, begins: datetime.datetime) -> None:
    Occurrence.objects.filter(pk=occurrence.pk).update(
        starts_at=begins, ends_at=begins + datetime.timedelta(minutes=90)
    )


def test_worker_is_asked_for_anew_each_time_and_reaches_no_further_than_the_workspace(client, db):
    answer = client.get(WORKER)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/javascript; charset=utf-8")
    assert answer["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer["Content-Security-Policy"].split("; ")
    # Without this header a worker may have the folder that it lies in, and no more.
    assert "Service-Worker-Allowed" not in answer
    assert list(answer.cookies) == []


def test_worker_is_another_one_when_a_file_or_the_page_changes(client, db, monkeypatch):
    def release() -> str:
        return json.loads(client.get(WORKER).content.decode().partition("self.kept = ")[2].partition(";")[0])[
            "release"
        ]

    first = release()
    assert release() == first
    monkeypatch.setattr(in_phone, "static", lambda name: f"/static/{name}?another")
    second = release()
    monkeypatch.setattr(in_phone, "_page", lambda: "another page")
    assert len({first, second, release()}) == 3


def test_page_is_the_same_for_everybody_and_reads_nothing(client, session, django_assert_num_queries):
    with django_assert_num_queries(0):
        nobody = client.get(PAGE)
    assert (nobody.status_code, nobody["Cache-Control"], list(nobody.cookies)) == (200, "no-cache", [])
    client.force_login(make_member(session.activity.host))
    assert client.get(PAGE).content == nobody.content
    assert b"csrfmiddlewaretoken" not in nobody.content


def test_page_asks_for_nothing_that_the_phone_does_not_keep(client, db):
    page = client.get(PAGE).content.decode()
    asked = set(re.findall(r'(?:src|href)="/static/([^"#]+)', page))
    # A picture for the home screen, which is asked for when somebody puts it there.
    assert asked - {"icons/mark-180.png"} == {
        name for name in in_phone.FILES if not name.startswith("fonts/")
    }
    fonts = {f"fonts/{name}" for name in re.findall(r"fonts/([\w-]+-latin\.woff2)", _styles())}
    assert fonts == {name for name in in_phone.FILES if name.startswith("fonts/")}


def _styles() -> str:
    return (ROOT / "static" / "css" / "base.css").read_text()


@pytest.mark.parametrize(
    ("begins", "state", "is_stored"),
    [
        (datetime.timedelta(minutes=-90) + A_MOMENT, State.SCHEDULED, True),
        (datetime.timedelta(minutes=-90), State.SCHEDULED, False),
        (datetime.timedelta(hours=24), State.SCHEDULED, True),
        (datetime.timedelta(hours=24) + A_MOMENT, State.SCHEDULED, False),
        (datetime.timedelta(hours=1), State.CANCELLED, False),
    ],
)
def test_what_is_on_and_what_begins_in_24_hours_is_stored(
    client, session, recorder, begins, state, is_stored
):
    put(session, session.starts_at + begins)
    Occurrence.objects.filter(pk=session.pk).update(state=state)
    assert [one["uuid"] for one in stored(client)] == [str(session.uuid)] * is_stored


def test_what_is_stored_says_names_time_and_counts_and_nothing_of_a_person(client, session, recorder):
    make_count_day(session)
    registers.count(occurrence=session, changes={"came": 3, "group:asian": 2}, by=recorder)
    told = client.get(READY).json()
    assert (told["until"], told["said"]) == (
        "2027-01-13T16:30:00+00:00",
        "1 register is in this phone: all that begins before 4:30 pm on Wednesday 13 January 2027.",
    )
    [one] = told.pop("registers")
    asked, optional = one.pop("asked"), one.pop("optional")
    assert one == {
        "uuid": str(session.uuid),
        "title": "Street football",
        "venue": session.venue.name,
        "when": "Tuesday 12 January 2027, 4:30–6 pm",
        "opens": "2027-01-12T16:15:00+00:00",
        "closes": "2027-02-09T18:00:00+00:00",
        "came": {"figure": "came", "words": "How many came?", "number": "3"},
    }
    assert [each["question"] for each in (*asked, *optional)] == [
        *("group", "age", "before", "sex", "school", "outcode")
    ]
    assert asked[0]["lines"][0] == {"figure": "group:asian", "words": "Asian", "number": "2"}
    assert {frozenset(each) for each in (*asked, *optional)} == {frozenset({"question", "words", "lines"})}
    assert sorted(told) == ["person", "said", "until"]
    for secret in (recorder.email, str(recorder.uuid), recorder.first_name or "no name"):
        assert secret not in client.get(READY).content.decode()


def test_groups_are_stored_on_count_days_alone(client, session, recorder):
    assert [(one["asked"], one["optional"]) for one in stored(client)] == [([], [])]


def test_nothing_to_store_is_said(client, session, recorder, clock):
    clock(session.ends_at)
    told = client.get(READY).json()
    assert (told["registers"], told["said"]) == (
        [],
        "None of your sessions begins in the next 24 hours, so there is no register to store.",
    )


def test_only_who_may_record_can_store(client, session):
    assert (client.get(READY).status_code, client.get(TOKEN).status_code) == (401, 401)
    for other in (make_officer(session.activity.host.place), make_member(make_organisation())):
        client.force_login(other)
        assert stored(client) == []


def test_storing_three_registers_asks_no_more_than_one(client, session, recorder, django_assert_num_queries):
    client.get(READY)
    with django_assert_num_queries(6):
        assert len(stored(client)) == 1
    for number, occurrence in enumerate(session.activity.occurrences.order_by("starts_at")[1:3], start=1):
        put(occurrence, session.starts_at + datetime.timedelta(hours=number))
        make_count_day(occurrence, number)
        registers.count(occurrence=session, changes={"came": 1}, by=recorder)
    with django_assert_num_queries(6):
        assert len(stored(client)) == 3


def test_nobody_else_keeps_what_is_stored_or_the_token(client, session, recorder):
    assert [client.get(address)["Cache-Control"] for address in (READY, TOKEN)] == [
        "max-age=0, no-cache, no-store, must-revalidate, private"
    ] * 2


def test_sign_tells_people_apart_and_says_nothing_of_them(client, session, recorder):
    sign = client.get(TOKEN).json()["person"]
    assert (sign, client.get(READY).json()["person"]) == (stored_registers.person(recorder),) * 2
    other = stored_registers.person(make_member(session.activity.host))
    assert re.fullmatch(r"[0-9a-f]{32}", sign)
    assert len({sign, other, recorder.uuid.hex}) == 3


def test_token_of_a_kept_page_is_old_after_the_next_sign_in_and_a_fresh_one_is_given(session):
    client = Client(enforce_csrf_checks=True)
    person = make_member(session.activity.host, Role.RECORDER)

    def send(token: str) -> int:
        changes = {"number": 1, "register": str(session.uuid), "changes": {"came": 2}}
        body = json.dumps({"device": str(uuid.UUID(int=1)), "batches": [changes]})
        return client.post(
            BATCHES, body, content_type="application/json", headers={"X-CSRFToken": token}
        ).status_code

    client.force_login(person)
    old = client.get(TOKEN).json()["token"]
    client.logout()
    client.force_login(person)
    fresh = client.get(TOKEN).json()["token"]
    assert [send(token) for token in (old, fresh, get_token(RequestFactory().get("/")))] == [403, 200, 403]
    assert registers.figures_of(session) == {"came": 2}


def test_other_batch_under_a_taken_number_is_asked_for_again_and_not_lost(client, session, recorder):
    device, marks = str(uuid.uuid4()), [str(uuid.uuid4()) for _ in range(2)]

    def send(number: int, mark: str | None, came: int) -> dict:
        one = {"number": number, "register": str(session.uuid), "changes": {"came": came}}
        body = json.dumps({"device": device, "batches": [{**one, "mark": mark} if mark else one]})
        return client.post(BATCHES, body, content_type="application/json").json()

    answers = [send(1, marks[0], 2), send(1, marks[0], 2), send(1, marks[1], 5), send(1, None, 5)]
    assert [(one["taken"], one["again"]) for one in answers] == [([1], []), ([1], []), ([], [1]), ([], [1])]
    assert send(2, marks[1], 5)["taken"] == [2]
    assert registers.figures_of(session) == {"came": 7}


def test_number_taken_for_another_session_is_told(session, recorder):
    other = session.activity.occurrences.exclude(pk=session.pk).earliest("starts_at")
    put(other, session.starts_at)
    batch = Batch(uuid.uuid4(), 1)
    registers.count(occurrence=session, changes={"came": 2}, by=recorder, batch=batch)
    other.refresh_from_db()
    with pytest.raises(registers.NumberIsTaken):
        registers.count(occurrence=other, changes={"came": 3}, by=recorder, batch=batch)
    assert registers.figures_of(other) == {}
    assert BatchTaken.objects.get().occurrence == session


def test_scripts_know_the_addresses():
    kept = (ROOT / "static" / "js" / "registers-kept.js").read_text()
    assert f'ADDRESS = "{reverse("registers_in_phone")}"' in kept
    asked = {reverse(name).removeprefix(PAGE) for name in ("registers_token", "register_batches")}
    assert set(re.findall(r'ask\("([^"]+)"', kept)) == asked
    ready = (ROOT / "static" / "js" / "registers-ready.js").read_text()
    assert set(re.findall(r'ask\("([^"]+)"', ready)) == {reverse("registers_ready").removeprefix(PAGE)}
    assert f'register("{reverse("registers_worker")}", {{ scope: "{reverse("organise")}" }})' in ready


def test_words_of_waiting_have_a_hole_in_every_plural():
    words = waiting_words()
    assert {kind: list(each) for kind, each in words.items()} == dict.fromkeys(
        ("lost", "signedOut", "others"), list(PLURALS)
    )
    assert {text.count("{number}") for each in words.values() for text in each.values()} == {1}
    assert words["signedOut"][1] == "{number} change waits in this phone. Sign in, and it is sent."


def test_pages_offer_it_to_who_takes_registers(client, session, recorder):
    sign = stored_registers.person(recorder)
    for address in ("/organise/", reverse("register", args=[session.uuid])):
        page = client.get(address).content.decode()
        assert "data-ready-press" in page
        assert f'data-person="{sign}"' in page
    client.force_login(make_officer(session.activity.host.place))
    assert "data-ready-press" not in client.get("/organise/").content.decode()


def test_signing_out_says_what_stays(client, session, recorder):
    page = client.get("/accounts/logout/").content.decode()
    assert "data-signs-out" in page
    assert page.count("registers-kept") == 1
