"""Full text: which activities have these words, and how well they fit. One query."""

import dataclasses
import datetime
from collections.abc import Sequence

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from events.index import Snapshot
from events.search.spelling import corrections
from events.terms import terms

MOST_TERMS = 8
SHORTEST_PREFIX = 2
# Words that say nothing about an activity. Where somebody types nothing else, they count.
IDLE = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "is",
        "it",
        "my",
        "near",
        "of",
        "on",
        "or",
        "the",
        "to",
    ]
)
KEPT = 64


@dataclasses.dataclass(frozen=True, slots=True)
class Matches:
    """`fit` of each slot, 0 where words are missing; `instead` says which words were taken for others."""

    fit: NDArray[np.float32]
    instead: dict[str, str]


def search(text: str, snapshot: Snapshot, today: datetime.date) -> Matches:
    """Every word must be found: as it is, as the beginning of a longer one, or by its English stem.

    A word that begins none of the words that are public today is taken for one that is a typing error away.
    """
    asked, known = _asked(text), snapshot.spelled(today)
    instead = {word: found for word in asked if (found := corrections(word, known))}
    alternatives = [[word, *instead.get(word, [])] for word in asked]
    fit = _kept(snapshot, alternatives)
    return Matches(fit, {word: found[0] for word, found in instead.items()})


def _asked(text: str) -> list[str]:
    words = list(dict.fromkeys(terms(text)))
    return ([word for word in words if word not in IDLE] or words)[:MOST_TERMS]


def statement(alternatives: Sequence[Sequence[str]]) -> tuple[str, list[str]]:
    """The query for listings that have one word of every group, with how well they fit.

    Both forms of a word are looked for, as `events.terms.SearchText` wrote both.
    """
    groups, given = [], []
    for group in alternatives:
        any_of = " | ".join(f"'{word}':*" if len(word) >= SHORTEST_PREFIX else f"'{word}'" for word in group)
        groups.append("(to_tsquery('simple', %s) || to_tsquery('english', %s))")
        given += [any_of, any_of]
    query = " && ".join(groups)
    return (
        f"SELECT activity_id, ts_rank(search, query) FROM events_listing, (SELECT {query} AS query) asked"  # noqa: S608 # nosec B608
        " WHERE search @@ query",
        given,
    )


def _read(alternatives: Sequence[Sequence[str]]) -> list[tuple[int, float]]:
    if not alternatives:
        return []
    with connection.cursor() as cursor:
        cursor.execute(*statement(alternatives))
        return cursor.fetchall()


def _kept(snapshot: Snapshot, alternatives: Sequence[Sequence[str]]) -> NDArray[np.float32]:
    """How well each slot fits, as the database says or has said: true as long as the snapshot is."""
    words = tuple(map(tuple, alternatives))
    fit = snapshot.texts.get(words)
    if fit is None:
        fit = np.zeros(len(snapshot.alive), dtype=np.float32)
        found = [(snapshot.slots[key], rank) for key, rank in _read(alternatives) if key in snapshot.slots]
        fit[[slot for slot, _ in found]] = [rank for _, rank in found]
        if len(snapshot.texts) >= KEPT:
            snapshot.texts.clear()
        snapshot.texts[words] = fit
    return fit
