"""A request that changes something does all of it or nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from accounts import in_hand

View = Callable[..., HttpResponse]
READING = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


def one_transaction(view: View) -> View:
    """Put a view's writing requests into one transaction.

    Wagtail's views save a page, tell of it by a signal and log it one after the other: if what hears of it
    fails, the page must not stay behind. It is no action, so the second wall stands inside it.
    """
    in_one = transaction.atomic(in_hand.held_on()(view))

    @wraps(view)
    def decide(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return (view if request.method in READING else in_one)(request, *args, **kwargs)

    return decide
