"""What "Ready for tonight" puts into a phone: the registers of the next 24 hours.

Names of activity and venue, the time, and counts; of no person anything.
"""

import datetime
import hashlib
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from events import figures, permissions, register_page
from events.actions import count_days, registers
from events.figures import CAME
from events.forms.register import Sent
from events.models import Occurrence
from events.register_page import Asked, Line
from events.wording import full_date_words, lasting_when_words, time_words

AHEAD = datetime.timedelta(hours=24)
MOST = 60
SALT = "events.stored_registers"


def person(user: User) -> str:
    """A sign that tells a phone whether the same person is signed in again; whose it is, only we can tell.

    It must not change with the secret key: what waits in phones would belong to nobody.
    """
    return hashlib.sha256(f"{SALT} {user.uuid}".encode()).hexdigest()[:32]


def coming(user: User, now: datetime.datetime) -> list[Occurrence]:
    """What is on, and what begins in the next 24 hours."""
    rows = permissions.recordable_by(user).happening().select_related("activity", "venue", "register")
    rows = rows.filter(starts_at__lte=now + AHEAD, ends_at__gt=now)
    return list(rows.order_by("starts_at", "id")[:MOST])


def told(user: User, now: datetime.datetime) -> dict[str, Any]:
    """All that the phone keeps, and one sentence on it."""
    found = coming(user, now)
    keys = [row.pk for row in found]
    counts, asking = registers.figures_by_session(keys), count_days.asking(keys)
    return {
        "person": person(user),
        "until": (now + AHEAD).isoformat(),
        "said": _said(len(found), now + AHEAD),
        "registers": [_register(row, counts.get(row.pk, {}), asks=row.pk in asking) for row in found],
    }


def _register(row: Occurrence, now: Mapping[str, int], *, asks: bool) -> dict[str, Any]:
    edition = figures.edition_of(row)
    asked = register_page.questions(register_page.ALWAYS, now, Sent(), edition) if asks else []
    optional = register_page.questions(register_page.OPTIONAL, now, Sent(), edition) if asks else []
    return {
        "uuid": str(row.uuid),
        "title": row.activity.title,
        "venue": row.venue.name,
        "when": lasting_when_words(row.starts_at, row.ends_at),
        "opens": (row.starts_at - registers.OPENS_BEFORE).isoformat(),
        "closes": (row.ends_at + registers.CLOSES_AFTER).isoformat(),
        "came": _line(register_page.line(CAME, _("How many came?"), now, Sent())),
        "asked": [_question(each) for each in asked],
        "optional": [_question(each) for each in optional],
    }


def _question(asked: Asked) -> dict[str, Any]:
    return {
        "question": asked.question,
        "words": asked.words,
        "lines": [_line(line) for line in asked.lines],
    }


def _line(line: Line) -> dict[str, str]:
    return {"figure": line.figure, "words": line.words, "number": line.seen}


def _said(number: int, until: datetime.datetime) -> str:
    if not number:
        return _("None of your sessions begins in the next 24 hours, so there is no register to store.")
    ends = timezone.localtime(until)
    return ngettext(
        "%(number)s register is in this phone: all that begins before %(time)s on %(day)s.",
        "%(number)s registers are in this phone: all that begins before %(time)s on %(day)s.",
        number,
    ) % {"number": number, "time": time_words(ends.time()), "day": full_date_words(ends.date())}
