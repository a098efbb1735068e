"""What we ask of a connection besides what Django does: whether it still lives, and plans that are kept."""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

UNUSABLE = {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}


class DatabaseWrapper(base.DatabaseWrapper):
    def get_connection_params(self) -> dict[str, Any]:
        """Statements may be prepared: only those of `planning_once` are."""
        parameters: Any = super().get_connection_params()
        return {**parameters, "prepare_threshold": 0}

    def planning_once(self) -> Any:
        """A cursor for a statement of many parts that every request sends alike.

        The server plans it once a connection and not once a request, which can take longer than answering.
        """
        self.ensure_connection()
        return self._prepare_cursor(psycopg.Cursor(self.connection))

    def is_usable(self) -> bool:
        """Look at the socket instead of asking `SELECT 1`, which would be a query for every request.

        Between requests the server has nothing to say. If there is something to read, it has said goodbye.
        """
        if self.connection is None or self.connection.closed:
            return False
        link = self.connection.pgconn
        if link.status != ConnStatus.OK or link.transaction_status in UNUSABLE:
            return False
        readable, _writable, _failed = select.select([link.socket], [], [], 0)
        return not readable
