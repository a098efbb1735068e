"""Everything the demonstration shows, made in the order in which it could have come about.

1. The place, its terms, postcodes, lists and pages of words.
2. Officer, organisations and venues, a year ago; one more organisation that waits for the officer.
3. Activities, each on the day somebody would have put it on, and what happened to its dates since;
   most are confirmed by their people.
4. Schools as twins, with the programme of one pair.
5. What every night does: dates reach the horizon, those that are over leave the listings.
6. A year of registers, and a count day that is open now.

It can be run again at any time and adds only what is missing.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from accounts.models import User
from mingle.demo import (
    activities,
    applying,
    attendance,
    confirmations,
    editorial,
    happenings,
    organisers,
    people,
    reading,
    twins,
    worries,
)
from mingle.demo import place as places_of_demo
from organisations.models import Organisation
from places.models import Place

Say = Callable[[str], None]
EVERY = 20


@dataclass(slots=True)
class Loaded:
    organisations: int = 0
    activities: int = 0


def load(say: Say) -> Loaded:
    """Raises `people.NotTheDemonstration` under any other settings."""
    people.refuse_elsewhere()
    now = timezone.now()
    address = urlsplit(settings.PUBLIC_ADDRESS)
    place = places_of_demo.plant(address.hostname or "localhost", address.port or 80)
    say("postcodes of Calderdale")
    places_of_demo.load_postcodes(place)
    say("schools")
    places_of_demo.load_schools()
    places_of_demo.load_residents()
    editorial.write()
    say("organisations and venues")
    found = reading.organisations()
    hosts = _bring_in(place, found, now)
    places_of_demo.build_venues(place)
    applying.apply(place, now)
    done = _put_on(hosts, found, now, say)
    say("schools as twins")
    if twins.twin(now):
        happenings.catch_up(now)
    say("registers")
    attendance.record(place, now)
    attendance.keep_one_open(now)
    return Loaded(len(hosts), done)


def _bring_in(
    place: Place, found: dict[str, reading.Facts], now: datetime.datetime
) -> dict[str, Organisation]:
    officer: User = organisers.appoint_officer(place, now)
    hosts = {}
    for slug, facts in found.items():
        hosts[slug] = organisers.bring_in(place, slug, facts, officer, now)
    worries.appoint_lead(place)
    worries.report(place, now)
    for person in people.SIGN_INS:
        people.enrol_second_factor(person)
    return hosts


def _put_on(
    hosts: dict[str, Organisation], found: dict[str, reading.Facts], now: datetime.datetime, say: Say
) -> int:
    buildings = reading.venues()
    wanted = [(slug, words) for slug, facts in found.items() for words in facts["activity"]]
    done = 0
    for number, (slug, words) in enumerate(wanted, start=1):
        said = {"welcome": found[slug]["welcome"], "adults": found[slug]["adults"], **words}
        host = Organisation.objects.select_related("place").get(pk=hosts[slug].pk)
        done += activities.put_on(host, said, buildings, now)
        if number % EVERY == 0 or number == len(wanted):
            say(f"activities: {number} of {len(wanted)}")
    if done + confirmations.keep(now):
        say("dates up to the horizon")
        happenings.catch_up(now)
    return done
