"""What was just done, said once, in the session of whoever has one. A visitor gets no cookie for it."""

from collections.abc import Sequence
from typing import Any

from django.contrib.messages.storage.base import Message
from django.contrib.messages.storage.session import SessionStorage


class InTheSession(SessionStorage):
    """Whoever has just signed out sees that by the page: nothing is said."""

    def _get(self, *args: Any, **kwargs: Any) -> tuple[Sequence[Message], bool]:
        return ([], True) if self.request.session.is_empty() else super()._get(*args, **kwargs)

    def _store(self, messages: Sequence[Message], response: Any, *args: Any, **kwargs: Any) -> list:
        if self.request.session.is_empty():
            return []
        return super()._store(messages, response, *args, **kwargs)
