"""The site, and a view that does nothing but answer so many bytes."""

import functools
import os

from django.http import HttpRequest, HttpResponse
from django.urls import path

from mingle.urls import urlpatterns as site


@functools.lru_cache
def noise(size: int) -> bytes:
    """Bytes that nobody can compress."""
    return os.urandom(size)


def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(noise(size))


urlpatterns = [path("bare/<int:size>", bare), *site]
