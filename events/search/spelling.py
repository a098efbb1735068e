"""Small typing errors, forgiven against the words that are listed. Pure."""

import string
from bisect import bisect_left
from collections.abc import Iterator, Sequence

SHORTEST = 4
LETTERS = string.ascii_lowercase + string.digits
MOST = 3
# A prefix that stands for a word must keep so many letters and so much of it.
LEAST_STEM, LEAST_SHARE = 4, 0.6


def corrections(word: str, words: Sequence[str]) -> list[str]:
    """What a word may have meant, given all words in order; nothing where it begins one of them.

    1. A listed word one typing error away: a letter left out, added, changed, or two in the wrong order.
    2. If none, the beginning of a listed word that is one error away ("baskteb" for "basketball").
    3. If none, as much of its own beginning as begins a listed word ("swimmers" for "swimming").
    """
    if len(word) < SHORTEST or begins_any(word, words):
        return []
    near = list(dict.fromkeys(_one_error_away(word)))
    return (
        [other for other in near if is_one_of(other, words)][:MOST]
        or [other for other in near if len(other) > SHORTEST and begins_any(other, words)][:MOST]
        or _own_beginning(word, words)
    )


def begins_any(word: str, words: Sequence[str]) -> bool:
    at = bisect_left(words, word)
    return at < len(words) and words[at].startswith(word)


def is_one_of(word: str, words: Sequence[str]) -> bool:
    at = bisect_left(words, word)
    return at < len(words) and words[at] == word


def _one_error_away(word: str) -> Iterator[str]:
    """Norvig's edits, the likeliest first: swapped, doubled or left out, added, changed."""
    halves = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    for head, tail in halves:
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
    for head, tail in halves:
        for letter in LETTERS:
            yield head + letter + tail
    for head, tail in halves:
        if tail:
            yield head + tail[1:]
            for letter in LETTERS:
                yield head + letter + tail[1:]


def _own_beginning(word: str, words: Sequence[str]) -> list[str]:
    shortest = max(LEAST_STEM, round(len(word) * LEAST_SHARE))
    beginnings = (word[:length] for length in range(len(word) - 1, shortest - 1, -1))
    return [found for found in beginnings if begins_any(found, words)][:1]
