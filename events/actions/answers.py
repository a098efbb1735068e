"""Answers that people give by themselves, on their phones: counted, and never kept.

One statement takes an answer. 1. It holds the session's row, so that nothing is counted into one that closes.
2. It writes the digest of the form's random number, which it finds there already when a form is sent again.
3. Only then it raises the counters. It writes *every* counter of the three questions, most of them by 0:
the rows that one transaction wrote last would otherwise say what one person answered together.
"""

import datetime
import hashlib
import hmac
import secrets
from collections.abc import Mapping

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import audit
from accounts.models import User
from diversity.categories import NOT_STATED, lists_of
from events.actions import sums
from events.answers import opening
from events.models import (
    CODE_LENGTH,
    LETTERS,
    MOST_SENT,
    Activity,
    AnswerCode,
    AnswerSession,
    AnswerToken,
    Counter,
    Occurrence,
    Question,
    Register,
    Source,
)
from places import clock

ASKED = (Question.GROUP, Question.AGE, Question.BEFORE)

TAKE = """
    WITH session AS (
        UPDATE events_answersession SET sent = sent + 1
        WHERE register_id = %(register)s AND key = %(key)s AND sent < %(most)s
        RETURNING register_id
    ), taken AS (
        INSERT INTO events_answertoken (digest, register_id)
        SELECT %(digest)s, register_id FROM session
        ON CONFLICT DO NOTHING
        RETURNING register_id
    )
    INSERT INTO events_counter AS kept (register_id, question, source, answer, number)
    SELECT register_id, question, %(source)s, answer, more
    FROM taken CROSS JOIN unnest(%(questions)s::text[], %(answers)s::text[], %(more)s::int[])
        AS told (question, answer, more)
    ORDER BY question, answer
    ON CONFLICT (register_id, question, source, answer) DO UPDATE SET number = kept.number + excluded.number
"""


def code_of(*, activity: Activity, by: User) -> str:
    """The activity's code, made when it is first asked for. It never changes."""
    known = AnswerCode.objects.filter(activity=activity).first()
    while known is None:
        known = _made(activity, by)
    return known.code


def _made(activity: Activity, by: User) -> AnswerCode | None:
    """None where another had the same code; the one that is there where two ask at once."""
    try:
        with transaction.atomic():
            made, new = AnswerCode.objects.get_or_create(activity=activity, defaults={"code": _drawn()})
            if new:
                host = activity.host.uuid
                audit.record(by=by, action="activity.code_made", subject=activity, organisation=host)
            return made
    except IntegrityError:
        return None


def _drawn() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))


def take(*, occurrence: Occurrence, answers: Mapping[str, str], token: str) -> bool:
    """Count one person's answers by question, once for each token. What is missing counts as not stated.

    Whoever sends it needs no permission and has no name. False where the session no longer takes answers.
    """
    if not opening.takes_answers(occurrence, timezone.now()):
        return False
    session = _session(occurrence)
    if session is None:
        return False
    told = _told(answers, session.register.edition)
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            {
                "register": occurrence.pk,
                "key": bytes(session.key),
                "most": MOST_SENT,
                "digest": hmac.digest(bytes(session.key), token.encode(), hashlib.sha256),
                "source": Source.ANSWERS.value,
                "questions": [question for question, _answer, _more in told],
                "answers": [answer for _question, answer, _more in told],
                "more": [more for _question, _answer, more in told],
            },
        )
        if cursor.rowcount:
            return True
    still_open = AnswerSession.objects.filter(pk=occurrence.pk, key=session.key, sent__lt=MOST_SENT)
    return still_open.exists()


def _session(occurrence: Occurrence) -> AnswerSession | None:
    """Made by whoever answers first. One that has just been closed is not made again: None."""
    register = getattr(occurrence, "register", None)
    found = getattr(register, "answer_session", None)
    if found is None:
        fresh = Occurrence.objects.select_related("count_day").get(pk=occurrence.pk)
        if not opening.takes_answers(fresh, timezone.now()):
            return None
        with transaction.atomic():
            Register.objects.bulk_create([Register(occurrence=occurrence)], ignore_conflicts=True)
            row = AnswerSession(register_id=occurrence.pk, key=secrets.token_bytes(32))
            AnswerSession.objects.bulk_create([row], ignore_conflicts=True)
        found = AnswerSession.objects.select_related("register").get(pk=occurrence.pk)
    return found


def _told(answers: Mapping[str, str], edition: int) -> list[tuple[str, str, int]]:
    """Every answer that there is, and by how much it is raised."""
    known = {question.value: (*lists_of(edition)[question.value], NOT_STATED) for question in ASKED}
    given = {
        question: answers[question] if answers.get(question) in codes else NOT_STATED
        for question, codes in known.items()
    }
    return [(question, code, int(code == given[question])) for question in known for code in known[question]]


def close_over(*, dry_run: bool) -> int:
    """Throw away key and digests of sessions that take no more answers; the counters stay.

    Where people answered at the door and the date was then put off to another day, the counters go too: they
    will be asked on that day, and would be counted twice.
    """
    now = timezone.now()
    rows = AnswerSession.objects.values_list("pk", flat=True)
    over = list(rows.filter(register__occurrence__ends_at__lte=now - opening.AFTER))
    tomorrow = clock.midnight(timezone.localdate(now) + datetime.timedelta(days=1))
    put_off = rows.filter(register__occurrence__starts_at__gte=tomorrow)
    put_off = list(put_off.filter(register__occurrence__starts_at__gt=now + opening.BEFORE))
    if dry_run:
        return len(over) + len(put_off)
    for key in over:
        _close(key, keep=True)
    for key in put_off:
        _close(key, keep=False)
    return len(over) + len(put_off)


@transaction.atomic
def _close(key: int, *, keep: bool) -> None:
    """Who answers at this moment holds the session's row, and is counted before."""
    AnswerSession.objects.filter(pk=key).delete()
    AnswerToken.objects.filter(register=key).delete()
    if not keep:
        Counter.objects.filter(register=key, source=Source.ANSWERS).delete()
    Register.objects.select_for_update(no_key=True).get(pk=key)
    sums.recount([key])


def wipe(*, dry_run: bool) -> int:
    """Where no session is open, give the files of both tables back: deleted rows stay in them for a while."""
    if dry_run:
        return int(not AnswerSession.objects.exists())
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE events_answersession, events_answertoken IN ACCESS EXCLUSIVE MODE")
        if AnswerSession.objects.exists():
            return 0
        cursor.execute("TRUNCATE events_answersession, events_answertoken")
    return 1
