"""Which rows are a person's because of their activities, for the second wall (`accounts.in_hand`).

Registers and all that hangs on a date or an activity are for those who run it and for the officers of its
place; who of them may see what is asked where it is shown. What has no rule is nobody's to read in a request.
"""

from django.db.models import Model, Q, QuerySet

from accounts import in_hand
from accounts.models import User
from events import permissions
from events.models import (
    Activity,
    AnswerCode,
    AnswerSession,
    CoOrganiser,
    CountDay,
    Counter,
    Occurrence,
    Register,
    Review,
    Timetable,
    TimetableDraft,
)
from images.models import Picture
from organisations.models import Organisation
from organisations.permissions import changing_dates

# By which way each leads to its activity.
OF_AN_ACTIVITY: dict[type[Model], str] = {
    Occurrence: "activity",
    CountDay: "activity",
    Review: "activity",
    AnswerCode: "activity",
    Register: "occurrence__activity",
    Counter: "register__occurrence__activity",
    AnswerSession: "register__occurrence__activity",
}


def say() -> None:
    """Called when the app is ready."""
    in_hand.rule(Picture, lambda user: Q(pk__in=_activities(user).values("picture")))
    in_hand.rule(Picture, lambda user: Q(pk__in=_activities(user).values("entrance_picture")))
    in_hand.rule(CoOrganiser, _co_organisers)
    for model, activity in OF_AN_ACTIVITY.items():
        in_hand.rule(model, _run_by_theirs(activity))
    in_hand.rule(Timetable, lambda user: Q(pk__in=_timetables(user)))
    in_hand.rule(TimetableDraft, lambda user: Q(timetable__in=_timetables(user)))


def _run_by_theirs(activity: str) -> in_hand.Rule:
    return lambda user: permissions.run_by(changing_dates(user), activity)


def _co_organisers(user: User) -> Q:
    """All of an activity that theirs host, help to run or are asked to help to run."""
    theirs = changing_dates(user).values("pk")
    asked = CoOrganiser.objects.filter(organisation__in=theirs)
    return Q(activity__host__in=theirs) | Q(activity__in=asked.values("activity"))


def _timetables(user: User) -> QuerySet:
    return Timetable.objects.changeable_by(user).values("pk")


def _activities(user: User) -> QuerySet[Activity]:
    return Activity.objects.filter(host__in=Organisation.objects.edited_by(user).values("pk"))
