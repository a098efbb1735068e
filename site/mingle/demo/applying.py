"""Somebody who applies, so that the officer has something to decide."""

import datetime

from django.db import transaction
from django.utils import timezone

from mingle.demo import clock, people
from organisations.actions import applications, declarations
from organisations.models import Application, Kind
from places.models import Place

APPLICANT = people.Person("hello@hebble-paddlers.example", "Wren", "Aspinall")
SENT_AGO = datetime.timedelta(days=2)
NAME = "Hebble Paddlers"


@transaction.atomic
def apply(place: Place, now: datetime.datetime) -> None:
    """A canoe club, sent in two days ago; nothing is done where it is known already."""
    if Application.objects.filter(name=NAME).exists():
        return
    with clock.at(now - SENT_AGO):
        by = people.applicant_account(APPLICANT)
        application = applications.start(by=by)
        applications.fill_in(application=application, said=_answers(place), by=by)
        declarations.fill_in(declaration=application.declaration, said=_declared(), by=by)
        applications.send(application=application, name=str(by), role="chair", by=by)


def _answers(place: Place) -> dict[str, object]:
    return {
        "place": place,
        "kind": Kind.CLUB,
        "name": NAME,
        "governing_body": "Paddle UK",
        "first_role": "chair",
        "first_phone": "01632 960188",
        "second_name": "Idris Naylor",
        "second_role": "treasurer",
        "second_phone": "01632 960189",
        "second_email": "idris@hebble-paddlers.example",
        "summary": "Canoes on the canal, slowly, with ducks.",
        "email": "canoes@hebble-paddlers.example",
        "phone": "01632 960187",
    }


def _declared() -> dict[str, object]:
    today = timezone.localdate()
    ahead, behind = today + datetime.timedelta(days=300), today - datetime.timedelta(days=30)
    return {
        "lead_name": "Wren Aspinall",
        "lead_role": "chair",
        "lead_phone": "01632 960188",
        "lead_email": APPLICANT.email,
        "lead_trained_on": behind,
        "deputy_name": "Idris Naylor",
        "deputy_role": "treasurer",
        "deputy_phone": "01632 960189",
        "deputy_email": "idris@hebble-paddlers.example",
        "deputy_trained_on": behind,
        "vetting": "everyone",
        "vetting_level": "enhanced",
        "vetting_seen_on": behind,
        "vetting_seen_by": "Idris Naylor",
        "policy_where": "In the boat shed, by the paddles.",
        "policy_reviewed_on": behind,
        "policy_review_by": ahead,
        "insurance_until": ahead,
        "governing_body": "Paddle UK",
        "first_aid": "Two of us are trained, and one is always in a boat.",
        "emergencies": "Everybody off the water, count heads, ring you.",
        "collecting": "Only whom you name to us.",
        "photographs": "Ducks only.",
        "allegations": "We ring the council the same day. The person stays away until it is settled.",
    }
