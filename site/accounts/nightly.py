"""What is forgotten about people by itself."""

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision

from accounts import audit
from accounts.actions import people


def forget_ended_sessions(*, dry_run: bool) -> int:
    """Remove sign-ins that have run out."""
    ended = Session.objects.filter(expire_date__lt=timezone.now())
    return ended.count() if dry_run else ended.delete()[0]


def forget_where_people_signed_in(*, dry_run: bool) -> int:
    """Remove the address and browser of sign-ins that have ended."""
    ended = UserSession.objects.filter(~Exists(Session.objects.filter(pk=OuterRef("session_key"))))
    return ended.count() if dry_run else ended.delete()[0]


def forget_unconfirmed_accounts(*, dry_run: bool) -> int:
    """Remove accounts whose address nobody has confirmed within a week."""
    return sum(map(people.is_alone if dry_run else people.forget, people.waited_too_long()))


def forget_closed_accounts(*, dry_run: bool) -> int:
    """Remove what is left of closed accounts once nothing names it."""
    return people.forget_closed(dry_run=dry_run)


def forget_old_tries(*, dry_run: bool) -> int:
    """Remove tries at signing in that no longer count: they name internet addresses.

    Redis and Valkey do so by themselves.
    """
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    now = timezone.now()
    with connection.cursor() as cursor:
        if dry_run:
            cursor.execute("SELECT count(*) FROM mingle_cache WHERE expires < %s", [now])
            [(found,)] = cursor.fetchall()
            return found
        cursor.execute("DELETE FROM mingle_cache WHERE expires < %s", [now])
        return cursor.rowcount


def forget_who_acted(*, dry_run: bool) -> int:
    """Take persons and reasons out of audit rows of more than seven years ago. The rows stay."""
    return audit.let_go(dry_run=dry_run)


def forget_who_edited(*, dry_run: bool) -> int:
    """Take persons out of the CMS's own logs and versions of more than seven years ago."""
    old = [
        PageLogEntry.objects.filter(timestamp__lt=audit.SEVEN_YEARS_AGO, user__isnull=False),
        ModelLogEntry.objects.filter(timestamp__lt=audit.SEVEN_YEARS_AGO, user__isnull=False),
        Revision.objects.filter(created_at__lt=audit.SEVEN_YEARS_AGO, user__isnull=False),
    ]
    return sum(rows.count() if dry_run else rows.update(user=None) for rows in old)


STEPS = [
    forget_ended_sessions,
    forget_where_people_signed_in,
    forget_unconfirmed_accounts,
    forget_old_tries,
    forget_who_acted,
    forget_who_edited,
    forget_closed_accounts,
]
