"""A secret made once and kept beside the data that it protects."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path


def long_text() -> str:
    return secrets.token_urlsafe(64)


def sealing_key() -> str:
    """As Fernet wants it: 32 random bytes."""
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def kept_secret(path: Path, make: Callable[[], str] = long_text) -> str:
    """Read the secret, or make it. Two that start at once agree: only a whole file takes the place, once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        mine = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(make())
        try:
            path.hardlink_to(mine)
        except FileExistsError:
            pass
        finally:
            mine.unlink()
    return path.read_text()
