"""Count days: drawn by lot at night, told a week ahead, moved once if need be.

A season is autumn, spring or summer. Where a place has terms, only dates within them are drawn; a series
that has none there (a holiday camp, a place without terms) is drawn from all of its season's dates. A series
with one date left has one count day, and one with none has none.
"""

import datetime
import secrets
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import audit, in_hand
from accounts.models import User
from events import permissions
from events.actions import publishing
from events.answers import opening
from events.drawing import A_TERM, draw, in_term, season_of
from events.models import Activity, CountDay, Counter, Occurrence, Source, State
from events.wording import when_words
from organisations import letters
from organisations.models import Organisation
from organisations.refusals import MayNotChange
from places import clock

AHEAD = datetime.timedelta(days=7)


def asks_groups(occurrence: Occurrence) -> bool:
    """People are asked on count days. Where numbers by answer stand already they can be put right."""
    return bool(asking([occurrence.pk]))


@in_hand.held_by(None)
def asking(keys: Collection[int]) -> set[int]:
    """The same for many: those of these dates at which people are asked. One query. Who has one may know."""
    told = CountDay.objects.filter(occurrence__in=keys, announced_at__isnull=False)
    typed = Counter.objects.filter(register__in=keys, source=Source.TYPED)
    return set(told.values_list("occurrence", flat=True).union(typed.values_list("register_id", flat=True)))


def draw_all(*, now: datetime.datetime, dry_run: bool) -> int:
    """Draw what is missing in the season that the day in a week belongs to. Returns how many series that is.

    A count day that was called off is drawn anew, and one that passed before anybody was told.
    """
    begins, ends = season_of(timezone.localdate(now) + AHEAD)
    passed = Q(announced_at=None, occurrence__starts_at__lte=now)
    lost = CountDay.objects.filter(Q(occurrence__state=State.CANCELLED) | passed, season=begins)
    if not dry_run:
        lost.delete()
    keys = list(_without(begins, ends, now).values_list("pk", flat=True))
    return len(keys) if dry_run else sum(_draw(key, begins, ends, now) for key in keys)


def announce_all(*, now: datetime.datetime, dry_run: bool) -> int:
    """Tell those who record of count days in the next seven days. Returns how many were told of."""
    ends = clock.midnight(timezone.localdate(now) + AHEAD + datetime.timedelta(days=1))
    due = CountDay.objects.filter(announced_at=None, occurrence__starts_at__lt=ends)
    due = due.filter(occurrence__starts_at__gt=now).exclude(occurrence__state=State.CANCELLED)
    keys = list(due.order_by("pk").values_list("pk", flat=True))
    return len(keys) if dry_run else sum(_announce(key, now) for key in keys)


def places_to_move(day: CountDay, now: datetime.datetime) -> QuerySet[Occurrence]:
    """Coming dates of the series in the same season that are no count day."""
    _begins, ends = season_of(day.season)
    rows = Occurrence.objects.filter(activity=day.activity_id, count_day=None).once_public().happening()
    return rows.filter(starts_at__gt=now, starts_at__lt=clock.midnight(ends)).order_by("starts_at", "id")


@transaction.atomic
def move(*, occurrence: Occurrence, to: Occurrence, by: User) -> CountDay:
    """Ask on another coming date of the series in the same season instead; once.

    Raises ValidationError in words, MayNotChange.
    """
    if not permissions.may_record(by, occurrence.activity):
        raise MayNotChange(_("This count day is not yours to move."))
    now = timezone.now()
    told = CountDay.objects.select_for_update(of=("self",)).select_related("occurrence")
    day = told.filter(occurrence=occurrence, announced_at__isnull=False).first()
    if day is None:
        raise ValidationError(_("This date is not a count day any more."))
    if day.moved_from_id:
        raise ValidationError(_("A count day can be moved once, and this one has been."))
    if opening.begins_at(day.occurrence) <= now:  # somebody may have answered
        raise ValidationError(_("This date has begun or is over, so it stays as it was."))
    if not places_to_move(day, now).filter(pk=to.pk).exists():
        raise ValidationError(_("Choose a coming date of the same term that is no count day yet."))
    day.moved_from, day.occurrence = occurrence, to
    day.save(update_fields=["moved_from", "occurrence"])
    audit.record(
        by=by,
        action="count_day.moved",
        subject=to,
        organisation=occurrence.activity.host.uuid,
        details={"activity": str(occurrence.activity.uuid), "from": str(occurrence.uuid)},
    )
    return day


def _without(begins: datetime.date, ends: datetime.date, now: datetime.datetime) -> QuerySet[Activity]:
    """What families can see, has dates to draw from, and has fewer than two count days in the season."""
    hosts = Organisation.objects.public(timezone.localdate(now))
    some = Exists(_dates(begins, ends).filter(activity=OuterRef("pk"), starts_at__gte=_from(now)))
    rows = Activity.objects.filter(some, live=True, host__in=hosts)
    rows = rows.annotate(drawn=Count("count_days", filter=Q(count_days__season=begins)))
    return rows.filter(drawn__lt=A_TERM).order_by("pk")


def _dates(begins: datetime.date, ends: datetime.date) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.once_public().happening()
    return rows.filter(starts_at__gte=clock.midnight(begins), starts_at__lt=clock.midnight(ends))


def _from(now: datetime.datetime) -> datetime.datetime:
    """The first moment of which people can still be told a week ahead."""
    return clock.midnight(timezone.localdate(now) + AHEAD)


@transaction.atomic
def _draw(key: int, begins: datetime.date, ends: datetime.date, now: datetime.datetime) -> bool:
    """False where there is nothing to draw from, or another night's work has just drawn."""
    activity = publishing.lock(Activity.objects.get(pk=key))
    there = CountDay.objects.filter(activity=activity, season=begins)
    taken = dict(there.values_list("number", "occurrence"))
    rows = list(_dates(begins, ends).filter(activity=activity).order_by("starts_at", "id"))
    terms = list(activity.host.place.terms.values_list("first_day", "last_day"))
    days = set(in_term([timezone.localdate(row.starts_at) for row in rows], terms))
    coming = [
        row
        for row in rows
        if row.starts_at >= _from(now)
        and row.pk not in taken.values()
        and timezone.localdate(row.starts_at) in days
    ]
    free = [number for number in range(1, A_TERM + 1) if number not in taken]
    chosen = draw(coming, len(free), secrets.randbits(64))
    CountDay.objects.bulk_create(
        CountDay(activity=activity, season=begins, number=number, occurrence=row, drawn_at=now)
        for number, row in zip(free, chosen, strict=False)
    )
    return bool(chosen)


@transaction.atomic
def _announce(key: int, now: datetime.datetime) -> bool:
    day = CountDay.objects.select_for_update().filter(pk=key, announced_at=None).first()
    if day is None:
        return False
    day.announced_at = now
    day.save(update_fields=["announced_at"])
    recorders = permissions.recorders(day.activity).filter(user__is_active=True)
    when = when_words(day.occurrence.starts_at, day.occurrence.ends_at, timezone.localdate(now))
    letters.send(
        letters.Letter(
            subject=_("A count day is coming: %(activity)s") % {"activity": day.activity.title},
            lines=(
                _("%(when)s is a count day of “%(activity)s”. We drew it by lot.")
                % {"when": when, "activity": day.activity.title},
                _(
                    "On that day, ask people which group they belong to, how old they are and whether they "
                    "have been before. Nobody has to say, and nobody is asked for a name."
                ),
                _("If that day will not do, you can move it once to another date of the same term."),
            ),
            label=_("See the date"),
            href=letters.address("organise_date", day.occurrence.uuid),
        ),
        to=list(recorders.values_list("user__email", flat=True)),
    )
    return True
