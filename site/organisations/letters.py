"""What people are told by mail about their organisation. Sent once the change is committed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from organisations.models import Organisation, Role


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
    """One mail each, so that nobody reads another's address. A server that takes none undoes nothing."""
    receivers = sorted(set(to))
    transaction.on_commit(lambda: _send(letter, receivers), robust=True)


def owners(organisation: Organisation) -> list[str]:
    """Where those who answer for it read their mail."""
    owning = organisation.memberships.filter(role=Role.OWNER, user__is_active=True)
    return list(owning.values_list("user__email", flat=True))


def _send(letter: Letter, receivers: list[str]) -> None:
    subject = " ".join(letter.subject.split())
    for receiver in receivers:
        mail = EmailMultiAlternatives(
            subject=subject,
            body=render_to_string("organisations/email/letter.txt", {"letter": letter}),
            to=[receiver],
        )
        mail.attach_alternative(
            render_to_string("organisations/email/letter.html", {"letter": letter}), "text/html"
        )
        mail.send()
