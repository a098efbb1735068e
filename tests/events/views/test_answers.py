"""The form behind the code on the wall."""

import datetime
import html
import re

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diversity.categories import EDITION, LISTS, NOT_STATED
from events.actions import answers
from events.answers import allowance
from events.forms.answers import AnswerForm
from events.models import Activity, AnswerSession, CountDay, Occurrence, State
from events.wording.categories import ASKED
from organisations.models import Organisation
from organisations.models import State as OrganisationState
from tests.events.conftest import NOW
from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.answers import code_of, counted, make_session, opened, send
from tests.factories.count_days import make_count_day

pytestmark = pytest.mark.django_db

SAID = {"group": "asian", "age": "11-13", "before": "first-time"}
SECOND = "Tue 1 December, 4:30–6 pm"


@pytest.fixture(autouse=True)
def _nothing_sent() -> None:
    allowance.forget()


@pytest.fixture
def session() -> Occurrence:
    return make_session("Street football")


@pytest.fixture
def address(session: Occurrence) -> str:
    return f"/r/{code_of(session.activity)}"


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def second_of(session: Occurrence) -> Occurrence:
    return session.activity.occurrences.exclude(pk=session.pk).earliest("starts_at")


def test_an_answer_is_counted_and_leaves_no_cookie(client: Client, session: Occurrence, address: str) -> None:
    answer = send(client, address, **SAID)
    assert (answer.status_code, "Thank you" in words(answer)) == (200, True)
    assert counted(session) == {"group:asian": 1, "age:11-13": 1, "before:first-time": 1}
    assert (list(client.cookies), answer["Cache-Control"]) == ([], "no-store")


def test_each_question_says_who_sees_it_and_may_be_left_out(
    client: Client, session: Occurrence, address: str
) -> None:
    page = client.get(address)
    text = words(page)
    assert text.count("I would rather not say") == 3
    assert text.count("Nobody ever sees what you said: not the organiser, not your school") == 3
    assert (page["Cache-Control"], "Street football" in text) == ("no-store", True)
    send(client, address, group="white", age=NOT_STATED)
    assert counted(session) == {"group:white": 1, "age:not-stated": 1, "before:not-stated": 1}


def test_every_answer_of_the_lists_has_words() -> None:
    assert {question: tuple(said) for question, said in ASKED.items()} == {
        question: (*LISTS[1][question], NOT_STATED) for question in ("group", "age", "before")
    }


def test_sent_twice_it_counts_once_and_is_thanked_twice(
    client: Client, session: Occurrence, address: str
) -> None:
    form = {**opened(client, address), **SAID}
    pages = [words(client.post(address, form)) for _time in range(2)]
    assert (pages[0] == pages[1], counted(session)["group:asian"]) == (True, 1)
    send(client, address, **SAID)
    assert counted(session)["group:asian"] == 2


@pytest.mark.parametrize(
    ("minutes", "is_open"), [(-16, False), (-15, True), (0, True), (179, True), (180, False)]
)
def test_it_is_open_from_a_quarter_before_until_two_hours_after(
    client: Client, clock, minutes: int, is_open: bool
) -> None:
    """The session is from noon to one, the second count day a day and some hours later."""
    session = make_session(started=datetime.timedelta(0))
    make_count_day(second_of(session), 2)
    address = f"/r/{code_of(session.activity)}"
    clock(NOW + datetime.timedelta(minutes=minutes))
    text = words(client.get(address))
    assert ("Three questions" in text, "Not open now" in text) == (is_open, not is_open)
    assert is_open or "We ask next:" in text


def test_what_is_sent_after_the_end_is_not_counted_and_says_when_the_next_is(
    client: Client, clock, session: Occurrence, address: str
) -> None:
    form = {**opened(client, address), **SAID}
    clock(NOW + datetime.timedelta(hours=3))
    make_count_day(second_of(session), 2)
    answer = client.post(address, form)
    assert (answer.status_code, counted(session)) == (409, {})
    assert f"We ask next: {SECOND}" in words(answer)


def test_on_other_days_it_is_closed_and_a_form_from_before_counts_nothing(
    client: Client, session: Occurrence, address: str
) -> None:
    form = {**opened(client, address), **SAID}
    CountDay.objects.all().delete()
    assert "Not open now" in words(client.get(address))
    assert (client.post(address, form).status_code, counted(session)) == (409, {})
    session = Occurrence.objects.get(pk=session.pk)
    assert answers.take(occurrence=session, answers=SAID, token="one") is False


def test_a_count_day_is_told_once_it_is_announced_and_not_before(
    client: Client, session: Occurrence, address: str
) -> None:
    """Neither by words nor by a form that is open: the draw is a secret until the mail goes out."""
    CountDay.objects.update(announced_at=None)
    make_count_day(second_of(session), 2)
    CountDay.objects.update(announced_at=None)
    text = words(client.get(address))
    assert ("Not open now" in text, "We ask next:" in text) == (True, False)
    assert "The next date stands here a week before." in text
    CountDay.objects.filter(number=2).update(announced_at=NOW)
    assert f"We ask next: {SECOND}" in words(client.get(address))


def test_a_session_that_was_called_off_takes_no_answers(
    client: Client, session: Occurrence, address: str
) -> None:
    Occurrence.objects.filter(pk=session.pk).update(state=State.CANCELLED, reason="Snow")
    assert "Not open now" in words(client.get(address))


def test_between_two_sessions_the_one_that_is_on_is_answered(clock) -> None:
    session = make_session()
    later = second_of(session)
    make_count_day(later, 2)
    Occurrence.objects.filter(pk=later.pk).update(
        starts_at=session.ends_at, ends_at=session.ends_at + datetime.timedelta(hours=1)
    )
    code = code_of(session.activity)
    found = []
    for minutes in (10, 45, 60, 180):
        clock(NOW + datetime.timedelta(minutes=minutes))
        found.append(answers.opening.find(code, timezone.now()).now.pk)
    assert found == [session.pk, session.pk, later.pk, later.pk]


@pytest.mark.parametrize("code", ["nonsense", "23456789", "é", "0", "a" * 900, "%00"])
def test_a_code_of_nobody_leads_nowhere(client: Client, code: str) -> None:
    answer = client.get(f"/r/{code}")
    assert (answer.status_code, "This code leads nowhere" in words(answer)) == (404, True)


def test_a_code_is_read_whatever_its_letters_are(client: Client, address: str) -> None:
    assert client.get(f"/r/{address[3:].upper()}").status_code == 200


def test_nothing_is_said_of_what_is_not_public(client: Client, session: Occurrence, address: str) -> None:
    Organisation.objects.filter(pk=session.activity.host_id).update(state=OrganisationState.SUSPENDED)
    answer = client.get(address)
    assert (answer.status_code, "Street football" in words(answer)) == (404, False)


def test_another_site_cannot_send_it(client: Client, session: Occurrence, address: str) -> None:
    form = {**opened(client, address), **SAID}
    assert client.post(address, form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert counted(session) == {}


def test_an_old_token_loses_no_answer(client: Client, session: Occurrence, address: str) -> None:
    stale = client.post(address, {**SAID, "token": "made:up:token"})
    assert "Please press Send once more." in words(stale)
    assert len(re.findall(r"checked", stale.content.decode())) == 3
    fresh = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', stale.content.decode()))
    client.post(address, {**SAID, **fresh})
    assert counted(session)["age:11-13"] == 1


def test_the_token_of_one_session_is_no_good_for_another(client: Client, address: str) -> None:
    other = make_session("Chess")
    form = {**opened(client, address), **SAID}
    assert "once more" in words(client.post(f"/r/{code_of(other.activity)}", form))
    assert counted(other) == {}


def test_an_answer_that_is_none_is_told_beside_its_question(
    client: Client, session: Occurrence, address: str
) -> None:
    answer = send(client, address, **{**SAID, "age": "young"})
    assert "Choose one of these answers, or leave it out." in words(answer)
    assert counted(session) == {}


def test_a_whole_hall_may_answer_and_a_program_may_not_go_on(
    client: Client, session: Occurrence, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "IN_A_SPAN", 3)
    statuses = [send(client, address, **SAID).status_code for _time in range(5)]
    assert (statuses, counted(session)["group:asian"]) == ([200, 200, 200, 429, 429], 3)
    elsewhere = Client(REMOTE_ADDR="192.0.2.9")
    assert send(elsewhere, address, **SAID).status_code == 200


def test_one_address_may_send_more_than_a_hall_needs() -> None:
    assert allowance.IN_A_SPAN >= 3 * 300


def test_a_session_that_is_flooded_takes_no_more(client: Client, session: Occurrence, address: str) -> None:
    send(client, address, **SAID)
    AnswerSession.objects.update(sent=5_000)
    assert send(client, address, **SAID).status_code == 409
    assert counted(session)["group:asian"] == 1


@given(
    sent=st.dictionaries(
        st.sampled_from(["token", "group", "age", "before", "register", "came", "\x00"]), st.text(max_size=40)
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
def test_rubbish_is_never_counted_and_never_an_error(
    client: Client, session: Occurrence, address: str, sent: dict[str, str]
) -> None:
    answer = client.post(address, sent)
    assert (answer.status_code, counted(session)) == (200, {})


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"token=%ZZ&group=%00", b"&" * 3000, b"--x\r\n"])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x"])
def test_a_body_that_is_no_form_is_never_an_error(
    client: Client, address: str, body: bytes, kind: str
) -> None:
    assert client.post(address, data=body, content_type=kind).status_code in {200, 400}


def test_on_a_shared_tablet_the_way_is_back_to_an_empty_form(
    client: Client, session: Occurrence, address: str
) -> None:
    kiosk = f"{address}/kiosk"
    answer = send(client, kiosk, **SAID)
    page = answer.content.decode()
    assert re.findall(r'href="([^"]+)" data-next', page) == [kiosk]
    assert ('<header class="header"' in page, "<footer" in page) == (False, False)
    assert "checked" not in client.get(kiosk).content.decode()
    assert counted(session)["group:asian"] == 1


def test_reading_and_answering_ask_the_database_little(
    client: Client, session: Occurrence, address: str, django_assert_num_queries
) -> None:
    form = {**opened(client, address), **SAID}
    client.post(address, form)
    with django_assert_num_queries(2):
        form = {**opened(client, address), **SAID}
    with django_assert_num_queries(3):
        client.post(address, form)


def test_the_form_is_the_same_for_every_session() -> None:
    assert list(AnswerForm(purpose="x", edition=EDITION).fields) == ["token", "group", "age", "before"]
    assert Activity.objects.count() == 0
