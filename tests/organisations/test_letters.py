"""A letter is written down with the change that it tells of, and waits until the mail server has taken it."""

import datetime
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django.utils import timezone

from organisations import letters, tick
from organisations.letters import Letter
from organisations.models import WaitingLetter
from organisations.models.letter import KEPT

pytestmark = pytest.mark.django_db

LETTER = Letter("You are\nin", ("Welcome.",), label="Look", href="https://mingle.example/organise/")
BOTH = ("amina@a.example", "ben@b.example")
MINUTE = datetime.timedelta(minutes=1)


class Server(EmailBackend):
    """Takes nothing for those who are `away`."""

    away: frozenset[str] = frozenset()

    def send_messages(self, messages):  # noqa: ANN001, ANN201 - as Django has it
        if any(set(message.to) & self.away for message in messages):
            raise SMTPServerDisconnected
        return super().send_messages(messages)


@pytest.fixture
def server(settings, monkeypatch: pytest.MonkeyPatch) -> type[Server]:
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    monkeypatch.setattr(Server, "away", frozenset())
    return Server


def send(capture) -> None:
    with capture(execute=True):
        letters.send(LETTER, to=BOTH)


def reached() -> list[str]:
    return [receiver for message in mail.outbox for receiver in message.to]


def test_each_gets_one_of_their_own_and_nothing_is_left(
    server: type[Server], django_capture_on_commit_callbacks
) -> None:
    send(django_capture_on_commit_callbacks)
    assert reached() == list(BOTH)
    assert [message.subject for message in mail.outbox] == ["You are in"] * 2
    assert not WaitingLetter.objects.exists()


def test_a_mailbox_that_is_away_keeps_no_other_waiting_and_is_tried_again(
    server: type[Server], django_capture_on_commit_callbacks
) -> None:
    server.away = frozenset(BOTH[:1])
    send(django_capture_on_commit_callbacks)
    assert reached() == [BOTH[1]]
    [waiting] = WaitingLetter.objects.all()
    assert (waiting.receiver, waiting.tries) == (BOTH[0], 1)
    assert tick.post_letters(dry_run=False) == 0
    server.away = frozenset()
    assert tick.post_letters(dry_run=False) == 0, "its turn has not come"
    assert letters.post_all(now=waiting.try_at, dry_run=True) == 1
    assert letters.post_all(now=waiting.try_at) == 1
    assert reached() == [BOTH[1], BOTH[0]]
    assert "https://mingle.example/organise/" in mail.outbox[-1].body
    assert not WaitingLetter.objects.exists()


def test_pauses_grow_and_after_three_days_nobody_tries_again(
    server: type[Server], django_capture_on_commit_callbacks
) -> None:
    server.away = frozenset(BOTH)
    send(django_capture_on_commit_callbacks)
    began = WaitingLetter.objects.earliest("pk").written_at
    moment, pauses = began, []
    while waiting := WaitingLetter.objects.filter(receiver=BOTH[0]).first():
        pauses.append(waiting.try_at - moment)
        moment = waiting.try_at
        letters.post_all(now=moment)
    assert [round(pause / MINUTE) for pause in pauses[:9]] == [1, 2, 4, 8, 16, 32, 64, 128, 256]
    assert set(pauses[10:]) == {datetime.timedelta(hours=6)}
    assert KEPT <= moment - began < KEPT + datetime.timedelta(hours=6, minutes=1)
    assert reached() == []


def test_what_is_taken_back_is_told_to_nobody(server: type[Server]) -> None:
    with transaction.atomic():
        letters.send(LETTER, to=BOTH)
        transaction.set_rollback(True)
    assert not WaitingLetter.objects.exists()
    assert letters.post_all(now=timezone.now()) == 0
    assert reached() == []


def test_a_letter_survives_a_kill_right_after_the_commit(server: type[Server]) -> None:
    """Nothing that was to happen after the commit has happened."""
    letters.send(LETTER, to=BOTH)
    assert reached() == []
    assert tick.post_letters(dry_run=False) == 2
    assert reached() == list(BOTH)
