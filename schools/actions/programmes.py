"""Programmes: planned by either of two twins, on one page. The first date makes the joint activity.

A meeting that has a date is moved and cancelled as every date is, in `events.actions.occurrences`. What is
planned here are meetings without a date, and those that were cancelled.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from accounts import audit
from accounts.acting import acting
from accounts.models import User
from events import asked
from events.actions import co_organisers, publishing, reviews, schedule
from events.models import Activity, ActivityType, Joining
from organisations.models import Organisation, OrganisationPage, Venue
from organisations.refusals import AwaitsReview, ChangedMeanwhile, MayNotChange
from places.models import School
from places.school_years import said, year_of
from schools import letters, permissions
from schools.actions import twinnings
from schools.models import Meeting, Programme, ProgrammeGroup, Setting, Side, Twinning
from schools.models.twinning import TOGETHER
from schools.programmes import Line, lines_of

MOST_MEETINGS, MOST_GROUPS = 12, 12


@dataclass(frozen=True, slots=True)
class Group:
    side: Side
    label: str
    size: int
    age_from: int
    age_to: int


@dataclass(frozen=True, slots=True)
class Planned:
    """One meeting as asked for. `uuid` of one that is there already. Times without a zone are London's clock;
    without them it has no date yet, or keeps the one that it has. `left_out`: there is none after all."""

    setting: Setting
    title: str
    uuid: UUID | None = None
    starts_at: datetime.datetime | None = None
    ends_at: datetime.datetime | None = None
    venue: Venue | None = None
    left_out: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """`title`, `summary` and `type` are what families read of it; `before` is for the two schools."""

    title: str
    summary: str
    type: ActivityType
    before: str
    groups: Sequence[Group]
    meetings: Sequence[Planned]


@transaction.atomic
def plan(*, twinning: Twinning, school: School, plan: Plan, version: int, by: User) -> Programme:
    """Make the programme say this. `version` is that of the programme the person saw, 0 where there was none.

    1. Hold the twinning, so that nobody plans the same at once. Refuse who saw another version.
    2. Check every meeting that gets a date; say all that is wrong beside its field, as `meetings.0.venue`.
    3. Write what takes part and the meetings in their order.
    4. The first dates make the joint activity, hosted by `school` and run by its twin too: both have said yes
       to being twins, so nobody is asked again. Later dates are added to it.

    Raises MayNotChange, ChangedMeanwhile, MayNotPublish, ValidationError.
    """
    held = _held(twinning, school, by)
    programme = Programme.objects.select_for_update(no_key=True).filter(twinning=held).first()
    if version != (programme.version if programme else 0):
        raise ChangedMeanwhile(
            _("Somebody else has changed this programme meanwhile. Look at it above, then save again.")
        )
    lines = {line.meeting.uuid: line for line in lines_of(programme, timezone.now())} if programme else {}
    organisations = _both(held)
    dates = _checked(plan, held, lines, organisations)
    programme = _written(programme or Programme(twinning=held, version=0), plan)
    _write_meetings(programme, plan, lines, {number: date.rule for number, date in dates.items()})
    new = list(dates.values())
    if new:
        _put_into_calendars(programme, held, school, organisations, new, by)
    details = {"meetings": len(programme.meetings.all()), "new_dates": len(new)}
    audit.record(by=by, action="programme.planned", subject=held, details=details)
    if not permissions.speaks_for(by, held.other(school)):
        letters.planned(held, to=held.other(school), dates=len(new))
    return programme


def _held(twinning: Twinning, school: School, by: User) -> Twinning:
    held = twinnings.hold(twinning)
    if not held.has(school) or not permissions.speaks_for(by, school):
        raise MayNotChange(_("Only owners and editors of the two schools can plan."))
    if held.state not in TOGETHER:
        raise ChangedMeanwhile(_("Plan once both schools have said yes, and until the twinning ends."))
    return held


def _both(twinning: Twinning) -> dict[Side, Organisation]:
    """The organisations that stand for the two schools. Without one of them nothing can be planned."""
    by_urn = {each.urn: each for each in permissions.who_stand_for(twinning)}
    if len(by_urn) < 2:
        raise ValidationError(_("One of the two schools cannot take part now: it is not checked."))
    return {Side.FIRST: by_urn[twinning.first_id], Side.SECOND: by_urn[twinning.second_id]}


def _checked(
    plan: Plan, twinning: Twinning, lines: dict[UUID, Line], both: dict[Side, Organisation]
) -> dict[int, schedule.NewDate]:
    """The new dates, by the place of their meeting in the plan."""
    wrong: dict[str, Any] = {}
    dates: dict[int, schedule.NewDate] = {}
    if not [each for each in plan.meetings if not each.left_out]:
        wrong["meetings"] = _("Plan one meeting at least.")
    if len(plan.meetings) > MOST_MEETINGS or len(plan.groups) > MOST_GROUPS:
        wrong["meetings"] = _("That is too many: twelve meetings and twelve groups at most.")
    if not plan.groups:
        wrong["groups"] = _("Say which class or group takes part.")
    for number, each in enumerate(plan.meetings):
        try:
            date = _date(each, twinning, lines, both)
        except ValidationError as refused:
            wrong |= {f"meetings.{number}.{name}": words for name, words in refused.message_dict.items()}
        else:
            if date:
                dates[number] = date
    if wrong:
        raise ValidationError(wrong)
    return dates


def _date(
    each: Planned, twinning: Twinning, lines: dict[UUID, Line], both: dict[Side, Organisation]
) -> schedule.NewDate | None:
    line = lines.get(each.uuid) if each.uuid else None
    if each.uuid and line is None:
        raise ValidationError({"title": _("This meeting is not part of the programme any more.")})
    if each.left_out:
        if line and not line.is_open:
            raise ValidationError({"left_out": _("It has a date. Cancel that first.")})
        return None
    if each.starts_at is None or each.ends_at is None or each.venue is None:
        return None
    if line and not line.is_open:
        raise ValidationError({"day": _("It has a date by now. Move that one.")})
    start, end = asked.checked_times(each.starts_at, each.ends_at)
    if year_of(timezone.localdate(start)) != twinning.year:
        words = _("This twinning is for the school year %(year)s. Choose a day in it.")
        raise ValidationError({"day": words % {"year": said(twinning.year)}})
    _check_venue(each.venue, each.setting, both)
    return schedule.NewDate(uuid4(), start, end, each.venue)


def _check_venue(venue: Venue, meets: Setting, both: dict[Side, Organisation]) -> None:
    """A neutral place belongs to neither school; a visit is never at the other one."""
    if not Venue.objects.usable_by(*both.values()).filter(pk=venue.pk).exists():
        raise ValidationError({"venue": _("Choose a place of one of the two schools, or a shared one.")})
    owner = venue.organisation_id
    if meets == Setting.NEUTRAL and owner is not None:
        raise ValidationError(
            {"venue": _("This belongs to one of the two schools. A neutral place belongs to neither.")}
        )
    for setting, others in ((Setting.FIRST, Side.SECOND), (Setting.SECOND, Side.FIRST)):
        if meets == setting and owner == both[others].pk:
            words = _("This belongs to %(school)s. Choose another place, or say that you meet there.")
            raise ValidationError({"venue": words % {"school": both[others]}})


def _written(programme: Programme, plan: Plan) -> Programme:
    programme.title, programme.summary = plan.title, plan.summary
    programme.type, programme.before = plan.type.slug, plan.before
    programme.version += 1
    programme.save()
    programme.groups.all().delete()
    numbers = {side: iter(range(MOST_GROUPS)) for side in Side}
    ProgrammeGroup.objects.bulk_create(
        ProgrammeGroup(
            programme=programme,
            side=each.side,
            number=next(numbers[each.side]),
            label=each.label,
            size=each.size,
            age_from=each.age_from,
            age_to=each.age_to,
        )
        for each in plan.groups
    )
    return programme


def _write_meetings(
    programme: Programme, plan: Plan, lines: dict[UUID, Line], rules: dict[int, UUID]
) -> None:
    """Those that nobody named stay, after those that were."""
    named = {each.uuid for each in plan.meetings}
    kept = [(number, each) for number, each in enumerate(plan.meetings) if not each.left_out]
    programme.meetings.filter(uuid__in=[each.uuid for each in plan.meetings if each.left_out]).delete()
    for number, (place, each) in enumerate(kept):
        meeting = lines[each.uuid].meeting if each.uuid else Meeting(programme=programme)
        meeting.number, meeting.setting, meeting.title = number, each.setting, each.title
        meeting.rule = rules.get(place, meeting.rule)
        meeting.save()
    others = [line.meeting for key, line in lines.items() if key not in named]
    for number, meeting in enumerate(others, start=len(kept)):
        meeting.number = number
        meeting.save(update_fields=["number"])


def _put_into_calendars(
    programme: Programme,
    twinning: Twinning,
    school: School,
    both: dict[Side, Organisation],
    new: Sequence[schedule.NewDate],
    by: User,
) -> None:
    if programme.activity is not None:
        schedule.add_dates(activity=programme.activity, new=new, by=by)
        return
    ours = Side.FIRST if twinning.is_first(school) else Side.SECOND
    theirs = Side.SECOND if ours == Side.FIRST else Side.FIRST
    programme.activity = _put_on(programme, both[ours], both[theirs], new, by)
    programme.save(update_fields=["activity"])


def _put_on(
    programme: Programme,
    host: Organisation,
    partner: Organisation,
    new: Sequence[schedule.NewDate],
    by: User,
) -> Activity:
    """The joint activity. Of the classes it says how old they are, and no more. Where an officer has to look
    at it first, it waits for that."""
    ages = list(programme.groups.values_list("age_from", "age_to"))
    activity = Activity(
        title=programme.title,
        host=host,
        owner=by,
        summary=programme.summary,
        body=f"<p>{escape(_('Classes of two schools meet in the course of a year.'))}</p>",
        price_note=_("For pupils of the two schools"),
        type=ActivityType.objects.get(slug=programme.type),
        venue=new[0].venue,
        age_from=min(first for first, _last in ages),
        age_to=max(last for _first, last in ages),
        joining=Joining.ASK,
        price=0,
        live=False,
    )
    activity.rules = [schedule.once(each) for each in new]
    for place, rule in enumerate(activity.rules.all()):
        rule.sort_order = place
    with acting(by):
        OrganisationPage.objects.get(organisation=host).add_child(instance=activity)
        activity.save_revision(user=by)
    co_organisers.bring_in(activity=activity, organisation=partner, by=by)
    try:
        publishing.publish(activity=activity, by=by)
    except AwaitsReview:
        reviews.ask(activity=activity, by=by)
    return activity
