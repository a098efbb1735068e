"""PostgreSQL without setting anything up: a server of our own where no DATABASE_URL names one."""

import os
from pathlib import Path
from typing import Any

import dj_database_url

from mingle.embedded.cluster import DATABASE, ROLE, Cluster

KEPT_OPEN = 600
"""Seconds for which a worker keeps its connection; a dead one is noticed before it is used again."""


def database_settings(data_dir: Path, *, cluster: str | None = None, lasting: bool = True) -> dict[str, Any]:
    """`DATABASES["default"]`: DATABASE_URL's server, or else the cluster of that name in `data_dir`.

    Nothing is started here: the server starts when the first connection is made. `lasting=False` is for
    tests, which need no data after a power cut. MINGLE_CLUSTER names the cluster where the caller does not.
    """
    kept = {"CONN_MAX_AGE": KEPT_OPEN, "CONN_HEALTH_CHECKS": True}
    if url := os.environ.get("DATABASE_URL"):
        return {**_from_url(url), **kept}
    name = cluster or os.environ.get("MINGLE_CLUSTER", "demo")
    home = Cluster(data_dir / name, lasting=lasting)
    return {
        "ENGINE": "mingle.embedded",
        "NAME": DATABASE,
        "USER": ROLE,
        "PASSWORD": "",
        "HOST": str(home.socket_dir),
        "PORT": "",
        "CLUSTER": home,
        **kept,
    }


def _from_url(url: str) -> dict[str, Any]:
    """As dj-database-url reads it, with the parts that may also stand in the query put in their places."""
    parsed: dict[str, Any] = dict(dj_database_url.parse(url, engine="mingle.postgres"))
    options = dict(parsed.get("OPTIONS", {}))
    for option, setting in (("host", "HOST"), ("port", "PORT"), ("user", "USER"), ("password", "PASSWORD")):
        if option in options:
            parsed[setting] = options.pop(option)
    return {**parsed, "OPTIONS": options}
