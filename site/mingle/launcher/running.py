"""One process that prepares the demonstration, serves it, does its jobs, and ends all that it started.

1. See that no other launcher runs here, and end a server that a killed one left.
2. Start the database; make the tables, the files and the demonstration's place where they are missing.
3. Run the jobs, start the server, and say so when it answers.
4. Run the jobs when they are due, until a signal comes or the server ends.
5. End the server, then leave the database, which stops when nobody else uses it.
"""

from django.conf import settings
from django.db import OperationalError, connection

from mingle.launcher import jobs, preparing, serving
from mingle.launcher.alone import Alone
from mingle.launcher.words import CannotStartError, say


def run(port_text: str) -> None:
    port = serving.port_number(port_text)
    address = serving.address(port)
    home = settings.CLUSTER_DIR
    with Alone(home / "launcher.lock", address):
        serving.end_orphan(home)
        serving.see_that_port_is_free(port)
        try:
            _start_database()
            preparing.prepare()
            jobs.run_all()
            with serving.Server(port, home) as server:
                server.wait_until_it_answers()
                say(f"Mingle is ready at {address}/ - start at {address}/demo/ (Ctrl-C stops it)")
                jobs.run_when_due(server)
        finally:
            _leave_database()


def _start_database() -> None:
    say("Starting the database")
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise CannotStartError(f"the database does not: {error}") from error


def _leave_database() -> None:
    connection.close()
    cluster = connection.settings_dict.get("CLUSTER")
    if cluster is not None:
        cluster.leave()
