"""What events do every minute."""

from django.utils import timezone

from events.actions import answers, rendering, scheduled, timetables
from events.models import RenderQueue


def publish_due(*, dry_run: bool) -> int:
    """Publish and take away pages whose time has come."""
    return scheduled.publish_due(timezone.now())


def render_queued(*, dry_run: bool) -> int:
    """Write calendar entries and cards anew in which a name has changed."""
    if dry_run:
        return RenderQueue.objects.count()
    return rendering.render_queued(now=timezone.now())


def make_drafts(*, dry_run: bool) -> int:
    """Go on with drafts of timetables that somebody asked for and does not wait for."""
    return timetables.advance_all(timezone.now(), dry_run=dry_run)


def close_answers(*, dry_run: bool) -> int:
    """Forget which forms were counted in sessions that take no more answers."""
    return answers.close_over(dry_run=dry_run)


STEPS = [publish_due, render_queued, make_drafts, close_answers]
