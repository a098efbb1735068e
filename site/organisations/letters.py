"""What people are told by mail about their organisation. Sent once the change is committed."""

import datetime
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from organisations.models import Organisation, Role, WaitingLetter
from organisations.models.letter import KEPT, LONGEST_SUBJECT

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Letter:
    """`label` and `href` are the one thing that it asks for, if it asks for anything; the other is a link
    below it, for who cannot say yes."""

    subject: str
    lines: tuple[str, ...]
    label: str = ""
    href: str = ""
    other_label: str = ""
    other_href: str = ""


def address(name: str, *args: object) -> str:
    """A page of ours in full, as a mail carries it."""
    return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=args)}"


def send(letter: Letter, *, to: Iterable[str]) -> None:
    """One mail each, so that nobody reads another's address. They are written down with the change that they
    tell of and tried when it is committed: a server that takes none undoes nothing, and is asked again."""
    now = timezone.now()
    words = {
        "subject": " ".join(letter.subject.split())[:LONGEST_SUBJECT],
        "text": render_to_string("organisations/email/letter.txt", {"letter": letter}),
        "html": render_to_string("organisations/email/letter.html", {"letter": letter}),
    }
    waiting = WaitingLetter.objects.bulk_create(
        WaitingLetter(receiver=receiver, written_at=now, try_at=now, **words) for receiver in sorted(set(to))
    )
    keys = [each.pk for each in waiting]
    transaction.on_commit(lambda: [post(key, timezone.now()) for key in keys], robust=True)


def post_all(*, now: datetime.datetime, dry_run: bool = False) -> int:
    """Every letter whose turn it is; returns how many have gone."""
    keys = list(WaitingLetter.objects.due(now).order_by("try_at", "pk").values_list("pk", flat=True))
    return len(keys) if dry_run else sum(post(key, now) for key in keys)


@transaction.atomic
def post(key: int, now: datetime.datetime) -> bool:
    """True where it has gone. Whoever else is at it is left to it; after three days nobody tries again."""
    waiting = WaitingLetter.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if waiting is None:
        return False
    mail = EmailMultiAlternatives(subject=waiting.subject, body=waiting.text, to=[waiting.receiver])
    mail.attach_alternative(waiting.html, "text/html")
    has_gone = delivered(mail, "a letter")
    if has_gone or now - waiting.written_at >= KEPT:
        waiting.delete()
    else:
        waiting.try_at, waiting.tries = waiting.after(now), waiting.tries + 1
        waiting.save(update_fields=["try_at", "tries"])
    return has_gone


def delivered(mail: EmailMultiAlternatives, what: str) -> bool:
    """Whether the mail server has taken it. The log says `what` did not go, and nothing of what it says."""
    try:
        mail.send()
    except (OSError, SMTPException, ValueError) as error:
        log.warning("%s did not go, it is tried again: %s", what, type(error).__name__)
        return False
    return True


def owners(organisation: Organisation, *, but: User | None = None) -> list[str]:
    """Where those who answer for it read their mail; not whoever did what they are told of."""
    owning = organisation.memberships.filter(role=Role.OWNER, user__is_active=True).exclude(user=but)
    return list(owning.values_list("user__email", flat=True))
