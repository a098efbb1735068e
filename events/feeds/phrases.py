"""The words of a calendar entry. Raise RENDERER with every change of what comes out of here."""

from decimal import Decimal

from django.utils.translation import gettext as _

from events.coming_dates import ComingDate
from events.feeds.facts import ActivityFacts, DateFacts, Facts
from events.feeds.icalendar import Said, Status
from events.models import Joining, State, YesNo
from events.models.activity import Audience
from events.wording import full_date_words, joined, time_words
from events.wording.facts import ages_words, audience_words, price_words
from organisations.models import Thread
from places.clock import LONDON

RENDERER = 3

# Nearest to our threads among the names of CSS 3, the only ones that RFC 7986 allows.
COLOURS = {
    Thread.CORAL.value: "tomato",
    Thread.MARIGOLD.value: "orange",
    Thread.TEAL.value: "teal",
    Thread.VIOLET.value: "slateblue",
    Thread.SKY.value: "royalblue",
}


def said(facts: Facts, *, address: str, image: str) -> Said:
    """What the entry says. `address` is the installation's, `image` the path of the activity's picture."""
    activity, date = facts.activity, facts.date
    if activity is None or date is None:
        return Said(_("No longer listed here: we cannot say whether it is on"), Status.TENTATIVE)
    return Said(
        summary=_summary(activity.title, date.state),
        status=Status.CANCELLED if date.state == State.CANCELLED else Status.CONFIRMED,
        description=_description(activity, date, address),
        location=date.location,
        position=date.position,
        page=f"{address}{activity.path}",
        image=image if image.startswith("http") or not image else f"{address}{image}",
        category=activity.type,
        color=COLOURS.get(activity.threads[0], ""),
    )


def _summary(title: str, state: str) -> str:
    if state == State.CANCELLED:
        return _("CANCELLED: %(title)s") % {"title": title}
    if state == State.MOVED:
        return _("MOVED: %(title)s") % {"title": title}
    return title


def _description(activity: ActivityFacts, date: DateFacts, address: str) -> str:
    """What is new on this date first, then what a parent asks, then the link."""
    lines = [
        activity.summary,
        _for_whom(activity),
        _price(activity),
        _joining(activity),
        _alone(activity),
        _("Wear or bring: %(things)s") % {"things": activity.bring} if activity.bring else "",
        _run_by(*activity.organisers),
    ]
    blocks = [news(date), "\n".join(filter(None, lines)), f"{address}{activity.path}"]
    return "\n\n".join(filter(None, blocks))


def _run_by(host: str, *partners: str) -> str:
    if not partners:
        return _("Run by %(host)s.") % {"host": host}
    said = {"host": host, "partners": joined(partners)}
    return _("Run by %(host)s, together with %(partners)s.") % said


def news(date: DateFacts | ComingDate) -> str:
    """What is new on this date, and its notice; nothing where all is as ever."""
    return "\n".join(filter(None, [_change(date), date.notice]))


def _change(date: DateFacts | ComingDate) -> str:
    if date.state == State.CANCELLED:
        if date.reason:
            return _("This date is cancelled: %(reason)s") % {"reason": date.reason}
        return _("This date is cancelled.")
    if date.state == State.MOVED:
        return "\n".join(filter(None, [_moved(date), date.reason]))
    return ""


def _moved(date: DateFacts | ComingDate) -> str:
    if date.moved_from is None:
        return _("Moved to another place.")
    before = date.moved_from.astimezone(LONDON)
    return _("Moved. It was to be on %(date)s at %(time)s.") % {
        "date": full_date_words(before.date()),
        "time": time_words(before.time()),
    }


def _for_whom(activity: ActivityFacts) -> str:
    ages = ages_words(activity.youngest, activity.oldest)
    if activity.audience == Audience.EVERYONE:
        return f"{ages}."
    return f"{ages}. {audience_words(activity.audience)}."


def _price(activity: ActivityFacts) -> str:
    price = price_words(Decimal(activity.price) if activity.price else None)
    return f"{price}. {activity.price_note}" if activity.price_note else f"{price}."


def _joining(activity: ActivityFacts) -> str:
    if activity.joining == Joining.BOOK:
        return _("Book a place: %(address)s") % {"address": activity.booking_address}
    if activity.joining == Joining.ASK:
        return _("Ask first.")
    return _("Just come.")


def _alone(activity: ActivityFacts) -> str:
    if activity.alone == YesNo.YES:
        return _("Children may come without an adult.")
    if activity.alone == YesNo.NO:
        return _("Children come with an adult.")
    return ""
