"""What events do every minute."""

from django.utils import timezone

from events.actions import scheduled


def publish_due(*, dry_run: bool) -> int:
    """Publish and take away pages whose time has come."""
    return scheduled.publish_due(timezone.now())


STEPS = [publish_due]
