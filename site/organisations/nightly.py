"""What organisations do every night."""

from django.utils import timezone
from wagtail.admin.models import EditingSession

from organisations.actions import applications, concerns, declarations, invitations


def remind_of_declarations(*, dry_run: bool) -> int:
    """Tell owners 60, 30 and 7 days before their safeguarding declaration runs out."""
    return declarations.remind_due(today=timezone.localdate(), dry_run=dry_run)


def forget_declarations(*, dry_run: bool) -> int:
    """Remove drafts of declarations left for 90 days, and declarations that ran out three years ago."""
    return declarations.forget_old(today=timezone.localdate(), dry_run=dry_run)


def forget_applications(*, dry_run: bool) -> int:
    """Remove applications left for 90 days, and those decided a year ago."""
    return applications.forget_old(now=timezone.now(), dry_run=dry_run)


def forget_invitations(*, dry_run: bool) -> int:
    """Remove invitations to join, with their addresses, 30 days after they were sent."""
    return invitations.forget_old(now=timezone.now(), dry_run=dry_run)


def forget_concerns(*, dry_run: bool) -> int:
    """Forget what was said in concerns that were closed a year ago."""
    return concerns.forget(now=timezone.now(), dry_run=dry_run)


def forget_open_editors(*, dry_run: bool) -> int:
    """Remove who had which page open in the CMS, once they have been gone for an hour."""
    gone = EditingSession.objects.stale()
    return gone.count() if dry_run else gone.delete()[0]


STEPS = [
    remind_of_declarations,
    forget_declarations,
    forget_applications,
    forget_invitations,
    forget_concerns,
    forget_open_editors,
]
