"""A round of the place, and the twinnings of a camp's school: one that runs, and one that was refused."""

import datetime
import uuid

from django.utils import timezone

from events.models import ActivityType
from organisations.models import Kind, Venue
from places.models import School
from schools.actions import programmes, twinnings
from schools.actions.programmes import Group, Plan, Planned
from schools.models import (
    PaperLetter,
    ProgrammeTemplate,
    Round,
    RoundPair,
    RoundState,
    Setting,
    Side,
    TemplateMeeting,
    Twinning,
    TwinningState,
    TwinningStep,
)
from tests.factories.registers import make_school
from tests.factories.twinnings import this_year
from tests.organisations.wall import friend
from tests.organisations.wall.camp import SHARED, Camp


def pairs(camp: Camp) -> None:
    """Two schools of the register. The organisation stands for the first of them."""
    number = 900_001 + 2 * School.objects.count()
    area = camp.place.area_codes[0]
    first, second = (
        make_school(at, name=f"{SHARED} school {at}", area_code=area) for at in (number, number + 1)
    )
    camp.organisation.kind, camp.organisation.urn = Kind.SCHOOL, first.pk
    camp.organisation.save(update_fields=["kind", "urn"])
    _round(camp, first, second)
    most = number % 10  # of no other camp: the form of one school changes what another has chosen
    twinnings.choose_limit(school=first, most=most, by=camp.owner)
    _plan(camp, _running(camp, first))
    _refused(camp, first, second)
    template = ProgrammeTemplate.objects.create(place=camp.place, title=camp.words("template"))
    TemplateMeeting.objects.create(
        template=template, number=0, setting="neutral", title=camp.words("of the template")
    )


def _round(camp: Camp, first: School, second: School) -> None:
    made = Round.objects.create(
        place=camp.place,
        area_codes=camp.place.area_codes,
        year=this_year(),
        state=RoundState.DRAFT,
        step=None,
        figures={},
        by=None,
        run_at=timezone.now(),
        note=camp.words("note"),
    )
    RoundPair.objects.create(round=made, first=first, second=second, kilometres=2.0)


def _running(camp: Camp, school: School) -> Twinning:
    other = friend.found()
    proposed = twinnings.propose(
        school=school,
        other=other.school,
        year=this_year(),
        note=camp.words("asked"),
        contact=camp.words("contact"),
        by=camp.owner,
    )
    agreed = twinnings.accept(twinning=proposed, school=other.school, contact="The head", by=other.head)
    return twinnings.start(twinning=agreed, by=camp.owner)


def _plan(camp: Camp, twinning: Twinning) -> None:
    """One meeting with a date, and with it the joint activity; one that waits for its date."""
    in_two_weeks = timezone.localdate() + datetime.timedelta(days=14)
    programmes.plan(
        twinning=twinning,
        school=twinning.first,
        plan=Plan(
            title=camp.words("programme"),
            summary=camp.words("together"),
            type=ActivityType.objects.get(slug="football"),
            before=camp.words("letters"),
            groups=[
                Group(Side.FIRST, camp.words("class")[:40], 28, 9, 10),
                Group(Side.SECOND, "Year 6", 24, 10, 11),
            ],
            meetings=[
                Planned(
                    Setting.FIRST,
                    camp.words("meeting"),
                    starts_at=datetime.datetime.combine(in_two_weeks, datetime.time(10)),
                    ends_at=datetime.datetime.combine(in_two_weeks, datetime.time(12)),
                    venue=Venue.objects.get(organisation=camp.organisation),
                ),
                Planned(Setting.NEUTRAL, camp.words("some day")),
            ],
        ),
        version=0,
        by=camp.owner,
    )


def _refused(camp: Camp, first: School, second: School) -> None:
    """Why is for the officers alone. The other school has no account: it was written to on paper."""
    twinning = Twinning.objects.create(
        first=first,
        second=second,
        year=this_year(),
        state=TwinningState.DECLINED,
        since=timezone.now(),
        note=camp.words("asked"),
        first_contact=camp.words("contact"),
        reason=camp.words("reason"),
    )
    TwinningStep.objects.create(twinning=twinning, state=TwinningState.DECLINED, at=twinning.since)
    PaperLetter.objects.create(
        twinning=twinning,
        school=second,
        digest=uuid.uuid4().hex * 2,
        written_at=timezone.now(),
        written_by=camp.owner,
    )
