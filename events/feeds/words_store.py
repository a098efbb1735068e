"""The words of calendar entries that this worker has met. Their rows never change, so they stay true."""

import threading
from collections import OrderedDict
from collections.abc import Collection

import numpy as np
from django.conf import settings
from django.db import connection
from numpy.typing import NDArray

from events.feeds import phrases

BUDGET = 16 * 1024 * 1024  # bytes a worker

Text = tuple[bytes, bytes]
"""Words and their digest."""
Maker = tuple[int, str]


def maker() -> Maker:
    """The renderer and the address that words are made with now."""
    return phrases.RENDERER, settings.PUBLIC_ADDRESS


class WordsGoneError(LookupError):
    """Words that an entry pointed to have been replaced since."""


class WordsStore:
    """Text and digest by key. Least recently read words leave first once they exceed the budget."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.weight = 0
        self._texts: OrderedDict[int, Text] = OrderedDict()
        self._made_by: Maker | None = None
        self._lock = threading.Lock()

    def get(self, keys: NDArray[np.int64]) -> list[Text | None]:
        """The words with each of these keys, in their order; None for those that today's renderer must make
        anew. Many dates have the same.

        Raises WordsGoneError where one is no longer there.
        """
        numbers = keys.tolist()
        known = self._known(set(numbers))
        return list(map(known.__getitem__, numbers))

    def clear(self) -> None:
        with self._lock:
            self._texts.clear()
            self.weight = 0

    def _known(self, keys: Collection[int]) -> dict[int, Text | None]:
        found: dict[int, Text | None] = {}
        if self._made_by != maker():
            self.clear()
            self._made_by = maker()
        with self._lock:
            for key in keys:
                if (text := self._texts.get(key)) is not None:
                    self._texts.move_to_end(key)
                    found[key] = text
        missing = [key for key in keys if key not in found]
        return found | self._read(missing) if missing else found

    def _read(self, keys: list[int]) -> dict[int, Text | None]:
        """Those that are out of date are not kept: they become today's under the same key."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, text, digest, renderer = %s AND address = %s FROM events_calendarwords"
                " WHERE id = ANY(%s)",
                [*maker(), keys],
            )
            rows = cursor.fetchall()
        if len(rows) < len(keys):
            raise WordsGoneError
        read = {key: (text.encode(), bytes(digest)) if is_new else None for key, text, digest, is_new in rows}
        with self._lock:
            for key, text in read.items():
                if text is not None and key not in self._texts:
                    self._texts[key] = text
                    self.weight += len(text[0])
            while self.weight > self.budget:
                self.weight -= len(self._texts.popitem(last=False)[1][0])
        return read


store = WordsStore(BUDGET)
