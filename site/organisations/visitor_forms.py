"""Forms that visitors send. They have no cookie, so Django's own token cannot be used.

1. The browser says where a form was sent from (Sec-Fetch-Site, else Origin): only our own pages will do.
2. The form carries a short signed token, good for a day and random: it tells one form from the next.
3. What one address sends is counted by the hour under a keyed digest: the address itself is kept nowhere.
"""

import datetime
import secrets
from urllib.parse import urlsplit

from allauth.account.adapter import get_adapter
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

GOOD_FOR = datetime.timedelta(days=1)
HOUR = 60 * 60


def token(purpose: str) -> str:
    return _signer(purpose).sign(secrets.token_urlsafe(9))


def is_good(purpose: str, sent: str) -> bool:
    """Ours, for this form, and not older than a day."""
    try:
        _signer(purpose).unsign(sent, max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return True


def is_from_here(request: HttpRequest) -> bool:
    """Whether one of our own pages sent it. Old browsers say nothing; then the token has to do."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return not origin or urlsplit(origin).netloc == request.get_host()


def may_send(request: HttpRequest, purpose: str, *, an_hour: int) -> bool:
    """Count one more from this address within this hour."""
    hour = int(timezone.now().timestamp() // HOUR)
    digest = salted_hmac(f"visitor form {purpose} {hour}", address_of(request)).hexdigest()
    key = f"sent:{purpose}:{digest}"
    cache.add(key, 0, 2 * HOUR)
    try:
        sent = cache.incr(key)
    except ValueError:
        return True  # forgotten in between, so it was not many
    cache.touch(key, 2 * HOUR)  # in the database `incr` would have it forgotten after five minutes
    return sent <= an_hour


def address_of(request: HttpRequest) -> str:
    """As far as the proxies in front can be trusted; a visitor without any is still heard."""
    try:
        return get_adapter().get_client_ip(request)
    except PermissionDenied:
        return "unknown"


def _signer(purpose: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"visitor form {purpose}")
