"""The demonstration's safeguarding lead, and two concerns to read: what they say is made up."""

import datetime

from accounts.models import User
from mingle.demo import clock, people
from organisations.actions import concerns, leads
from organisations.actions.concerns import About, Told
from organisations.models import Concern, Organisation, SafeguardingLead
from places.models import Place

HOST = "crossways-youth"
SAID = (
    (
        2,
        Told(
            what="The door to the car park is left open while the little ones play. Nobody watches it.",
            where="Fridays, about seven",
            contact="01632 960144, in the evening",
        ),
    ),
    (0, Told(what="A helper I do not know asked my friend for her phone number.", under_18=True)),
)


def appoint_lead(place: Place) -> User:
    lead = people.sign_in_account(people.LEAD)
    if not SafeguardingLead.objects.filter(place=place).exists():
        leads.appoint(place=place, user=lead, by=None)
    return lead


def report(place: Place, now: datetime.datetime) -> None:
    """Once: some days ago, and today. One about an organisation, one that names nobody."""
    if Concern.objects.exists():
        return
    host = Organisation.objects.filter(slug=HOST).first()
    for days, told in SAID:
        about = About(place, host, involved=(host,)) if days and host else About(place)
        with clock.at(now - datetime.timedelta(days=days)):
            concerns.report(told=told, about=about, sent_with=f"demonstration {days}")
