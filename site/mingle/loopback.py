"""The demonstration answers this machine only: its sign-ins are printed in its documentation."""

import ipaddress
from collections.abc import Callable, Iterable
from typing import Any

WSGI = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
REFUSAL = b"This demonstration answers the machine that it runs on, and no other.\n"


def is_loopback(address: str) -> bool:
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None)
    return (mapped or found).is_loopback


def loopback_only(application: WSGI) -> WSGI:
    """The application, closed to visitors from other machines however the server was started."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not is_loopback(environ.get("REMOTE_ADDR", "")):
            start_response("403 Forbidden", [("Content-Type", "text/plain; charset=utf-8")])
            return [REFUSAL]
        return application(environ, start_response)

    return answer
