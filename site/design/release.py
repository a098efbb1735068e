"""What tells one release from another: whatever was rendered by another is rendered again."""

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

READ = (".py", ".html", ".mo")


def fingerprint() -> bytes:
    """A digest of our code, templates and translations, of the names of static files and of the settings
    that stand in pages."""
    return hashlib.sha256(f"{_code()}\x1f{settings.PUBLIC_ADDRESS}\x1f{settings.DEMO}".encode()).digest()


@cache
def _code() -> str:
    """Read once a process, in some 20 ms."""
    found = hashlib.sha256(getattr(staticfiles_storage, "manifest_hash", "").encode())
    for path in _files(Path(settings.BASE_DIR)):
        found.update(path.read_bytes())
    return found.hexdigest()


def _files(base: Path) -> Iterator[Path]:
    for folder in ("site", "events"):
        yield from (path for path in sorted((base / folder).rglob("*")) if path.suffix in READ)
