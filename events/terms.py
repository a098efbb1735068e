"""Words as they are searched for: lower case, without accents, the same on both sides."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.search import SearchVectorField
from django.db.models import Expression

WORD = re.compile(r"[^\W_]+")
# Weight and text: the title, the type with its other words, the summary, who runs it and where.
WEIGHTS = "ABCD"
Texts = tuple[str, str, str, str]


def plain(text: str) -> str:
    """Lower case, accents taken off: "Café" and "cafe" are one word."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def terms(text: str) -> list[str]:
    """The words of a text in their order."""
    return WORD.findall(plain(text.replace("’", "").replace("'", "")))


def vocabulary(texts: Iterable[str]) -> str:
    """Every word once: what typing errors are forgiven against."""
    return " ".join(sorted({term for text in texts for term in terms(text)}))


class SearchText(Expression):
    """The tsvector of a listing: each word as it is written, for prefixes, and its English stem."""

    output_field = SearchVectorField()

    def __init__(self, texts: Texts) -> None:
        super().__init__(output_field=self.output_field)
        self.texts = texts

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list[str]]:
        one = "setweight(to_tsvector('simple', %s) || to_tsvector('english', %s), '{}')"
        parts = [" ".join(terms(text)) for text in self.texts]
        return " || ".join(one.format(weight) for weight in WEIGHTS), [part for part in parts for _ in (0, 1)]
