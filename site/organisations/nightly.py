"""What organisations do every night."""

from django.utils import timezone
from wagtail.admin.models import EditingSession, FormState

from organisations.actions import applications, closed, concerns, declarations, invitations


def remind_of_declarations(*, dry_run: bool) -> int:
    """Tell owners 60, 30 and 7 days before their safeguarding declaration runs out."""
    return declarations.remind_due(today=timezone.localdate(), dry_run=dry_run)


def forget_declarations(*, dry_run: bool) -> int:
    """Remove drafts of declarations left for 90 days, and what ran out three years ago, with the lead."""
    return declarations.forget_old(today=timezone.localdate(), dry_run=dry_run)


def forget_applications(*, dry_run: bool) -> int:
    """Remove applications left for 90 days, and those sent or decided a year ago."""
    return applications.forget_old(now=timezone.now(), dry_run=dry_run)


def forget_invitations(*, dry_run: bool) -> int:
    """Remove invitations to join, with their addresses, 30 days after they were sent."""
    return invitations.forget_old(now=timezone.now(), dry_run=dry_run)


def forget_concerns(*, dry_run: bool) -> int:
    """Forget what was said in concerns that were closed a year ago."""
    return concerns.forget(now=timezone.now(), dry_run=dry_run)


def forget_who_read_concerns(*, dry_run: bool) -> int:
    """Remove who read a concern more than seven years ago."""
    return concerns.forget_readings(dry_run=dry_run)


def forget_closed_organisations(*, dry_run: bool) -> int:
    """Forget members, pictures and words of organisations that were closed a year ago."""
    return closed.forget(now=timezone.now(), dry_run=dry_run)


def forget_open_editors(*, dry_run: bool) -> int:
    """Remove who had which page open in the CMS an hour ago, and what was typed there a day ago, unsaved."""
    gone = [EditingSession.objects.stale(), FormState.objects.stale()]
    return sum(rows.count() if dry_run else rows.delete()[0] for rows in gone)


STEPS = [
    remind_of_declarations,
    forget_applications,
    forget_declarations,
    forget_invitations,
    forget_concerns,
    forget_who_read_concerns,
    forget_closed_organisations,
    forget_open_editors,
]
