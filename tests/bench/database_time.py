"""How long queries wait for the database, with what is sent and received."""

import time
from types import TracebackType
from typing import Any

from django.db import connection


class Queries:
    """Of a piece of code: `seconds` has one number a query."""

    def __enter__(self) -> "Queries":
        self.seconds: list[float] = []
        self.wrapped = connection.execute_wrapper(self._timed)
        self.wrapped.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.wrapped.__exit__(kind, error, trace)

    def _timed(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        began = time.monotonic()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds.append(time.monotonic() - began)
