"""What an organiser's first page in the CMS says of activities: dates, what needs a hand, the calendar."""

import dataclasses
import datetime
from collections.abc import Sequence

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from events import permissions
from events.actions.registers import CLOSES_AFTER, OPENS_BEFORE
from events.answers import outnumbered
from events.feeds import links
from events.models import HAPPENING, Activity, CoOrganiser, Occurrence, Verdict
from events.wording import day_words, when_words
from organisations import slots
from organisations.models import Organisation

DATES = 5
WORK = 8


@dataclasses.dataclass(frozen=True, slots=True)
class Work:
    """Something that waits for the person: what it is, and where it is done."""

    words: str
    address: str


@dataclasses.dataclass(frozen=True, slots=True)
class Step:
    """One of the steps from nothing to a published activity; the first that is not done has the button, where
    it is the organiser's to do."""

    words: str
    address: str
    done: bool
    next: bool = False


def dates_and_work(user: User, mine: Sequence[Organisation], now: datetime.datetime) -> slots.Part:
    """Four queries, however many organisations and activities there are."""
    activities = _activities(mine, now)
    asking = [each for each in activities if not _is_looked_at(each)]
    rows, wrong = _dates(user, now)
    today = timezone.localdate(now)
    return slots.Part(
        "events/organiser_home.html",
        {
            "organises": bool(mine),
            "register": _register(rows, mine, now),
            "new": [(each, _new(each)) for each in mine],
            "dates": [(row, when_words(row.starts_at, row.ends_at, today)) for row in rows],
            "work": [*_invitations(user), *_outnumbered(wrong, today), *_of_activities(asking)][:WORK],
            "looked_at": [_title(each) for each in activities if _is_looked_at(each)],
            "steps": _steps(mine, activities),
            "calendars": [links.of_organisation(each) for each in mine if each.verified_on],
        },
    )


def _new(organisation: Organisation) -> str:
    return reverse("wagtailadmin_pages:add", args=["events", "activity", organisation.page.pk])


def _edit(key: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[key])


def _dates(user: User, now: datetime.datetime) -> tuple[list[Occurrence], list[Occurrence]]:
    """Those to come; and those that are over, have more answers than people, and can still be put right. One
    query for both."""
    coming = permissions.changeable_by(user).upcoming(now).exclude(withdrawn=True)
    over = (
        permissions.recordable_by(user).happening().filter(ends_at__lte=now, ends_at__gt=now - CLOSES_AFTER)
    )
    wrong = outnumbered.of_them(over.filter(register__closed_at=None))
    first, last = (rows.select_related("activity") for rows in (coming, wrong))
    rows = first.order_by("starts_at", "id")[:DATES].union(last.order_by("-starts_at", "id")[:WORK], all=True)
    found = sorted(rows, key=lambda row: row.starts_at)
    return [row for row in found if row.ends_at > now], [row for row in found if row.ends_at <= now]


def _register(rows: Sequence[Occurrence], mine: Sequence[Organisation], now: datetime.datetime) -> str:
    """The register of the one session of theirs that is on; otherwise the list of them."""
    hosts = {organisation.pk for organisation in mine}
    begun = [row for row in rows if row.starts_at - OPENS_BEFORE <= now and row.state in HAPPENING]
    on = [row.uuid for row in begun if row.activity.host_id in hosts]
    return reverse("register", args=on) if len(on) == 1 else reverse("organise") + "#registers"


def _activities(mine: Sequence[Organisation], now: datetime.datetime) -> list[Activity]:
    """Those that ask for something (never published, or public without dates) and one that is well; each with
    what the officer said of it, where it is among the first of a new organisation."""
    coming = Occurrence.objects.filter(activity=OuterRef("pk"), ends_at__gt=now, withdrawn=False)
    rows = Activity.objects.filter(host__in=mine).annotate(
        has_dates=Exists(coming), verdict=F("review__verdict"), answer=F("review__answer")
    )
    asks = Q(live=False, first_published_at=None) | Q(live=True, has_dates=False)
    rows = rows.filter(asks | Q(live=True)).only("pk", "title", "draft_title", "live", "first_published_at")
    return list(rows.order_by("live", "has_dates", "-latest_revision_created_at")[: WORK + 1])


def _invitations(user: User) -> list[Work]:
    waiting = CoOrganiser.objects.waiting_for(user).select_related("activity__host").order_by("invited_at")
    words = _("%(host)s asks you to run “%(title)s” together.")
    return [
        Work(
            words % {"host": row.activity.host, "title": row.activity.title},
            reverse("organise_together", args=[row.activity.uuid]),
        )
        for row in waiting[:WORK]
    ]


def _outnumbered(rows: Sequence[Occurrence], today: datetime.date) -> list[Work]:
    words = _("“%(title)s”, %(day)s: more answers than people.")
    return [
        Work(
            words % {"title": row.activity.title, "day": day_words(timezone.localdate(row.starts_at), today)},
            reverse("register", args=[row.uuid]),
        )
        for row in reversed(rows)
    ]


def _is_looked_at(activity: Activity) -> bool:
    """Its organiser has nothing to do until the officer has."""
    return not activity.live and activity.verdict == Verdict.WAITING


def _title(activity: Activity) -> str:
    return activity.draft_title or activity.title


def _of_activities(activities: Sequence[Activity]) -> list[Work]:
    work = []
    for each in activities:
        name = {"title": _title(each), "answer": getattr(each, "answer", None)}
        if not each.live and each.first_published_at is None:
            words = _("“%(title)s” is a draft: nobody sees it yet.")
            if each.verdict == Verdict.RETURNED:
                words = _("“%(title)s”: our officer asks for a change. %(answer)s")
            work.append(Work(words % name, _edit(each.pk)))
        elif each.live and not each.has_dates:
            work.append(Work(_("“%(title)s” has no dates to come.") % name, _edit(each.pk)))
    return work


def _steps(mine: Sequence[Organisation], activities: Sequence[Activity]) -> list[Step]:
    """From nothing to something that families find; none once one activity is public."""
    if len(mine) != 1 or any(each.live for each in activities):
        return []
    organisation = mine[0]
    page, draft = organisation.page, activities[0] if activities else None
    verdict = draft.verdict if draft else None
    to_publish = _edit(draft.pk) if draft else _new(organisation)
    steps = [
        Step(_("Say in one sentence what you do."), _edit(page.pk), bool(page.summary.strip())),
        Step(_("Write your first activity: what, when and where."), _new(organisation), draft is not None),
        Step(_("Read it once more and press “Publish”."), to_publish, verdict is not None),
    ]
    if verdict == Verdict.RETURNED:
        steps.append(Step(_("Change what our officer asks, and press “Publish” again."), to_publish, False))
    elif organisation.reviews_left:
        looked = verdict == Verdict.APPROVED
        steps.append(Step(_("Our officer looks at it. Families see it after that."), "", looked))
    first = next((at for at, step in enumerate(steps) if not step.done), None)
    return [dataclasses.replace(step, next=at == first) for at, step in enumerate(steps)]
