"""What is known of getting in and taking part: the activity's own answers over the venue's."""

import dataclasses
import datetime
from collections.abc import Iterable, Mapping

from organisations.models import Answer


@dataclasses.dataclass(frozen=True, slots=True)
class Known:
    """The answer about one access feature, who gave it last and when it was checked."""

    slug: str
    name: str
    answer: str
    note: str = ""
    checked_on: datetime.date | None = None


Given = Mapping[str, str | None]  # answer, note, checked_on as ISO text


def answers(features: Iterable[tuple[str, str, Given | None, Given | None]]) -> list[Known]:
    """(slug, name, the activity's, the venue's) of every feature, in order, as one answer each.

    Where the activity is silent or does not know, the venue's answer holds.
    """
    return [Known(slug, name, **_first_that_knows(own, venues)) for slug, name, own, venues in features]


def _first_that_knows(own: Given | None, venues: Given | None) -> dict:
    given = next((one for one in (own, venues) if one and one["answer"] != Answer.UNKNOWN), own or venues)
    if given is None:
        return {"answer": Answer.UNKNOWN.value}
    day = given["checked_on"]
    return {
        "answer": given["answer"],
        "note": given["note"] or "",
        "checked_on": datetime.date.fromisoformat(day) if day else None,
    }
