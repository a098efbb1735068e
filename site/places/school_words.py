"""What somebody may have meant who looks for a school: typing errors, held against the words of schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from places.school_register.names import OF_KIND, errors, forgiven, words

LONGEST, LONGEST_WORD, MOST_WORDS = 100, 30, 8
LIKE = 0.4
"""From this similarity of trigrams a word may be meant that has more errors than are forgiven."""
CANDIDATES, MOST_MEANT = 12, 3

# What is like a word, by the index of trigrams, only where no word of a school begins with it. In the order
# of the column, which is of letters' codes, "~" comes after every letter.
LIKELIEST = """
    WITH asked AS MATERIALIZED (
        SELECT typed,
            EXISTS (SELECT FROM places_schoolword WHERE word = typed) AS is_whole,
            EXISTS (SELECT FROM places_schoolword WHERE word >= typed AND word < typed || '~') AS begins
        FROM unnest(%s::text[]) AS typed
    )
    SELECT typed, is_whole, likely.word, likely.likeness
    FROM asked LEFT JOIN LATERAL (
        SELECT word, similarity(word, typed) AS likeness FROM places_schoolword
        WHERE NOT begins ORDER BY word <-> typed LIMIT %s
    ) AS likely ON TRUE
"""

REFRESH = """
    WITH found AS MATERIALIZED (SELECT word FROM ts_stat('SELECT found_by FROM places_school')),
    gone AS (
        DELETE FROM places_schoolword known
        WHERE NOT EXISTS (SELECT FROM found WHERE found.word = known.word)
    )
    INSERT INTO places_schoolword (word) SELECT word FROM found ON CONFLICT (word) DO NOTHING
"""


@dataclass(slots=True)
class _Typed:
    """`is_whole`: some school has this very word. `likely` are others with their likeness."""

    is_whole: bool
    likely: dict[str, float]


def asked_for(text: str) -> str:
    """What was typed as a question of PostgreSQL's full text: every word, or one that was meant by it.

    Empty where there is no word in it.

    1. Words that name a kind of school are left out, with an error too ("primry"), where others remain.
    2. A word with which a school's word begins is taken as it stands.
    3. Another means the likest words within the errors that its length is forgiven; else the likest of all.
    """
    typed = list(dict.fromkeys(word[:LONGEST_WORD] for word in words(text[:LONGEST])))[:MOST_WORDS]
    known = _look_up([word for word in typed if word not in OF_KIND] or typed)
    telling = [word for word, found in known.items() if found.is_whole or not _is_of_kind(word)] or known
    return " & ".join(_either([word, *_meant(word, known[word].likely)]) for word in telling)


def refresh() -> None:
    """Make the words those of the schools that are known."""
    with connection.cursor() as cursor:
        cursor.execute(REFRESH)


def _look_up(typed: Sequence[str]) -> dict[str, _Typed]:
    known: dict[str, _Typed] = {}
    if typed:
        with connection.cursor() as cursor:
            cursor.execute(LIKELIEST, [list(typed), CANDIDATES])
            for word, is_whole, likely, likeness in cursor.fetchall():
                found = known.setdefault(word, _Typed(is_whole, {}))
                if likely is not None:
                    found.likely[likely] = likeness
    return known


def _meant(word: str, likely: Mapping[str, float]) -> list[str]:
    far = {other: errors(word, other, beginning=True) for other in likely}
    near = sorted((other for other in far if far[other] <= forgiven(word)), key=far.__getitem__)
    return (near or [other for other, likeness in likely.items() if likeness >= LIKE])[:MOST_MEANT]


def _is_of_kind(word: str) -> bool:
    return any(len(kind) > 4 and errors(word, kind) <= 1 for kind in OF_KIND)


def _either(meant: Sequence[str]) -> str:
    quoted = (word.replace("\\", "\\\\").replace("'", "''") for word in meant)
    return "(" + " | ".join(f"'{word}':*" for word in quoted) + ")"
