"""Ways to keep dates in one's own calendar: addresses, and words for each.

`webcal` opens the calendar app of most computers and iPhones. Google subscribes by `cid`, in a browser only;
it silently removes cancelled entries, so its address asks for them to be shown.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events.addresses import path_of
from events.coming_dates import ComingDate
from events.feeds import phrases
from events.models import Activity, Occurrence
from events.query import SCHOOL_YEAR_BEGINS, Query
from events.wording import joined
from organisations.models import Kind, Organisation

GOOGLE = "https://calendar.google.com/calendar/render"
NEXT = 10


@dataclass(frozen=True, slots=True)
class Links:
    """One calendar's addresses. `path` is without the host, `page` the same for people.

    `of` says what it is a calendar of: "activity", "search", "list" or an organisation's kind; `name` is what
    that is called. `ages` and `as_of` say how a search grows with a child; it is `dated` where it asked for
    some dates.
    """

    path: str
    page: str
    question: str = ""
    of: str = "search"
    name: str = ""
    ages: tuple[int, ...] = ()
    as_of: tuple[int, int] | None = None
    dated: bool = False

    @property
    def https(self) -> str:
        """The address itself, for any app that asks for one."""
        return f"{settings.PUBLIC_ADDRESS}{self._path()}"

    @property
    def webcal(self) -> str:
        """Opens the app in which calendars are kept."""
        return _with_scheme(self.https, "webcal")

    @property
    def google(self) -> str:
        """Google Calendar in a browser. With https in place of webcal it subscribes to nothing."""
        feed = _with_scheme(f"{settings.PUBLIC_ADDRESS}{self._path(('cancelled', 'show'))}", "webcal")
        return f"{GOOGLE}?{urlencode({'cid': feed})}"

    @property
    def next_ten(self) -> str:
        """A file of the next ten dates, for apps that cannot subscribe."""
        return f"{settings.PUBLIC_ADDRESS}{self._path(('next', str(NEXT)))}"

    @property
    def button(self) -> str:
        """What is added, in three words."""
        return {
            "activity": _("Add every date"),
            "list": _("Add our list"),
            Kind.SCHOOL: _("Add this school"),
            Kind.CLUB: _("Add this club"),
            Kind.GROUP: _("Add this group"),
            Kind.PUBLIC: _("Add this organiser"),
        }.get(self.of, _("Add this search"))

    @property
    def invitation(self) -> str:
        """What could be in one's calendar. It promises no changes: not every way brings them."""
        if self.of == "search":
            return _("Have everything that this search finds in your own calendar.")
        if self.of == "list":
            return _("Have every date on our list in your own calendar.")
        return _("Have every date of “%(name)s” in your own calendar.") % {"name": self.name}

    @property
    def grows(self) -> str:
        """What happens on the next 1 September, and on each after it, where ages were asked for."""
        if self.as_of is None or not self.ages:
            return ""
        year, month = self.as_of
        words = ngettext(
            "A subscription grows with your child: from 1 September %(year)d it is for age %(ages)s.",
            "A subscription grows with your children: from 1 September %(year)d it is for ages %(ages)s.",
            len(self.ages),
        )
        ages = joined(str(age + 1) for age in self.ages)
        return words % {"year": year + (month >= SCHOOL_YEAR_BEGINS), "ages": ages}

    def _path(self, *more: tuple[str, str]) -> str:
        question = "&".join(filter(None, [self.question, urlencode(more)]))
        return f"{self.path}?{question}" if question else self.path


def of_query(query: Query, *, as_typed: bool = False) -> Links:
    """Of what somebody looked for: its dates are left out, its ages are of this school year.

    With `as_typed` what made no sense stays in the addresses: without it they would ask for more.
    Its page keeps the month of the ages: a year later it shows what is on for the child as it is then.
    """
    asked = query.undated().changed(cancelled=False)
    question = asked.to_querystring_as_typed() if as_typed else asked.to_querystring()
    is_list = bool(asked.picks) and not asked.changed(picks=(), as_of=None).filters()
    return Links(
        "/activities/calendar.ics",
        _page(f"/activities/?{question}" if question else "/activities/"),
        question,
        of="list" if is_list else "search",
        ages=asked.ages,
        as_of=asked.as_of,
        dated=bool(query.when or query.first_day or query.last_day),
    )


def of_activity(activity: Activity, *, named: bool = True) -> Links:
    """Every date of it. Without its name the page is the list of what is on."""
    return of_page(activity.uuid, path_of(activity) if named else "/activities/", activity.title)


def of_page(uuid: UUID, path: str, title: str) -> Links:
    """Every date of the activity with that id and title, whose page has that path."""
    return Links(f"/activities/{uuid}/calendar.ics", _page(path), of="activity", name=title)


def of_occurrence(date: Occurrence, *, named: bool = True) -> Links:
    return Links(_path_of_date(date.uuid), of_activity(date.activity, named=named).page)


def of_organisation(organisation: Organisation, *, named: bool = True) -> Links:
    page = f"/organisers/{organisation.slug}/" if named else "/activities/"
    return Links(
        f"/organisers/{organisation.slug}/calendar.ics",
        _page(page),
        of=organisation.kind,
        name=organisation.name,
    )


def file_of_date(uuid: UUID) -> str:
    """One date as a file."""
    return _page(_path_of_date(uuid))


def google_date(date: ComingDate, *, title: str, summary: str, path: str) -> str:
    """One date by Google's own link, for Android: it opens Google's app with the entry filled in.

    What is new on it and its notice come first, as in every other calendar.
    """
    times = "/".join(
        f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" for moment in (date.starts_at, date.ends_at)
    )
    asked = {
        "action": "TEMPLATE",
        "text": title,
        "dates": times,
        "ctz": "Europe/London",
        "location": date.venue.address,
        "details": "\n\n".join(filter(None, [phrases.news(date), summary, _page(path)])),
    }
    return f"{GOOGLE}?{urlencode(asked, quote_via=quote)}"


def _path_of_date(uuid: UUID) -> str:
    return f"/occurrences/{uuid}.ics"


def _page(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _with_scheme(address: str, scheme: str) -> str:
    return f"{scheme}://{address.partition('://')[2]}"
