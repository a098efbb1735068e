"""Reading the environment in production: all that is missing or wrong is said at once."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

TILES = re.compile(r"https://(\{s\}\.)?[\w.-]+(:\d+)?/(?=.*\{z\})(?=.*\{x\})(?=.*\{y\})[^\s;,'\"]+")
LONG_ENOUGH, FEW_LETTERS = 50, 10


class Environment:
    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.problems: list[str] = []

    def text(self, name: str, hint: str) -> str:
        value = self.environ.get(name, "").strip()
        if not value:
            self.problems.append(f"{name} is not set: {hint}")
        return value

    def secret(self, name: str) -> str:
        hint = (
            f"{LONG_ENOUGH} or more random characters, kept from everybody, made by "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
        )
        value = self.text(name, hint)
        if value and (
            len(value) < LONG_ENOUGH or len(set(value)) < 10 or value.startswith("django-insecure-")
        ):
            self.problems.append(f"{name} is too easy to guess: {hint}")
        return value

    def sealing_keys(self, name: str) -> list[str]:
        """One key, or with commas between them several: the first writes, all of them read."""
        hint = (
            "what concerns are sealed with in the database, kept apart from its backups, made by "
            "python3 -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'"
        )
        keys = [key.strip() for key in self.text(name, hint).split(",") if key.strip()]
        if not all(map(_is_sealing_key, keys)):
            self.problems.append(f"{name} has a key that is not 32 bytes in base64: {hint}")
        return keys

    def address(self, name: str) -> str:
        """The address that people type, without anything after the host."""
        hint = "the address that people type, such as https://mingle.place.example"
        value = self.text(name, hint).rstrip("/")
        parts = urlsplit(value)
        if value and (parts.scheme != "https" or not parts.hostname or parts.path or parts.query):
            self.problems.append(
                f"{name} is not an address beginning with https:// and without a path: {hint}"
            )
        return value

    def hosts(self, name: str, address: str) -> list[str]:
        """Names that the site answers to: those given, or else the host of its address."""
        given = [host.strip() for host in self.environ.get(name, "").split(",") if host.strip()]
        if "*" in given:
            self.problems.append(f"{name} is *: name the hosts, with commas between them")
        return given or [urlsplit(address).hostname or "localhost"]

    def number(self, name: str, default: int) -> int:
        value = self.environ.get(name, "").strip() or str(default)
        if not value.isascii() or not value.isdecimal():
            self.problems.append(f"{name} is not a whole number: {value}")
            return default
        return int(value)

    def mail(self, name: str) -> dict[str, Any]:
        """Django's settings for smtp://user:password@host:587 (STARTTLS) or smtps:// (port 465)."""
        hint = "the mail server, smtp://user:password@mail.place.example:587, or smtps://…:465"
        parts = urlsplit(self.text(name, hint))
        try:
            port = parts.port
        except ValueError:
            port = -1
        if self.environ.get(name) and (
            parts.scheme not in {"smtp", "smtps"} or not parts.hostname or port == -1
        ):
            self.problems.append(f"{name} cannot be read: {hint}")
        implicit = parts.scheme == "smtps"
        return {
            "EMAIL_HOST": parts.hostname or "",
            "EMAIL_PORT": port or (465 if implicit else 587),
            "EMAIL_HOST_USER": unquote(parts.username or ""),
            "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
            "EMAIL_USE_SSL": implicit,
            "EMAIL_USE_TLS": not implicit,
        }

    def tiles(self, name: str) -> str:
        """The pattern of the addresses of a map's tiles, or nothing. Pages let their host in."""
        value = self.environ.get(name, "").strip()
        if value and not TILES.fullmatch(value):
            self.problems.append(
                f"{name} is no pattern of addresses such as https://tiles.example/{{z}}/{{x}}/{{y}}.png"
            )
        return value

    def cache(self, name: str, otherwise: dict[str, Any]) -> dict[str, Any]:
        """Django's settings for redis://user:password@host:6379/0 (Valkey too, rediss:// for TLS, unix://)."""
        value = self.environ.get(name, "").strip()
        if not value:
            return otherwise
        parts = urlsplit(value)
        if parts.scheme not in {"redis", "rediss", "unix"} or not (parts.hostname or parts.path):
            self.problems.append(
                f"{name} cannot be read: a Redis or Valkey server, redis://user:password@host:6379/0"
            )
        return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": value}

    def secrets(self, name: str) -> list[str]:
        """Those that were in use before, with spaces between them: what they protect can still be read."""
        return self.environ.get(name, "").split()

    def stop_if_incomplete(self) -> None:
        if self.problems:
            listed = "\n".join(f"  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(f"Mingle cannot start in production:\n{listed}\nSee docs/running.md.")


def _is_sealing_key(text: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(text)) == 32
    except (binascii.Error, ValueError):
        return False
