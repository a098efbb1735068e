"""The site, a view that does nothing but answer so many bytes, and one that sends a file."""

import functools
import os
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse
from django.urls import path

from mingle.urls import urlpatterns as site


@functools.lru_cache
def noise(size: int) -> bytes:
    """Bytes that nobody can compress."""
    return os.urandom(size)


def bare(request: HttpRequest, size: int) -> HttpResponse:
    return HttpResponse(noise(size))


def file(request: HttpRequest, name: str) -> FileResponse:
    """Bytes from the disk, as the server sends files."""
    return FileResponse((Path(os.environ["MINGLE_BENCH_FILES"]) / name).open("rb"))


urlpatterns = [path("bare/<int:size>", bare), path("file/<slug:name>", file), *site]
