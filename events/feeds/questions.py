"""Which calendar answers which address."""

import dataclasses
import datetime
import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from events import index, search
from events.feeds import links, naming, phrases
from events.feeds.feed import EVERYWHERE, MOST, Feed, Keys, Reach, Wanted
from events.feeds.icalendar import Heading
from events.models import Activity, Occurrence
from events.permissions import is_public
from events.query import Query
from organisations.models import Organisation, Scope, Thread
from organisations.permissions import is_public as is_public_organisation
from places.models import School

DATES_EACH = 50
# The calendar of a question has the site's own colour, others that of what they are of.
OUR_THREAD = Thread.VIOLET.value
# A subscription runs on: what is wrong with a part of the address that it leaves out is nothing to it.
LEFT_OUT = frozenset({"when", "from", "to", "page", "sort", "view", "month"})


def of_query(query: Query, *, now: datetime.datetime, generation: int, next: int = 0) -> Feed:
    """The calendar of a question; an empty one that says why, where the question makes no sense any more."""
    today = timezone.localdate(now)
    query = query.undated().with_as_of(today)
    snapshot = index.current(generation)
    organisations = list(_asked(query))
    problems = {name: words for name, words in query.problems.items() if name not in LEFT_OUT}
    problems |= _unknown(query, organisations)
    names = [each.name for each in organisations if is_public_organisation(each, today)]
    name = naming.of_query(query, snapshot.known, names, today)
    if problems:
        said = _reasons(problems, query)
        return Feed(_heading(name, links.of_query(query, as_typed=True), said=said), None)
    keys = _activities(query, now, generation)
    listed = len(snapshot.slots)
    asked = listed if keys is None else len(keys)
    return Feed(
        _heading(name, links.of_query(query), next=next),
        Wanted(
            activities=keys,
            days=query.days,
            times=query.times,
            next=next,
            is_broad=keys is None or _is_broad(asked, listed),
            is_full=not (next or query.days or query.times)
            and _is_full(asked, listed, len(snapshot.columns.start)),
        ),
        reach=_reach(query, organisations),
        shows_cancelled=query.cancelled,
        filename="mingle",
    )


def of_activity(
    activity: Activity, *, now: datetime.datetime, shows_cancelled: bool = False, next: int = 0
) -> Feed:
    """Every date of one activity. One that the public may not see now is not named."""
    seen = is_public(activity, timezone.localdate(now))
    return Feed(
        _heading(
            activity.title if seen else gone_words(),
            links.of_activity(activity, named=seen),
            next=next,
            thread=activity.type.warp if seen else OUR_THREAD,
        ),
        Wanted(activities=(activity.pk,), next=next, anew=not seen),
        reach=((Scope.ACTIVITY.value, activity.uuid),),
        shows_cancelled=shows_cancelled,
        filename=activity.slug if seen else "mingle",
    )


def of_occurrence(date: Occurrence, *, now: datetime.datetime, shows_cancelled: bool = False) -> Feed:
    """One date, whenever it is."""
    feed = of_activity(date.activity, now=now, shows_cancelled=shows_cancelled)
    named = is_public(date.activity, timezone.localdate(now))
    return dataclasses.replace(
        feed,
        heading=dataclasses.replace(
            _heading(feed.heading.name, links.of_occurrence(date, named=named), said=_("One date.")),
            color=feed.heading.color,
        ),
        wanted=Wanted(occurrence=date.pk, anew=True),
    )


def of_organisation(
    organisation: Organisation,
    *,
    now: datetime.datetime,
    generation: int,
    shows_cancelled: bool = False,
    next: int = 0,
) -> Feed:
    """Everything that an organisation runs or helps to run."""
    seen = is_public_organisation(organisation, timezone.localdate(now))
    query = Query(organisers=(organisation.slug,))
    return Feed(
        _heading(
            organisation.name if seen else gone_words(),
            links.of_organisation(organisation, named=seen),
            next=next,
            thread=organisation.thread if seen else OUR_THREAD,
        ),
        Wanted(activities=_activities(query, now, generation), next=next, anew=not seen),
        reach=((Scope.ORGANISATION.value, organisation.uuid),),
        shows_cancelled=shows_cancelled,
        filename=organisation.slug if seen else "mingle",
    )


def of_two(
    one: Organisation,
    other: Organisation,
    *,
    now: datetime.datetime,
    shows_cancelled: bool = False,
    next: int = 0,
) -> Feed:
    """What two organisations run together, whoever is the host. Named while the public sees both.

    One that only helps may lapse: what they ran together stays in calendars all the same.
    """
    today = timezone.localdate(now)
    seen = is_public_organisation(one, today) and is_public_organisation(other, today)
    said = _("%(one)s and %(other)s") % {"one": one.name, "other": other.name}
    together = Activity.run_by(one).filter(pk__in=Activity.run_by(other).values("pk"))
    keys = together.order_by("pk").values_list("pk", flat=True)
    return Feed(
        _heading(
            said if seen else gone_words(),
            links.of_organisation(one, named=seen),
            next=next,
            thread=one.thread if seen else OUR_THREAD,
        ),
        Wanted(activities=tuple(keys), next=next, anew=not seen),
        reach=tuple((Scope.ORGANISATION.value, each.uuid) for each in (one, other)),
        shows_cancelled=shows_cancelled,
        filename=f"{one.slug}-{other.slug}" if seen else "mingle",
    )


def gone_words() -> str:
    return _("No longer listed here")


def _activities(query: Query, now: datetime.datetime, generation: int | None) -> Keys | None:
    """Public or not: what has left stays in calendars without its name. None means all, which is quicker."""
    if not query.changed(days=(), times=(), as_of=None, cancelled=False).filters():
        return None
    return search.meant(query, now, generation=generation)


def _is_broad(asked: int, listed: int) -> bool:
    """Whether going through time finds 10,000 dates with fewer rows than going through the activities.

    1. Going through time reads 10,000 · listed / asked rows, in order.
    2. Going through activities reads some 50 · asked rows, and sorts them.
    """
    return MOST * listed < DATES_EACH * asked * asked


def _is_full(asked: int, listed: int, dates: int) -> bool:
    """Whether most that is listed is asked for, and has more dates to come than a calendar holds."""
    return 3 * asked >= 2 * listed and dates * asked >= MOST * listed > 0


def _asked(query: Query) -> Sequence[Organisation]:
    if not query.organisers and not query.schools:
        return []
    asked = Q(slug__in=query.organisers) | Q(urn__in=query.schools)
    return Organisation.objects.filter(asked).order_by("name")


def _unknown(query: Query, organisations: Sequence[Organisation]) -> dict[str, str]:
    """One that has lapsed is still known: its dates stay, without a name. Every school of the register is."""
    slugs, urns = {each.slug for each in organisations}, {each.urn for each in organisations}
    found = {}
    if not slugs.issuperset(query.organisers):
        found["organiser"] = _("We do not know this organiser.")
    others = set(query.schools) - urns
    if others and School.objects.filter(pk__in=others).count() < len(others):
        found["school"] = _("We do not know this school.")
    return found


def _reach(query: Query, organisations: Sequence[Organisation]) -> Reach:
    """The generations that rise with every change of what the question can reach.

    The activities that are picked and everything of the organisers or schools asked for, if any are; else
    everything. Everything too where words or entries of a list are asked for: what a word is taken for and
    what an entry is called is for others to change.
    """
    if query.q or query.types or query.access or query.languages or query.aims or query.places:
        return EVERYWHERE
    picked = [(Scope.ACTIVITY.value, pick) for pick in sorted(query.picks)]
    subjects: list[uuid.UUID] = sorted(each.uuid for each in organisations)
    return (*picked, *((Scope.ORGANISATION.value, subject) for subject in subjects)) or EVERYWHERE


def _heading(
    name: str, link: links.Links, *, said: str = "", next: int = 0, thread: str = OUR_THREAD
) -> Heading:
    return Heading(
        name=name,
        description=said or (_next_words(next) if next else _window_words()),
        source=link.https,
        page=link.page,
        color=phrases.COLOURS.get(thread, ""),
    )


def _next_words(next: int) -> str:
    words = _("The next dates that take place, at most %(number)s. This is a file: no changes arrive in it.")
    return words % {"number": next}


def _window_words() -> str:
    return _(
        "Dates from 90 days ago to 12 months ahead, at most 10,000, the soonest first. "
        "Changes arrive by themselves; your app may take up to a day to notice them."
    )


def _reasons(problems: dict[str, str], query: Query) -> str:
    """Why the calendar is empty: each part of the address with what was wrong in it."""
    parts = [
        _("“%(name)s=%(typed)s”: %(words)s") % {"name": name, "typed": query.typed[name], "words": words}
        if query.typed.get(name)
        else f"“{name}”: {words}"
        for name, words in problems.items()
    ]
    return _("This calendar is empty, because its address no longer makes sense. %(reasons)s") % {
        "reasons": " ".join(parts)
    }
