"""What is known of getting in, as `content/` says it."""

import datetime
import zlib
from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from mingle.demo.reading import answer_and_note
from organisations.models import AccessFeature, Answer


def answers(
    words: dict[str, str], where: str, features: dict[str, AccessFeature]
) -> Iterator[dict[str, Any]]:
    """Fields of `VenueAccess` and `ActivityAccess`; what nobody knows was checked on no day."""
    for slug, text in words.items():
        answer, note = answer_and_note(text)
        checked_on = None if answer == Answer.UNKNOWN else _day_of_check(f"{where} {slug}")
        yield {"feature": features[slug], "answer": answer, "note": note, "checked_on": checked_on}


def _day_of_check(what: str) -> datetime.date:
    """Some day of the last ten months, the same one for the same thing."""
    return timezone.localdate() - datetime.timedelta(days=5 + zlib.crc32(what.encode()) % 300)
