"""The organisers' workspace: coming dates, and changing them from a phone."""

import datetime
from collections.abc import Callable
from functools import partial
from itertools import groupby
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.requests import SignedIn
from events import permissions
from events.actions import count_days, occurrences, registers, schedule, slips
from events.answers import opening
from events.forms.count_day import MoveCountDayForm
from events.forms.occurrence import (
    CancelForm,
    FromHereForm,
    MoveForm,
    NoticeForm,
    ReinstateForm,
)
from events.models import Activity, CoOrganiser, Occurrence, Review, State, Verdict
from events.models.schedule import WEEKDAYS
from events.views import undoing
from events.views.undoing import Done
from events.wording import day_words, short_time_range, time_range, when_words
from organisations.models import Organisation
from organisations.permissions import belonging_to, belongs_somewhere
from organisations.refusals import Refused

DAYS_AHEAD = 60
DATES_SHOWN = 200
REGISTERS_SHOWN = 60


def my_dates(request: SignedIn) -> QuerySet[Occurrence]:
    return permissions.changeable_by(request.user).select_related(
        "activity__host__place", "activity__venue", "venue", "count_day"
    )


@login_required
def coming(request: SignedIn) -> HttpResponse:
    """The next weeks of everything the person helps to run, by day."""
    now = timezone.now()
    today = timezone.localdate(now)
    rows = my_dates(request).upcoming(now).filter(starts_at__lt=now + datetime.timedelta(days=DAYS_AHEAD))
    chosen = request.GET.get("organisation", "").replace("\x00", "")
    mine = belonging_to(request.user).order_by("name")
    if chosen:
        helps = Q(activity__co_organisers__organisation__slug=chosen)
        rows = rows.filter(Q(activity__host__slug=chosen) | helps).distinct()
    rows = rows.exclude(withdrawn=True).order_by("starts_at", "id")[:DATES_SHOWN]
    days = [
        (day_words(day, today), [(row, _times(row)) for row in group])
        for day, group in groupby(rows, key=lambda row: timezone.localdate(row.starts_at))
    ]
    waiting = CoOrganiser.objects.waiting_for(request.user).order_by("invited_at")
    invitations = waiting.select_related("activity__host", "organisation")
    context = {"days": days, "weeks": DAYS_AHEAD // 7, "invitations": invitations}
    context |= {"mine": mine, "chosen": chosen}
    context["registers"] = _registers(request, now)
    context["reviews"] = _reviews(request)
    context["belongs"] = bool(days) or belongs_somewhere(request.user)
    return render(request, "events/organise/coming.html", context)


def _registers(request: SignedIn, now: datetime.datetime) -> list[tuple[Occurrence, str, bool]]:
    """Sessions of the last 28 days and those that are on, the newest first; whether somebody has counted."""
    rows = permissions.recordable_by(request.user).happening().select_related("activity", "venue", "register")
    rows = rows.filter(starts_at__lte=now + registers.OPENS_BEFORE, ends_at__gt=now - registers.CLOSES_AFTER)
    today = timezone.localdate(now)
    return [
        (row, when_words(row.starts_at, row.ends_at, today), row.is_counted)
        for row in rows.order_by("-starts_at", "id")[:REGISTERS_SHOWN]
    ]


def _reviews(request: SignedIn) -> QuerySet[Review]:
    """First activities that are with the officer, or came back from there."""
    mine = Review.objects.filter(activity__host__in=Organisation.objects.edited_by(request.user))
    undecided = mine.exclude(verdict=Verdict.APPROVED).filter(activity__host__memberships__user=request.user)
    return undecided.select_related("activity").order_by("asked_at").distinct()


def _times(row: Occurrence) -> str:
    start, end = timezone.localtime(row.starts_at), timezone.localtime(row.ends_at)
    return short_time_range(start.time(), end.time())


@login_required
def date(request: SignedIn, occurrence_uuid: UUID) -> HttpResponse:
    """One date: what it is, and what can be done with it; those who publish may change all after it too."""
    occurrence = get_object_or_404(my_dates(request), uuid=occurrence_uuid)
    kinds = {"cancel": CancelForm, "move": MoveForm, "reinstate": ReinstateForm, "notice": NoticeForm}
    found = occurrence.activity
    rule = next((row for row in found.rules.all() if row.uuid == occurrence.rule), None)
    if rule and found.live and permissions.may_publish(request.user, found):
        kinds["from_here"] = partial(FromHereForm, rule=rule)
    day = occurrence.announced_count_day
    may_record = permissions.may_record(request.user, found)
    if day and may_record and not day.moved_from_id and opening.begins_at(occurrence) > timezone.now():
        kinds["count_day"] = MoveCountDayForm
    shown = {name: kind(occurrence=occurrence, prefix=name) for name, kind in kinds.items()}
    shown["notice"].initial["notice"] = occurrence.notice
    asked = request.POST.get("do", "")
    if asked == "undo":
        undoing.undo(request, occurrence, found)
        return redirect("organise_date", occurrence_uuid)
    if asked in kinds:
        shown[asked] = kinds[asked](request.POST, occurrence=occurrence, prefix=asked)
        if carried_out(request, shown[asked], DO[asked], occurrence):
            return redirect("organise_date", occurrence_uuid)
    when = when_words(occurrence.starts_at, occurrence.ends_at, timezone.localdate())
    context = {"occurrence": occurrence, "when": when, "forms": shown, "asked": asked}
    context["undo"] = undoing.offered(request, occurrence)
    context["over"] = occurrence.starts_at <= timezone.now()
    context["refused"] = _refused_unseen(asked, shown, occurrence) if asked else []
    context["records"] = may_record and occurrence.starts_at - registers.OPENS_BEFORE <= timezone.now()
    context["types_slips"] = context["over"] and may_record and slips.are_asked(occurrence)
    context["reads_corrections"] = permissions.may_read_corrections(request.user, found)
    context["count_day"] = day
    return render(request, "events/organise/date.html", context)


def _refused_unseen(asked: str, shown: dict[str, forms.Form], occurrence: Occurrence) -> list[str]:
    """What is wrong with a form that the page no longer draws, because somebody else was first."""
    if asked not in shown:
        return [_("That could not be done, because somebody has changed it meanwhile. Look at it again.")]
    over, cancelled = occurrence.starts_at <= timezone.now(), occurrence.state == State.CANCELLED
    is_drawn = asked == "count_day" or (not over and (asked == "reinstate") == cancelled)
    return [] if is_drawn else [str(words) for words in shown[asked].non_field_errors()]


def carried_out(
    request: SignedIn, form: forms.Form, action: Callable[..., Done], subject: Activity | Occurrence
) -> bool:
    """Try the action; what it refuses is said beside the field, and everything typed stays."""
    if not form.is_valid():
        return False
    try:
        done = action(form, subject, request.user)
    except ValidationError as error:
        _say(form, error)
        return False
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    undoing.remember(request, subject, done)
    return True


def _say(form: forms.Form, error: ValidationError) -> None:
    names = getattr(form, "NAMES", {})
    by_field = error.message_dict if hasattr(error, "error_dict") else {None: error.messages}
    for name, words in by_field.items():
        field = names.get(name, "ready" if name == "reason" and "ready" in form.fields else name)
        form.add_error(field if field in form.fields else None, words)  # ty: ignore[invalid-argument-type] (a list may be)


def _cancel(form: CancelForm, occurrence: Occurrence, user: User) -> Done:
    done = occurrences.cancel(occurrence=occurrence, reason=form.reason(), by=user)
    if not done.changed:
        return Done(_("It was cancelled already."))
    return Done(_("Cancelled. Families see why, and so do their calendars."), done.change)


def _move(form: MoveForm, occurrence: Occurrence, user: User) -> Done:
    starts_at, ends_at = form.times()
    done = occurrences.move(
        occurrence=occurrence,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=form.cleaned_data["venue"],
        by=user,
        reason=form.cleaned_data["reason"],
    )
    if not done.changed:
        return Done(_("It was there already."))
    when = when_words(done.occurrence.starts_at, done.occurrence.ends_at, timezone.localdate())
    said = _("Moved. It is now: %(when)s, %(venue)s.") % {"when": when, "venue": done.occurrence.venue}
    return Done(said, done.change)


def _reinstate(form: ReinstateForm, occurrence: Occurrence, user: User) -> Done:
    done = occurrences.reinstate(occurrence=occurrence, by=user)
    if not done.changed:
        return Done(_("It was never off, or is on again already."))
    return Done(_("It takes place after all."), done.change)


def _from_here(form: FromHereForm, occurrence: Occurrence, user: User) -> Done:
    changes = form.changes()
    if not changes:
        return Done(_("It was so already."))
    schedule.change_from(
        activity=occurrence.activity,
        rule=occurrence.rule,
        at=form.at,
        changes=changes,
        by=user,
        seen=form.look,
    )
    if occurrence.placed_by_hand:
        return Done(
            _("Changed. That holds for the dates after this one. This one stays where it was moved to.")
        )
    given = form.cleaned_data
    said = {"times": time_range(given["start"], given["end"]), "venue": given["venue"]}
    if "weekday" not in given:
        return Done(_("Changed. This date and all after it are now from %(times)s, %(venue)s.") % said)
    said["day"] = WEEKDAYS[given["weekday"]][1]
    words = _("Changed. This date and those after it are now on %(day)s from %(times)s, %(venue)s.")
    return Done(words % said)


def _notice(form: NoticeForm, occurrence: Occurrence, user: User) -> Done:
    done = occurrences.put_notice(occurrence=occurrence, notice=form.cleaned_data["notice"], by=user)
    if not done.occurrence.notice:
        return Done(_("There is no line on this date now."), done.change)
    return Done(_("Saved. Families see it with this date, and in their calendars."), done.change)


def _move_count_day(form: MoveCountDayForm, occurrence: Occurrence, user: User) -> Done:
    to = form.cleaned_data["to"]
    count_days.move(occurrence=occurrence, to=to, by=user)
    when = when_words(to.starts_at, to.ends_at, timezone.localdate())
    return Done(_("Moved. The count day is now: %(when)s.") % {"when": when})


DO = {
    "cancel": _cancel,
    "move": _move,
    "from_here": _from_here,
    "reinstate": _reinstate,
    "notice": _notice,
    "count_day": _move_count_day,
}
