"""Poster, tablet and slips of paper for whoever runs an activity."""

import html
import re

import pytest
import zxingcpp
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import slips
from events.models import AnswerCode, CountDay, Counter, Occurrence, Register, Source
from organisations.actions import members
from organisations.models import Organisation, Role, State
from tests.design.test_qr import seen
from tests.events.cms import signed_in
from tests.events.conftest import clock as clock  # the fixture: time stands still
from tests.factories.answers import counted, make_session
from tests.factories.people import make_member, make_officer, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Occurrence:
    return make_session("Street football")


@pytest.fixture
def recorder(session: Occurrence) -> Client:
    return signed_in(make_member(session.activity.host, Role.RECORDER))


def page(name: str, session: Occurrence) -> str:
    return reverse(name, args=[session.activity.uuid])


def words(answer) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


def typed(client: Client, session: Occurrence, **numbers: object) -> str:
    """Open the page, type and save; returns what it says."""
    address = reverse("type_slips", args=[session.uuid])
    opened = client.get(address).content.decode()
    fields = {"seen": re.search(r'name="seen" value="(\w+)"', opened)[1]}
    fields |= {name.replace("__", "-"): number for name, number in numbers.items()}
    return words(client.post(address, fields, follow=True))


def test_the_poster_has_the_code_of_the_form_and_it_never_changes(
    session: Occurrence, recorder: Client
) -> None:
    texts = []
    for _time in range(2):
        poster = recorder.get(page("asking_poster", session)).content.decode()
        code = re.search(r'<div class="poster__code poster__code--large">(<svg.*?</svg>)', poster, re.DOTALL)[
            1
        ]
        texts += [read.text for read in zxingcpp.read_barcodes(seen(code))]
    assert texts == [f"http://localhost:8000/r/{AnswerCode.objects.get().code}"] * 2
    assert "You can leave out any question" in poster
    assert not re.search(r"<style|\sstyle=|<script(?![^>]*src=)", poster)


def test_ways_to_ask_lead_to_form_tablet_and_paper(session: Occurrence, recorder: Client) -> None:
    ways = recorder.get(page("asking", session)).content.decode()
    code = AnswerCode.objects.get().code
    paper = page("asking_slips", session)
    for address in (f"/r/{code}", f"/r/{code}/kiosk", paper, f"{paper}?for=parents"):
        assert f'href="{address}"' in ways
    assert (
        f'href="{page("asking", session)}"'
        in recorder.get(page("organise_activity", session)).content.decode()
    )
    assert AuditEntry.objects.filter(action="activity.code_made").count() == 1


@pytest.mark.parametrize("name", ["asking", "asking_poster", "asking_slips"])
def test_strangers_and_visitors_get_none(client: Client, session: Occurrence, name: str) -> None:
    assert signed_in(make_user()).get(page(name, session)).status_code == 404
    assert client.get(page(name, session)).status_code == 302


def test_what_is_not_public_has_no_poster_and_says_why(session: Occurrence, recorder: Client) -> None:
    Organisation.objects.filter(pk=session.activity.host_id).update(state=State.SUSPENDED)
    answer = recorder.get(page("asking_poster", session), follow=True)
    assert "It is not public now, so a poster would lead nowhere." in words(answer)


@pytest.mark.parametrize(
    ("query", "number", "said"), [("", 8, "Tick what is right"), ("?for=parents", 4, "Dear parent")]
)
def test_slips_are_several_a_page_and_parents_have_their_own_words(
    session: Occurrence, recorder: Client, query: str, number: int, said: str
) -> None:
    answer = recorder.get(page("asking_slips", session) + query)
    assert (answer.content.decode().count('<article class="slip">'), words(answer).count(said)) == (
        number,
        number,
    )
    assert words(answer).count("I would rather not say") == 3 * number


def test_totals_are_kept_and_what_was_left_empty_is_the_rest(session: Occurrence, recorder: Client) -> None:
    said = typed(recorder, session, number=5, group__asian=2, group__white=1, age__8_10="", before__x=1)
    assert "Saved." in said
    assert counted(session) == {
        "group:asian": 2,
        "group:white": 1,
        "group:not-stated": 2,
        "age:not-stated": 5,
        "before:not-stated": 5,
    }
    assert set(Counter.objects.values_list("source", flat=True)) == {Source.SLIPS}
    entry = AuditEntry.objects.get(action="register.slips_typed")
    assert (entry.subject, entry.details) == (session.uuid, {"slips": 5, "before": 0})


def test_typing_again_puts_right_and_never_adds(session: Occurrence, recorder: Client) -> None:
    typed(recorder, session, number=5, group__asian=2)
    assert (
        'name="group-asian" value="2"'
        in recorder.get(reverse("type_slips", args=[session.uuid])).content.decode()
    )
    typed(recorder, session, number=4, group__asian=3)
    assert counted(session) == {
        "group:asian": 3,
        "group:not-stated": 1,
        "age:not-stated": 4,
        "before:not-stated": 4,
    }
    assert "It was so already." in typed(recorder, session, number=4, group__asian=3)
    assert AuditEntry.objects.filter(action="register.slips_typed").count() == 2


def test_more_ticks_than_slips_are_told_beside_the_question_and_all_stays(
    session: Occurrence, recorder: Client
) -> None:
    address = reverse("type_slips", args=[session.uuid])
    answer = recorder.post(
        address, {"number": "3", "group-asian": "2", "group-white": "4", "before-been-before": "1"}
    )
    assert "These add up to 6, but there were 3 slips." in words(answer)
    page = answer.content.decode()
    kept = dict(re.findall(r'name="([\w-]+)" value="(\d+)"', page))
    assert {name: kept[name] for name in ("number", "group-asian", "group-white", "before-been-before")} == {
        "number": "3",
        "group-asian": "2",
        "group-white": "4",
        "before-been-before": "1",
    }
    assert counted(session) == {}


@pytest.mark.parametrize("number", ["", "-1", "many", "5001", "\x00", "9" * 400, "1.5"])
def test_a_number_that_is_none_is_told(session: Occurrence, recorder: Client, number: str) -> None:
    answer = recorder.post(reverse("type_slips", args=[session.uuid]), {"number": number})
    assert (answer.status_code, "It has not been saved yet." in words(answer), counted(session)) == (
        200,
        True,
        {},
    )


def test_who_types_second_is_told_and_nothing_is_written_over(session: Occurrence, recorder: Client) -> None:
    address = reverse("type_slips", args=[session.uuid])
    seen_before = re.search(r'name="seen" value="(\w+)"', recorder.get(address).content.decode())[1]
    typed(recorder, session, number=5, group__asian=2)
    answer = recorder.post(address, {"seen": seen_before, "number": 9})
    assert "Somebody else has just typed in slips." in words(answer)
    assert counted(session)["age:not-stated"] == 5


def test_two_who_type_at_once_are_told_apart(session: Occurrence) -> None:
    by = make_member(session.activity.host)
    totals = {question: {"not-stated": 1} for question in ("group", "age", "before")}
    assert slips.put_totals(occurrence=session, totals=totals, by=by) is True
    with pytest.raises(slips.ValidationError, match="Somebody else has just typed in slips"):
        slips.put_totals(
            occurrence=session,
            totals={question: {"not-stated": 2} for question in totals},
            by=by,
            unchanged=lambda now: now == {},
        )


def test_before_the_start_and_after_closing_no_slips_are_typed(session: Occurrence, recorder: Client) -> None:
    later = session.activity.occurrences.exclude(pk=session.pk).earliest("starts_at")
    assert "This date has not begun" in typed(recorder, later, number=1)
    Register.objects.create(occurrence=session, closed_at=timezone.now())
    assert "This register is closed." in typed(recorder, session, number=1)
    assert (counted(session), counted(later)) == ({}, {})


def test_slips_and_phones_do_not_touch_each_other(session: Occurrence, recorder: Client) -> None:
    Register.objects.create(occurrence=session, came=4)
    Counter.objects.create(
        register_id=session.pk, question="group", source=Source.ANSWERS, answer="asian", number=3
    )
    typed(recorder, session, number=2, group__asian=2)
    rows = Counter.objects.filter(question="group", answer="asian").order_by("source")
    assert list(rows.values_list("source", "number")) == [("answers", 3), ("slips", 2)]


def test_only_who_takes_the_register_types_slips(client: Client, session: Occurrence) -> None:
    """No officer, and nobody who has left; a recorder does (`recorder`, in all other tests)."""
    address = reverse("type_slips", args=[session.uuid])
    host = session.activity.host
    former = make_member(host, Role.RECORDER)
    members.remove(organisation=host, user=former, by=make_member(host, Role.OWNER))
    former.refresh_from_db()
    for user in (make_user(), former, make_officer(host.place)):
        assert signed_in(user).post(address, {"number": 3}).status_code == 404
        with pytest.raises(slips.MayNotChange):
            slips.put_totals(occurrence=session, totals={}, by=user)
    assert client.get(address).status_code == 302
    assert counted(session) == {}


def test_slips_are_for_count_days_and_what_was_typed_can_be_put_right(
    session: Occurrence, recorder: Client
) -> None:
    typed(recorder, session, number=5, group__asian=2)
    CountDay.objects.all().delete()
    assert "Saved." in typed(recorder, session, number=4, group__asian=2)
    Counter.objects.all().delete()
    assert "This is not a count day, so only how many came is counted." in typed(recorder, session, number=1)
    assert counted(session) == {}
    date = recorder.get(reverse("organise_date", args=[session.uuid])).content.decode()
    assert reverse("type_slips", args=[session.uuid]) not in date
