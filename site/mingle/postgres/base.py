"""Whether a connection that was kept from an earlier request still lives."""

import select

from django.db.backends.postgresql import base
from psycopg.pq import ConnStatus, TransactionStatus

UNUSABLE = {TransactionStatus.INERROR, TransactionStatus.UNKNOWN}


class DatabaseWrapper(base.DatabaseWrapper):
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
