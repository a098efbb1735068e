"""What the entries of activities are made from, read together; and what each date's entry says."""

import datetime
import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from events import joint, pictures
from events.feeds import facts, phrases
from events.feeds.icalendar import lines
from events.models import Activity, CoOrganiser, Occurrence
from events.permissions import is_public
from organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says: the text that has its meaning, and its lines with their digest."""

    meaning: str
    text: str
    digest: bytes


class Source:
    """All that the entries of one activity are made from, on one day.

    `public_until` is the last day on which they may name it; without it the public may not see it now.
    """

    def __init__(self, activity: Activity, partners: Sequence[joint.Named], today: datetime.date) -> None:
        self.activity = activity
        self.today = today
        self.address = settings.PUBLIC_ADDRESS
        self.public_until = activity.host.declaration_until if is_public(activity, today) else None
        self._threads = joint.threads(activity.host, partners)
        names = tuple(name for name, _thread in partners)
        self._facts = facts.of_activity(activity, names) if self.public_until else None
        self._words: dict[facts.Facts, Words] = {}

    def words_of(self, date: Occurrence) -> Words:
        """Made once for all dates of which the same can be said."""
        found = facts.Facts(self._facts, facts.of_date(date)) if self._facts else facts.NOTHING
        if found not in self._words:
            self._words[found] = self._made(found)
        return self._words[found]

    def _made(self, found: facts.Facts) -> Words:
        image = pictures.in_calendars(self.activity, self._threads) if self._facts else ""
        with translation.override(settings.LANGUAGE_CODE):
            text = lines(phrases.said(found, address=self.address, image=image))
        return Words(facts.words_of(found), text, digest(text))


def read(activities: Sequence[int], today: datetime.date) -> dict[int, Source]:
    """In two queries."""
    found = Activity.objects.filter(pk__in=activities).select_related("host", "type", "picture").order_by()
    found = found.prefetch_related("picture__renditions")
    partners = _partners(activities, today)
    return {activity.pk: Source(activity, partners[activity.pk], today) for activity in found}


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _partners(activities: Sequence[int], today: datetime.date) -> dict[int, list[joint.Named]]:
    """Names and threads of co-organisers that accepted and that the public may see."""
    found: dict[int, list[joint.Named]] = defaultdict(list)
    rows = CoOrganiser.objects.filter(activity_id__in=activities, accepted_at__isnull=False)
    rows = rows.filter(organisation__in=Organisation.objects.public(today)).order_by("accepted_at", "pk")
    for key, *named in rows.values_list("activity_id", "organisation__name", "organisation__thread"):
        found[key].append((named[0], named[1]))
    return found
