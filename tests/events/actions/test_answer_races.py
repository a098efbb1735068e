"""Many who answer at the same moment, on real connections."""

import datetime
import re

import pytest
from django.utils import timezone

from accounts.models import AuditEntry
from events.actions import answers
from events.models import Activity, AnswerCode, AnswerSession, AnswerToken, Occurrence
from tests.factories.activities import make_activity
from tests.factories.answers import counted, make_session
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {"group": "black", "age": "8-10", "before": "been-before"}


def take(session: Occurrence, token: str, **said: str) -> bool:
    return answers.take(occurrence=session, answers=said or SAID, token=token)


def end(session: Occurrence) -> None:
    """Four hours ago it began. `session` itself still says what it said."""
    began = timezone.now() - datetime.timedelta(hours=4)
    ended = began + datetime.timedelta(hours=1)
    Occurrence.objects.filter(pk=session.pk).update(starts_at=began, ends_at=ended)


def test_the_same_token_at_once_counts_once(together) -> None:
    session = make_session()
    results = together(*[lambda: take(session, "one") for _time in range(6)])
    assert (results, counted(session)["group:black"], AnswerToken.objects.count()) == ([True] * 6, 1, 1)


def test_without_its_key_the_same_token_would_count_each_time(together, without_unique) -> None:
    """The negative control: the session is held as ever, and nothing says that the form was there."""
    session = make_session()
    without_unique(AnswerToken, "digest")
    results = together(*[lambda: take(session, "one") for _time in range(6)])
    assert (results, counted(session)["group:black"], AnswerToken.objects.count()) == ([True] * 6, 6, 6)


def test_many_at_once_all_count_and_nobody_waits_for_ever(together) -> None:
    session = make_session()
    groups = ["asian", "black", "white", "other", "mixed", "not-stated"] * 2
    results = together(
        *[
            lambda place=place, group=group: take(session, f"token {place}", group=group, age="5-7")
            for place, group in enumerate(groups)
        ]
    )
    assert results == [True] * 12
    assert [counted(session)[f"group:{group}"] for group in groups] == [2] * 12
    assert (counted(session)["age:5-7"], counted(session)["before:not-stated"]) == (12, 12)


def test_without_the_addition_one_answer_would_be_written_over_another(
    together, all_look_before, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the counters are read, and then written with one more."""
    session = make_session()
    take(session, "the first of all")
    all_look_before(answers, "_told")
    told = answers._told

    def read_and_add(said: dict[str, str], edition: int) -> list[tuple[str, str, int]]:
        known = counted(session)
        return [
            (name, code, more + known.get(f"{name}:{code}", 0)) for name, code, more in told(said, edition)
        ]

    monkeypatch.setattr(answers, "_told", read_and_add)
    monkeypatch.setattr(
        answers, "TAKE", answers.TAKE.replace("kept.number + excluded.number", "excluded.number")
    )
    assert together(*[lambda token=token: take(session, token) for token in ("one", "two")]) == [True, True]
    assert (counted(session)["group:black"], AnswerToken.objects.count()) == (2, 3)


def test_whoever_answers_while_it_closes_is_counted_or_told(together) -> None:
    """The clock of the answer stands still, that of the closing is past the end."""
    session = make_session()
    take(session, "before")
    end(session)
    results = together(
        *[lambda place=place: take(session, f"late {place}") for place in range(4)],
        lambda: answers.close_over(dry_run=False),
    )
    assert counted(session)["group:black"] == 1 + results[:4].count(True)
    answers.close_over(dry_run=False)
    assert (AnswerToken.objects.count(), AnswerSession.objects.count()) == (0, 0)


def test_without_holding_the_session_an_answer_would_outlive_its_closing(
    meanwhile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the session is looked for first, and closes before the answer is written. It is
    counted into a closed register, and its digest is there for ever."""
    session = make_session()
    take(session, "before")
    end(session)
    held = r"UPDATE events_answersession.*?RETURNING register_id"
    looked_for = re.sub(held, "SELECT %(register)s::bigint AS register_id", answers.TAKE, flags=re.DOTALL)
    monkeypatch.setattr(answers, "TAKE", looked_for)
    closed = meanwhile(answers, "_told", lambda: answers.close_over(dry_run=False))
    assert (take(session, "late"), closed) == (True, [1])
    answers.close_over(dry_run=False)
    assert (counted(session)["group:black"], AnswerToken.objects.count()) == (2, 1)


def codes_of_four_who_ask(together, all_look_before) -> tuple[Activity, set[object]]:
    """All have found none before any is made."""
    activity = make_activity()
    by = make_member(activity.host)
    all_look_before(AnswerCode, "save", people=4)
    return activity, set(together(*[lambda: answers.code_of(activity=activity, by=by)] * 4))


def test_a_code_is_made_once_even_when_four_ask_at_once(together, all_look_before) -> None:
    activity, found = codes_of_four_who_ask(together, all_look_before)
    assert found == {AnswerCode.objects.get().code}
    assert AuditEntry.objects.filter(action="activity.code_made", subject=activity.uuid).count() == 1


def test_without_its_key_an_activity_would_have_a_code_for_each(
    together, all_look_before, without_unique
) -> None:
    """The negative control: the database takes a second code."""
    without_unique(AnswerCode, "activity_id")
    activity, found = codes_of_four_who_ask(together, all_look_before)
    assert found == set(AnswerCode.objects.values_list("code", flat=True))
    assert (len(found), AuditEntry.objects.filter(action="activity.code_made").count()) == (4, 4)
