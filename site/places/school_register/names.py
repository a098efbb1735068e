"""What a school is called when somebody looks for it: without the words that half of all schools share."""

import re
import unicodedata

# "St Mary's Catholic Primary School, a Voluntary Academy" is found by "st marys". These words name a kind of
# school, not a school; a name that is nothing else keeps them.
OF_KIND = frozenset(
    [
        *("a", "an", "and", "at", "for", "in", "of", "on", "the", "with"),
        *("academy", "aided", "centre", "college", "controlled", "foundation", "free", "grammar", "high"),
        *("infant", "infants", "junior", "juniors", "lower", "middle", "nursery", "upper"),
        *("primary", "secondary", "school", "schools", "community", "comprehensive", "voluntary", "trust"),
        *("c", "ce", "cofe", "cotse", "e", "church", "england", "rc", "roman", "catholic", "va", "vc"),
        *("preparatory", "prep", "sixth", "form", "independent", "special", "sch"),
    ]
)
SAME = {"saint": "st", "saints": "st", "ss": "st", "sts": "st", "street": "st", "mount": "mt"}
WORD = re.compile(r"[a-z0-9]+")
APOSTROPHES = re.compile(r"['’‘`´.]")


def words(name: str) -> list[str]:
    """In small letters without accents and apostrophes: "St. Chad's" → st, chads."""
    letters = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name).casefold())
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return [SAME.get(word, word) for word in WORD.findall(bare)]


def to_find(name: str) -> str:
    """The words by which it is found."""
    said = words(name)
    return " ".join([word for word in said if word not in OF_KIND] or said)


def errors(typed: str, meant: str, *, beginning: bool = False) -> int:
    """How many typing errors lie between two words: a letter left out, added or changed, two swapped.

    With `beginning` some beginning of `meant` is enough.

    Optimal string alignment: each row holds the errors between a beginning of `typed` and each of `meant`.
    """
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for at, letter in enumerate(typed, start=1):
        two_before, before = before, row
        row = [at]
        for other, wanted in enumerate(meant, start=1):
            least = min(before[other] + 1, row[-1] + 1, before[other - 1] + (letter != wanted))
            if at > 1 and other > 1 and letter == meant[other - 2] and typed[at - 2] == wanted:
                least = min(least, two_before[other - 2] + 1)
            row.append(least)
    return min(row) if beginning else row[-1]


def forgiven(word: str) -> int:
    """So many typing errors a word of its length may have."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2
