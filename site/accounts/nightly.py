"""What is forgotten about people by itself."""

from django.contrib.sessions.models import Session
from django.utils import timezone


def forget_ended_sessions(*, dry_run: bool) -> int:
    """Remove sign-ins that have run out."""
    ended = Session.objects.filter(expire_date__lt=timezone.now())
    return ended.count() if dry_run else ended.delete()[0]


STEPS = [forget_ended_sessions]
