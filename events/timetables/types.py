"""The type of an activity by what people call it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from events.models import ActivityType
from events.search.spelling import corrections
from events.terms import terms

LIKE = 0.78
"""How much of a name must be right: "basketbal", "Boxxing"."""


@dataclass
class Types:
    """All types, to be found by name and by the other words that people search with."""

    names: dict[tuple[str, ...], ActivityType]
    hints: dict[tuple[str, ...], ActivityType | None]
    corrected: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls) -> "Types":
        names: dict[tuple[str, ...], ActivityType] = {}
        hints: dict[tuple[str, ...], ActivityType | None] = {}
        for type in ActivityType.objects.all():
            names[tuple(terms(type.name))] = type
            names.setdefault(tuple(terms(type.slug)), type)
            for word in terms(type.words):
                # What two types are searched by says neither.
                hints[(word,)] = None if (word,) in hints else type
        return cls(names, hints)

    def called(self, text: str) -> ActivityType | None:
        """The type of that name, small typing errors forgiven; or the one that the text names or hints at."""
        words = tuple(terms(text))
        if words in self.names:
            return self.names[words]
        known = {" ".join(name): type for name, type in self.names.items()}
        near = get_close_matches(" ".join(words), known, n=1, cutoff=LIKE)
        return known[near[0]] if near else self.named_in(text) or self.hinted_in(text)

    def named_in(self, text: str) -> ActivityType | None:
        """The one type whose whole name stands in a text, perhaps with a typing error in it."""
        return self._in(text, self.names)

    def hinted_in(self, text: str) -> ActivityType | None:
        """The one type that another word for it stands for: "karate", "ballet"."""
        return self._in(text, self.hints)

    def _in(self, text: str, known: Mapping[tuple[str, ...], ActivityType | None]) -> ActivityType | None:
        words = terms(text)
        return _only(words, known) or _only([self._corrected(word) for word in words], known)

    def _corrected(self, word: str) -> str:
        if word not in self.corrected:
            listed = sorted({part for name in (*self.names, *self.hints) for part in name})
            self.corrected[word] = next(iter(corrections(word, listed)), word)
        return self.corrected[word]


def _only(words: Sequence[str], known: Mapping[tuple[str, ...], ActivityType | None]) -> ActivityType | None:
    """The one type that the longest names in the text agree on."""
    sizes = sorted({len(name) for name in known}, reverse=True)
    for size in sizes:
        parts = (tuple(words[at : at + size]) for at in range(len(words) - size + 1))
        found = {type.pk: type for part in parts if (type := known.get(part)) is not None}
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
    return None
