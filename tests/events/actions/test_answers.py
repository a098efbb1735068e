"""Counting answers: once each, with nothing left that says who gave which together."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from events import tick
from events.actions import answers, occurrences, publishing
from events.answers import opening
from events.models import (
    CODE_LENGTH,
    LETTERS,
    AnswerSession,
    AnswerToken,
    Counter,
    Occurrence,
    Source,
)
from tests.factories.activities import make_activity
from tests.factories.answers import code_of, counted, make_session
from tests.factories.attendance import make_register
from tests.factories.people import make_member

pytestmark = pytest.mark.django_db(transaction=True)

SAID = {"group": "black", "age": "8-10", "before": "been-before"}
OVER = datetime.timedelta(hours=4)


def take(session: Occurrence, token: str, **said: str) -> bool:
    return answers.take(occurrence=session, answers=said or SAID, token=token)


def end(session: Occurrence) -> None:
    Occurrence.objects.filter(pk=session.pk).update(
        starts_at=timezone.now() - OVER, ends_at=timezone.now() - OVER + datetime.timedelta(hours=1)
    )


def start(session: Occurrence) -> None:
    now = timezone.now()
    Occurrence.objects.filter(pk=session.pk).update(starts_at=now, ends_at=now + datetime.timedelta(hours=1))


def test_a_resend_after_the_end_is_not_counted() -> None:
    session = make_session()
    take(session, "one")
    end(session)
    answers.close_over(dry_run=False)
    session.refresh_from_db()
    assert (take(session, "one"), counted(session)["group:black"]) == (False, 1)


def test_closing_throws_key_and_digests_away_and_keeps_the_counters() -> None:
    session, still_open = make_session(), make_session()
    for date in (session, still_open):
        take(date, "one")
    end(session)
    assert tick.close_answers(dry_run=True) == 1
    assert AnswerToken.objects.count() == 2
    assert tick.close_answers(dry_run=False) == 1
    assert list(AnswerSession.objects.values_list("pk", flat=True)) == [still_open.pk]
    assert list(AnswerToken.objects.values_list("register", flat=True)) == [still_open.pk]
    assert counted(session) == {"group:black": 1, "age:8-10": 1, "before:been-before": 1}
    assert tick.close_answers(dry_run=False) == 0


def test_a_session_that_has_closed_is_not_opened_again_by_who_was_slow() -> None:
    """Whoever sent the form had found the session open; it closes before the answer is written."""
    session = make_session()
    take(session, "one")
    end(session)
    answers.close_over(dry_run=False)
    assert (take(session, "one"), take(session, "two")) == (False, False)
    assert (counted(session)["group:black"], AnswerSession.objects.count()) == (1, 0)


def test_a_date_that_is_put_off_to_another_day_is_asked_anew() -> None:
    """People answer at the door; then the hall is locked, and they come again tomorrow."""
    session = make_session(started=datetime.timedelta(minutes=-10))
    by = make_member(session.activity.host)
    make_register(session, [3], source=Source.TYPED)
    take(session, "one")
    tomorrow = session.starts_at + datetime.timedelta(days=1)
    occurrences.move(
        occurrence=session, starts_at=tomorrow, ends_at=tomorrow + datetime.timedelta(hours=1), by=by
    )
    assert tick.close_answers(dry_run=True) == 1
    assert tick.close_answers(dry_run=False) == 1
    assert (AnswerSession.objects.count(), AnswerToken.objects.count()) == (0, 0)
    assert counted(session) == {"group:asian": 3}
    assert take(Occurrence.objects.get(pk=session.pk), "one") is False
    start(session)
    assert take(Occurrence.objects.get(pk=session.pk), "one") is True
    assert counted(session) == {
        "group:asian": 3,
        "group:black": 1,
        "age:8-10": 1,
        "before:been-before": 1,
    }


def test_a_date_that_is_put_off_to_the_same_evening_keeps_its_answers() -> None:
    session = make_session(started=datetime.timedelta(minutes=-10))
    by = make_member(session.activity.host)
    take(session, "one")
    later = session.starts_at + datetime.timedelta(minutes=40)
    occurrences.move(occurrence=session, starts_at=later, ends_at=later + datetime.timedelta(hours=1), by=by)
    assert tick.close_answers(dry_run=False) == 0
    start(session)
    session = Occurrence.objects.get(pk=session.pk)
    assert (take(session, "one"), take(session, "two")) == (True, True)
    assert counted(session)["group:black"] == 2


def test_a_date_that_has_begun_is_not_moved_so_that_what_is_closed_stays_closed() -> None:
    session = make_session()
    take(session, "one")
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    ends = tomorrow + datetime.timedelta(hours=1)
    by = make_member(session.activity.host)
    for over in (False, True):
        if over:
            end(session)
            answers.close_over(dry_run=False)
        seen = Occurrence.objects.select_related("activity__host").get(pk=session.pk)
        with pytest.raises(ValidationError) as caught:
            occurrences.move(occurrence=seen, starts_at=tomorrow, ends_at=ends, by=by)
        assert caught.value.messages == ["This date has begun or is over, so it stays as it was."]
    with transaction.atomic():
        publishing.settle(activity=publishing.lock(session.activity), by=by)
    assert Occurrence.objects.get(pk=session.pk).ends_at < timezone.now() - opening.AFTER


def test_files_are_given_back_only_where_no_session_is_open() -> None:
    session = make_session()
    take(session, "one")
    assert (answers.wipe(dry_run=False), AnswerToken.objects.count()) == (0, 1)
    end(session)
    answers.close_over(dry_run=False)
    assert (answers.wipe(dry_run=True), _size() > 0) == (1, True)
    assert (answers.wipe(dry_run=False), _size()) == (1, 0)


def test_the_table_of_counted_forms_holds_no_answer_no_time_and_no_device() -> None:
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, AnswerToken._meta.db_table)
        defaults = connection.introspection.get_sequences(cursor, AnswerToken._meta.db_table)
    assert ([column.name for column in columns], defaults) == (["digest", "register_id"], [])


def test_no_row_tells_which_answers_were_given_together() -> None:
    """PostgreSQL keeps in each row which transaction wrote it: it is the last one's in every counter, so that
    no counter can be laid beside another one, nor beside the digest of any answer but the last."""
    session = make_session()
    for place, group in enumerate(("asian", "white", "white", "mixed")):
        take(session, f"token {place}", group=group, age="5-7" if place % 2 else "8-10")
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT xmin::text FROM events_counter")
        counters = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT xmin::text FROM events_answertoken")
        digests = [row[0] for row in cursor.fetchall()]
    assert (len(counters), len(set(digests)), sum(each in counters for each in digests)) == (1, 4, 1)
    assert Counter.objects.count() == 6 + 11 + 3


def test_the_digest_cannot_be_made_without_the_key_of_its_session() -> None:
    one, other = make_session(), make_session()
    for session in (one, other):
        take(session, "the same token")
    digests = [bytes(digest) for digest in AnswerToken.objects.values_list("digest", flat=True)]
    keys = [bytes(key) for key in AnswerSession.objects.values_list("key", flat=True)]
    assert (len(set(digests)), len(set(keys)), [len(key) for key in keys]) == (2, 2, [32, 32])


def test_an_unknown_answer_counts_as_not_stated() -> None:
    session = make_session()
    take(session, "one", group="martian", sex="female")
    assert counted(session) == {"group:not-stated": 1, "age:not-stated": 1, "before:not-stated": 1}


def test_codes_have_no_letters_that_look_alike_and_differ() -> None:
    codes = [code_of(make_activity()) for _time in range(3)]
    assert (len(set(codes)), {len(code) for code in codes}) == (3, {CODE_LENGTH})
    assert set("".join(codes)) <= set(LETTERS)
    assert set(LETTERS) & set("01oilqgszbuaeiou") == set()


def test_a_code_that_another_has_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = make_activity(), make_activity()
    drawn = iter(["2" * CODE_LENGTH, "2" * CODE_LENGTH, "3" * CODE_LENGTH])
    monkeypatch.setattr(answers, "_drawn", lambda: next(drawn))
    assert [code_of(activity) for activity in (first, second)] == ["2" * CODE_LENGTH, "3" * CODE_LENGTH]


def _size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('events_answertoken')")
        return cursor.fetchone()[0]
