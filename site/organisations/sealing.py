"""Words that nobody reads in the database: sealed with a key from the settings.

Fernet (AES with an HMAC over it) as `cryptography` has it. The first key of `CONCERN_KEYS` writes and all of
them read, so that one can be replaced. What is sealed says whose words it holds: text that somebody puts into
another row does not open there.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

OF = "of"


class CannotOpen(Exception):
    """No key that the settings give fits, or it belongs to something else."""


def seal(of: UUID, words: Mapping[str, Any]) -> str:
    content = json.dumps({**words, OF: str(of)}, ensure_ascii=False)
    return _all_keys(*settings.CONCERN_KEYS).encrypt(content.encode()).decode()


def opened(of: UUID, sealed: str) -> dict[str, Any]:
    """Raises CannotOpen, which never carries any of the words."""
    try:
        words = json.loads(_all_keys(*settings.CONCERN_KEYS).decrypt(sealed.encode()))
    except InvalidToken:
        raise CannotOpen from None
    if words.pop(OF, None) != str(of):
        raise CannotOpen
    return words


def is_current(sealed: str) -> bool:
    """Whether the first key wrote it."""
    try:
        Fernet(settings.CONCERN_KEYS[0]).decrypt(sealed.encode())
    except InvalidToken:
        return False
    return True


def resealed(sealed: str) -> str:
    """The same words under the first key. Raises CannotOpen."""
    try:
        return _all_keys(*settings.CONCERN_KEYS).rotate(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen from None


@cache
def _all_keys(*keys: str) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])
