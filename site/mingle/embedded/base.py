"""Django's PostgreSQL engine, which starts the embedded server when it is first needed."""

from typing import Any

from django.db.utils import OperationalError

from mingle.embedded.cluster import Cluster, ClusterError
from mingle.postgres import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Connect, with the server started where none runs. One that is coming back is not waited for."""
        cluster: Cluster = self.settings_dict["CLUSTER"]
        try:
            cluster.use()
        except ClusterError as error:
            raise OperationalError(str(error)) from error
        return super().get_new_connection(conn_params)
