"""The production server. gunicorn's command line overrides every value."""

import contextlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from gunicorn.arbiter import Arbiter
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker

sys.path.insert(0, str(Path(__file__).resolve().parent / "site"))

from mingle.loopback import is_loopback  # noqa: E402

wsgi_app = "mingle.wsgi:application"
bind = os.environ.get("MINGLE_BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")

# Pages take milliseconds and keep both cores busy; threads would halve the rate.
worker_class = "sync"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
timeout = 30
graceful_timeout = 10
# Heartbeats of the workers belong in memory: a slow disk must not look like a dead worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - its own files # nosec B108
# An address that is too long is answered in words, by the page; the proxy in front says where it ends.
limit_request_line = 0
# Nobody steers the server but by signals.
control_socket_disable = True


class Quiet(Logger):
    """No line for an answer behind a code: its time would tell it from others."""

    def access(self, resp: Any, req: Any, environ: Mapping[str, Any], request_time: Any) -> None:
        if not environ["PATH_INFO"].startswith("/r/"):
            super().access(resp, req, environ, request_time)


logger_class = Quiet
# No query and no referrer: they can hold a place. No visitor's address: the proxy keeps what it needs.
accesslog = os.environ.get("MINGLE_ACCESS_LOG", "-")
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(B)s %(M)sms'
loglevel = os.environ.get("MINGLE_LOG_LEVEL", "info")


def post_worker_init(worker: Worker) -> None:
    """Each worker reads what is listed before its first visitor comes; without a database, later."""
    from django.db import DatabaseError, connection  # noqa: PLC0415 - the application is loaded by now

    from events import index  # noqa: PLC0415

    with contextlib.suppress(DatabaseError):
        index.current()
    connection.close()


def on_starting(server: Arbiter) -> None:
    """The demonstration's sign-ins are known to everybody: it listens to its own machine only."""
    if os.environ.get("DJANGO_SETTINGS_MODULE") != "mingle.settings.demo":
        return
    elsewhere = [address[0] for address in server.cfg.address if not is_loopback(address[0])]
    if elsewhere:
        sys.exit(f"The demonstration listens on 127.0.0.1 only, not on {', '.join(elsewhere)}.")
