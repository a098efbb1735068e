"""Forms that say what the person looked at."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def send(client: Client, address: str, typed: dict[str, Any], *, follow: bool = False) -> HttpResponse:
    """Open the page, type and send, with nobody else in between."""
    seen = client.get(address).context["form"]["seen"].value()
    return client.post(address, {"seen": seen, **typed}, follow=follow)
