"""The register on a phone: without JavaScript, and the numbered batches that the script sends."""

import datetime
import json
import re
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from events import organiser_home
from events.actions import registers
from events.models import CountDay, Occurrence, Register, State
from organisations.models import Role
from places.models import Outcode
from tests.factories.activities import make_activity
from tests.factories.count_days import make_count_day
from tests.factories.organisations import make_organisation
from tests.factories.people import make_member, make_officer

BATCHES = "/organise/registers/batches/"


@pytest.fixture
def session(db, clock) -> Occurrence:
    occurrence = Occurrence.objects.filter(activity=make_activity("Street football")).first()
    clock(occurrence.starts_at)
    make_count_day(occurrence)
    return occurrence


@pytest.fixture
def recorder(client, session):
    client.force_login(make_member(session.activity.host, Role.RECORDER))
    return client


def sign_in_again(client, session) -> None:
    """Nobody stays signed in for a month."""
    client.force_login(session.activity.host.memberships.get().user)


def drawn(client, session) -> dict[str, str]:
    """The form's fields as the page drew them."""
    page = client.get(reverse("register", args=[session.uuid])).content.decode()
    found = re.findall(r'<input[^>]*name="([^"]+)" value="([^"]*)"', page)
    return {name: value for name, value in found if name not in {"csrfmiddlewaretoken", "undo"}}


def send(client, session, **typed):
    fields = {**drawn(client, session), **{name.replace("__", ":"): value for name, value in typed.items()}}
    return client.post(reverse("register", args=[session.uuid]), fields, follow=True)


def post(client, body) -> tuple[int, dict]:
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    response = client.post(BATCHES, text, content_type="application/json")
    return response.status_code, response.json()


def batch(session, number=1, **changes):
    changes = {name.replace("__", ":"): value for name, value in changes.items()}
    return {"number": number, "register": str(session.uuid), "changes": changes}


def test_plus_counts_one_more_and_says_so(recorder, session):
    send(recorder, session, step="came+")
    response = send(recorder, session, step="came+")
    assert response.context["said"] == "Saved: 2 came."
    assert response.redirect_chain[0][0].endswith("#f-came")
    assert registers.figures_of(session) == {"came": 2}


def test_typed_numbers_are_saved_together(recorder, session):
    response = send(recorder, session, came="12", group__asian="5", **{"group__not-stated": "2"})
    assert response.context["said"] == "Saved: 12 came, Asian 5, Not stated 2."
    assert registers.figures_of(session) == {"came": 12, "group:asian": 5, "group:not-stated": 2}


def test_number_that_somebody_raised_meanwhile_is_not_written_over(recorder, session):
    fields = drawn(recorder, session)
    registers.count(occurrence=session, changes={"came": 3}, by=make_member(session.activity.host))
    recorder.post(reverse("register", args=[session.uuid]), {**fields, "came": "4"})
    assert registers.figures_of(session) == {"came": 7}


def test_same_form_sent_twice_is_counted_once(recorder, session):
    fields = {**drawn(recorder, session), "step": "came+"}
    for _time in range(2):
        recorder.post(reverse("register", args=[session.uuid]), fields)
    assert registers.figures_of(session) == {"came": 1}


def test_what_was_saved_is_taken_back_once(recorder, session):
    send(recorder, session, came="5")
    undo = send(recorder, session, came="9", group__white="2").context["undo"]
    address = reverse("register", args=[session.uuid])
    for _time in range(2):
        recorder.post(address, {"undo": undo})
    assert registers.figures_of(session) == {"came": 5, "group:white": 0}
    assert recorder.post(address, {"undo": undo + "x"}).status_code == 200
    assert registers.figures_of(session)["came"] == 5


def test_wrong_number_is_said_beside_its_line_and_everything_typed_is_kept(recorder, session):
    response = send(recorder, session, came="many", group__asian="5")
    came, (group, *_) = response.context["came"], response.context["asked"]
    assert (came.typed, came.wrong) == ("many", "Type a number, like 12.")
    assert (group.lines[0].typed, group.lines[0].wrong) == ("5", "")
    assert not Register.objects.exists()


def test_whole_postcode_is_cut_to_its_first_half(recorder, session):
    Outcode.objects.create(code="HX1", postcodes=1, complete=True, edition=1)
    send(recorder, session, **{"another__outcode": "hx1 1aa"})
    assert registers.figures_of(session) == {"outcode:HX1": 1}
    again = send(recorder, session, **{"another__outcode": "nowhere"})
    assert again.context["optional"][2].another == ("nowhere", "Type the first half of a postcode, like HX1.")


def test_more_answers_than_people_is_said(recorder, session):
    response = send(recorder, session, came="1", group__asian="2")
    assert [each.too_many for each in response.context["asked"]] == [True, False, False]


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [
        (-16, State.SCHEDULED, "The register opens 15 minutes before the start."),
        (0, State.CANCELLED, "This date was called off, so there is nobody to count."),
        (60 * 24 * 30, State.HELD, "This register closed 28 days after the session."),
    ],
)
def test_register_that_is_shut_says_why_and_has_no_button(recorder, session, clock, minutes, state, words):
    Occurrence.objects.filter(pk=session.pk).update(state=state)
    clock(session.starts_at + datetime.timedelta(minutes=minutes))
    sign_in_again(recorder, session)
    page = recorder.get(reverse("register", args=[session.uuid])).content.decode()
    assert words in page
    assert "data-register" not in page


def test_list_of_registers_has_what_is_on_and_the_last_28_days(recorder, session, clock):
    def listed():
        return [
            (row.uuid, counted)
            for row, _when, counted in recorder.get(reverse("organise")).context["registers"]
        ]

    assert listed() == [(session.uuid, False)]
    send(recorder, session, step="came+")
    clock(session.ends_at + registers.CLOSES_AFTER - datetime.timedelta(seconds=1))
    sign_in_again(recorder, session)
    assert len(listed()) == 5
    assert listed()[-1] == (session.uuid, True)
    clock(session.ends_at + registers.CLOSES_AFTER)
    assert session.uuid not in [uuid for uuid, _counted in listed()]


def test_date_leads_to_its_register_once_it_opens(recorder, session, clock):
    address, register = (reverse(name, args=[session.uuid]) for name in ("organise_date", "register"))
    assert register in recorder.get(address).content.decode()
    clock(session.starts_at - datetime.timedelta(minutes=16))
    assert register not in recorder.get(address).content.decode()


def test_home_in_the_cms_leads_to_the_register_of_the_session_that_is_on(client, session, clock):
    owner = make_member(session.activity.host)

    def door() -> str:
        home = organiser_home.dates_and_work(owner, [session.activity.host], timezone.now())
        return home.context["register"]

    assert door() == reverse("register", args=[session.uuid])
    clock(session.ends_at)
    assert door() == "/organise/#registers"


def test_only_how_many_came_is_counted_on_other_days(recorder, session):
    CountDay.objects.all().delete()
    names = {name for name in drawn(recorder, session) if not name.startswith("seen:")}
    assert names == {"device", "came"}
    page = send(recorder, session, came="9")
    assert page.context["said"] == "Saved: 9 came."
    assert "Groups are asked on two dates a term." in page.content.decode()
    body = {"device": str(uuid.uuid4()), "batches": [batch(session, group__asian=1)]}
    assert post(recorder, body)[1]["refused"][0]["why"] == (
        "This is not a count day, so only how many came is counted."
    )


def test_owner_reads_what_was_put_right_and_an_officer_of_the_head_count_alone(client, session):
    host = session.activity.host
    by = make_member(host, Role.RECORDER)
    for changes in ({"came": 5, "group:asian": 2}, {"came": -1, "group:asian": -1}):
        registers.count(occurrence=session, changes=changes, by=by)
    address = reverse("register_corrections", args=[session.uuid])

    def read_by(person):
        client.force_login(person)
        answer = client.get(address)
        return answer.status_code, [words for _entry, words in (answer.context or {}).get("corrections", [])]

    assert read_by(make_member(host)) == (200, [["Came: from 5 to 4", "Asian: from 2 to 1"]])
    assert address in client.get(reverse("organise_date", args=[session.uuid])).content.decode()
    assert by.email in client.get(address).content.decode()
    assert read_by(make_officer(host.place)) == (200, [["Came: from 5 to 4", "Answers: put right"]])
    for other in (by, make_member(host, Role.EDITOR), make_member(make_organisation())):
        client.force_login(other)
        assert client.get(address).status_code == 404


def test_no_name_is_asked(recorder, session):
    names = {name.removeprefix("seen:").partition(":")[0] for name in drawn(recorder, session)}
    assert names == {"device", "came", "group", "age", "before", "sex", "school", "outcode", "another"}


def test_wall_stands_around_registers(client, session):
    address = reverse("register", args=[session.uuid])
    assert client.get(address).status_code == 302
    assert post(client, {"device": str(uuid.uuid4()), "batches": []})[0] == 401
    for person in (make_officer(session.activity.host.place), make_member(make_organisation())):
        client.force_login(person)
        assert client.get(address).status_code == 404
        assert client.post(address, {"step": "came+"}).status_code == 404
        body = {"device": str(uuid.uuid4()), "batches": [batch(session, came=1)]}
        assert post(client, body)[1]["refused"] == [
            {"at": 0, "number": 1, "why": "This register is not yours to take."}
        ]
    assert not Register.objects.exists()


def test_batches_are_taken_once_and_answered_by_number(recorder, session):
    body = {"device": str(uuid.uuid4()), "batches": [batch(session, 1, came=2), batch(session, 2, age__5=1)]}
    first = post(recorder, body)
    assert first == (
        200,
        {
            "taken": [1],
            "again": [],
            "refused": [{"at": 1, "number": 2, "why": "We do not know the answer “5”."}],
            "registers": {str(session.uuid): {"came": 2}},
            "said": "Saved: 2 came.",
        },
    )
    assert post(recorder, body)[1]["taken"] == [1]
    assert registers.figures_of(session) == {"came": 2}


def test_batches_need_the_token_of_the_page(session, client):
    client.handler.enforce_csrf_checks = True
    client.force_login(make_member(session.activity.host))
    body = json.dumps({"device": str(uuid.uuid4()), "batches": [batch(session, came=1)]})
    assert client.post(BATCHES, body, content_type="application/json").status_code == 403
    assert not Register.objects.exists()


NONSENSE = [
    *("", "x", "[]", "null", "1", '"a"', "{}", '{"batches": 1}', '{"batches": []}', "NaN", "[" * 50_000),
    '{"device": 1, "batches": []}',
    "1" * 5_000,
    b"\xff\xfe",
    '{"device": "\\u0000", "batches": [{}]}',
]


@pytest.mark.parametrize("body", NONSENSE, ids=range(len(NONSENSE)))
def test_json_that_is_no_list_of_batches_is_answered_in_words(recorder, body):
    assert post(recorder, body) == (400, {"why": "We could not read that."})


@pytest.mark.parametrize(
    "one",
    [
        *(None, 1, [], {}, "x", {"number": 1}, {"number": True, "changes": {"came": 1}}),
        {"number": 0, "changes": {"came": 1}},
        {"number": 2**31, "changes": {"came": 1}},
        {"changes": {}},
        {"changes": {"came": 1.5}},
        {"changes": {"came": "1"}},
        {"changes": {"came": None}},
        {"changes": {"came": 10**30}},
        {"changes": {"": 1}},
        {"changes": {"group:\x00": 1}},
        {"changes": {"outcode:\ud800": 1}},
        {"changes": {"\ud800:x": 1}},
        {"changes": {"school:" + "9" * 4000: 1}},
        {"register": "\x00", "changes": {"came": 1}},
        {"register": [], "changes": {"came": 1}},
    ],
)
def test_batch_that_cannot_be_counted_is_refused_and_the_next_is_taken(recorder, session, one):
    if isinstance(one, dict):
        one = {"number": 5, "register": str(session.uuid), **one}
    status, answer = post(
        recorder, {"device": str(uuid.uuid4()), "batches": [one, batch(session, 6, came=1)]}
    )
    assert (status, answer["taken"], [each["at"] for each in answer["refused"]]) == (200, [6], [0])
    assert registers.figures_of(session) == {"came": 1}


def test_too_much_at_once_is_refused(recorder, session):
    many = [batch(session, number, came=1) for number in range(1, 52)]
    assert post(recorder, {"device": str(uuid.uuid4()), "batches": many})[0] == 413
    assert post(recorder, " " * 100_001 + "{}")[0] == 400
    assert not Register.objects.exists()
