"""What schools do every night."""

from django.utils import timezone

from schools.actions import paper_letters, twinnings


def let_twinnings_lapse(*, dry_run: bool) -> int:
    """Let proposals to be twins lapse that nobody answered for 20 school days."""
    return twinnings.lapse_unanswered(today=timezone.localdate(), dry_run=dry_run)


def end_past_twinnings(*, dry_run: bool) -> int:
    """End twinnings of school years that are over."""
    return twinnings.end_past(today=timezone.localdate(), dry_run=dry_run)


def forget_contacts(*, dry_run: bool) -> int:
    """Empty the names of contacts, notes, and why schools said no, a year after a twinning was over."""
    return twinnings.forget(now=timezone.now(), dry_run=dry_run)


def forget_letters(*, dry_run: bool) -> int:
    """Delete what is kept of letters on paper, a year after their twinning was over."""
    return paper_letters.forget(now=timezone.now(), dry_run=dry_run)


def forget_who_twinned(*, dry_run: bool) -> int:
    """Take persons out of steps of twinnings of more than seven years ago. The steps stay."""
    return twinnings.forget_who_acted(dry_run=dry_run)


STEPS = [let_twinnings_lapse, end_past_twinnings, forget_contacts, forget_letters, forget_who_twinned]
