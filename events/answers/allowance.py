"""How much one address may send. A whole hall sits behind one, so it is a lot; it only stops a program.

Counted in the memory of each worker, under a digest whose key is drawn when the worker starts: no address,
and nothing made of one, is ever written down. Two workers together let twice as much through.
"""

import datetime
import secrets
import threading
from collections import Counter

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from organisations import visitor_forms

SPAN = datetime.timedelta(minutes=10)
IN_A_SPAN = 1_000
"""Three hundred who answer at the door, each of whom presses three times."""
MOST_ADDRESSES = 20_000
"""So many are told apart; whoever brings more makes all of them begin anew."""

_key = secrets.token_hex(16)
_lock = threading.Lock()
_sent: Counter[str] = Counter()
_span = 0


def take(request: HttpRequest, now: datetime.datetime) -> bool:
    """Count one more from this address within these ten minutes."""
    global _span  # noqa: PLW0603 - one count for the whole worker
    digest = salted_hmac("answers", visitor_forms.address_of(request), _key).hexdigest()
    span = int(now.timestamp() // SPAN.total_seconds())
    with _lock:
        if span != _span or len(_sent) >= MOST_ADDRESSES:
            _sent.clear()
            _span = span
        _sent[digest] += 1
        return _sent[digest] <= IN_A_SPAN


def forget() -> None:
    """As a worker that has just started."""
    with _lock:
        _sent.clear()
