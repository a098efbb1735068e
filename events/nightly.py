"""What events do every night."""

from django.utils import timezone

from events.actions import (
    answers,
    closed,
    confirming,
    count_days,
    extending,
    registers,
    rendering,
    reviews,
    sums,
    suspending,
    timetables,
)
from events.feeds import remembering


def extend_dates(*, dry_run: bool) -> int:
    """Extend the dates of live activities to the horizon of 18 months."""
    return extending.extend_dates(now=timezone.now())


def let_past_dates_go(*, dry_run: bool) -> int:
    """Take dates that are over out of the listings."""
    return extending.let_past_dates_go(now=timezone.now())


def hold_past_dates(*, dry_run: bool) -> int:
    """Call dates held that are over and were not cancelled."""
    now = timezone.now()
    return extending.past_dates(now=now).count() if dry_run else extending.hold_past_dates(now=now)


def put_listings_right(*, dry_run: bool) -> int:
    """Write listings anew that are no longer true: a co-organiser lapsed, a release draws other cards."""
    return extending.put_listings_right(now=timezone.now())


def let_partners_go(*, dry_run: bool) -> int:
    """Take the names of co-organisers whose declaration has run out off calendars."""
    if dry_run:
        return rendering.lapsed_partners(now=timezone.now()).count()
    return rendering.queue_lapsed_partners(now=timezone.now())


def render_entries(*, dry_run: bool) -> int:
    """Write calendar entries that are out of date: feeds are right without it, only slower."""
    if dry_run:
        return len(rendering.outdated(now=timezone.now()))
    return rendering.render_queued(now=timezone.now()) + rendering.render_outdated(now=timezone.now())


def forget_feeds(*, dry_run: bool) -> int:
    """Forget what is remembered of feeds that nobody has asked for in 60 days."""
    return remembering.forget_unasked(timezone.localdate(), dry_run=dry_run)


def forget_timetables(*, dry_run: bool) -> int:
    """Forget timetables that organisers brought more than seven days ago. Drafts made of them stay."""
    return timetables.forget(timezone.now(), dry_run=dry_run)


def ask_whether_right(*, dry_run: bool) -> int:
    """Ask the contact of each activity, once a term, whether it is still right."""
    return confirming.ask_all(now=timezone.now(), dry_run=dry_run)


def forget_requests_to_confirm(*, dry_run: bool) -> int:
    """Forget after two years that somebody was asked whether an activity is still right."""
    return confirming.forget_requests(today=timezone.localdate(), dry_run=dry_run)


def wipe_answers(*, dry_run: bool) -> int:
    """Empty the files in which it stood which forms were counted, where no session is open."""
    return answers.wipe(dry_run=dry_run)


def draw_count_days(*, dry_run: bool) -> int:
    """Draw by lot the dates on which people are asked for their group: two a term for each series."""
    return count_days.draw_all(now=timezone.now(), dry_run=dry_run)


def announce_count_days(*, dry_run: bool) -> int:
    """Tell those who record of the count days of the next seven days."""
    return count_days.announce_all(now=timezone.now(), dry_run=dry_run)


def close_registers(*, dry_run: bool) -> int:
    """Close registers of sessions that ended 28 days ago: their numbers stay as they are."""
    return registers.close_old(now=timezone.now(), dry_run=dry_run)


def recount_registers(*, dry_run: bool) -> int:
    """Put right what registers of the last 60 days keep of groups, where it is not what a recount gives."""
    return sums.recount_lately(now=timezone.now(), dry_run=dry_run)


def forget_batches(*, dry_run: bool) -> int:
    """Forget after 60 days which batches of counts came from which phone."""
    return registers.forget_batches(now=timezone.now(), dry_run=dry_run)


def forget_reviews(*, dry_run: bool) -> int:
    """Forget who let an activity through, and what was asked before, after a year."""
    return reviews.forget(now=timezone.now(), dry_run=dry_run)


def forget_suspensions(*, dry_run: bool) -> int:
    """Remove suspensions of activities that were lifted more than seven years ago."""
    return suspending.forget(dry_run=dry_run)


def forget_closed_activities(*, dry_run: bool) -> int:
    """Forget the words and versions of activities whose organisation was closed a year ago."""
    return closed.forget(now=timezone.now(), dry_run=dry_run)


STEPS = [
    extend_dates,
    let_past_dates_go,
    hold_past_dates,
    put_listings_right,
    let_partners_go,
    render_entries,
    forget_feeds,
    forget_timetables,
    ask_whether_right,
    forget_requests_to_confirm,
    wipe_answers,
    draw_count_days,
    announce_count_days,
    close_registers,
    recount_registers,
    forget_batches,
    forget_reviews,
    forget_suspensions,
    forget_closed_activities,
]
