"""Ways to keep dates in one's own calendar: addresses, and words for each.

`webcal` opens the calendar app of most computers and iPhones. Google subscribes by `cid`, in a browser only;
it silently removes cancelled entries, so its address asks for them to be shown.
"""

import datetime
from dataclasses import dataclass
from urllib.parse import quote, urlencode
from uuid import UUID

from django.conf import settings

from events.addresses import path_of
from events.coming_dates import ComingDate
from events.models import Activity, Occurrence
from events.query import Query
from organisations.models import Organisation

GOOGLE = "https://calendar.google.com/calendar/render"
NEXT = 10


@dataclass(frozen=True, slots=True)
class Links:
    """One calendar's addresses. `path` is without the host, `page` the same for people."""

    path: str
    page: str
    question: str = ""

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

    def _path(self, *more: tuple[str, str]) -> str:
        question = "&".join(filter(None, [self.question, urlencode(more)]))
        return f"{self.path}?{question}" if question else self.path


def of_query(query: Query) -> Links:
    """Of what somebody looked for: its dates are left out, its ages are of this school year."""
    question = query.undated().changed(cancelled=False).to_querystring()
    page = query.undated().changed(cancelled=False, as_of=None).to_querystring()
    return Links(
        "/activities/calendar.ics", _page(f"/activities/?{page}" if page else "/activities/"), question
    )


def of_activity(activity: Activity, *, named: bool = True) -> Links:
    """Every date of it. Without its name the page is the list of what is on."""
    return of_page(activity.uuid, path_of(activity) if named else "/activities/")


def of_page(uuid: UUID, path: str) -> Links:
    """Every date of the activity with that id, whose page has that path."""
    return Links(f"/activities/{uuid}/calendar.ics", _page(path))


def of_occurrence(date: Occurrence, *, named: bool = True) -> Links:
    return Links(f"/occurrences/{date.uuid}.ics", of_activity(date.activity, named=named).page)


def of_organisation(organisation: Organisation, *, named: bool = True) -> Links:
    page = f"/organisers/{organisation.slug}/" if named else "/activities/"
    return Links(f"/organisers/{organisation.slug}/calendar.ics", _page(page))


def file_of_date(uuid: UUID) -> str:
    """One date as a file."""
    return _page(f"/occurrences/{uuid}.ics")


def google_date(date: ComingDate, *, title: str, summary: str, path: str) -> str:
    """One date by Google's own link, for Android: it opens Google's app with the entry filled in."""
    times = "/".join(
        f"{moment.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}" for moment in (date.starts_at, date.ends_at)
    )
    asked = {
        "action": "TEMPLATE",
        "text": title,
        "dates": times,
        "ctz": "Europe/London",
        "location": date.venue.address,
        "details": f"{summary}\n\n{_page(path)}",
    }
    return f"{GOOGLE}?{urlencode(asked, quote_via=quote)}"


def _page(path: str) -> str:
    return f"{settings.PUBLIC_ADDRESS}{path}"


def _with_scheme(address: str, scheme: str) -> str:
    return f"{scheme}://{address.partition('://')[2]}"
