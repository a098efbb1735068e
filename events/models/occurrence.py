"""One meeting on one date, and its stored calendar entry."""

import datetime
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.models.activity import Activity
from jobs.retention import Retention
from organisations.models import Venue
from places.distance import bounding_box


class State(models.TextChoices):
    SCHEDULED = "scheduled", _("Scheduled")
    MOVED = "moved", _("Moved")
    CANCELLED = "cancelled", _("Cancelled")
    HELD = "held", _("Held")


HAPPENING = frozenset({State.SCHEDULED, State.MOVED, State.HELD})


def elsewhen(
    state: str, starts_at: datetime.datetime, moved_from: datetime.datetime | None
) -> datetime.datetime | None:
    """When a date that was moved would have begun; None also of one that begins then, in another place."""
    return moved_from if state == State.MOVED and moved_from != starts_at else None


class OccurrenceQuerySet(models.QuerySet["Occurrence"]):
    def upcoming(self, now: datetime.datetime) -> "OccurrenceQuerySet":
        """Not over yet."""
        return self.filter(ends_at__gt=now)

    def happening(self) -> "OccurrenceQuerySet":
        """Not cancelled."""
        return self.exclude(state=State.CANCELLED)

    def near(self, point: tuple[float, float], miles: float) -> "OccurrenceQuerySet":
        """At venues in the square of `miles` around (latitude, longitude)."""
        south, west, north, east = bounding_box(*point, miles)
        return self.filter(
            venue__latitude__range=(south, north),
            venue__longitude__range=(west, east),
        )

    def once_public(self) -> "OccurrenceQuerySet":
        return self.exclude(public_since=None)


class Occurrence(models.Model):
    """One meeting. Identified by its rule and the local date the rule gave, never by its time.

    Never deleted once public: `public_since` says since when, and a withdrawn date stays as a tombstone.
    """

    retention = Retention(
        "reason notice",
        until="a year after the organisation closed",
        steps=("events.forget_closed_activities",),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="occurrences")
    rule = models.UUIDField()
    rule_date = models.DateField()
    number = models.PositiveSmallIntegerField(default=0)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="occurrences"
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SCHEDULED)
    withdrawn = models.BooleanField(
        default=False, help_text="Cancelled because the schedule no longer gives it, not by a person."
    )
    placed_by_hand = models.BooleanField(
        default=False, help_text="A person moved this date: its time and venue no longer follow the rule."
    )
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    notice = models.CharField(_("notice"), max_length=200, blank=True)
    moved_from = models.DateTimeField(_("moved from"), null=True, blank=True)
    public_since = models.DateTimeField(null=True, blank=True)

    objects = TheirManager.from_queryset(OccurrenceQuerySet)()

    class Meta:
        verbose_name = _("date")
        verbose_name_plural = _("dates")
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "rule", "rule_date", "number"],
                name="occurrence_once_a_rule_and_date",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="occurrence_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(state="cancelled"), name="occurrence_withdrawn_is_cancelled"
            ),
            models.CheckConstraint(
                condition=~Q(state="moved") | Q(moved_from__isnull=False),
                name="occurrence_moved_says_from_when",
            ),
        ]
        indexes = [
            models.Index(fields=["activity", "starts_at"], name="occurrence_by_activity"),
            models.Index(fields=["venue", "starts_at"], name="occurrence_by_venue"),
            models.Index(fields=["starts_at"], name="occurrence_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_counted(self) -> bool:
        """Somebody has said how many came."""
        register = getattr(self, "register", None)
        return register is not None and register.came is not None

    @property
    def announced_count_day(self) -> Any:
        """The count day that it is. What was drawn and not announced is nobody's to know."""
        day = getattr(self, "count_day", None)
        return day if day and day.announced_at else None


class CalendarWords(models.Model):
    """What calendar entries of an activity say besides their times: the same on most dates, so kept once.

    A row's text is never changed: new words are a new row, and a row that no entry has goes. So workers may
    keep texts in memory for as long as they like. Words whose `renderer` or `address` is not today's are
    rendered again as a feed goes.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    digest = models.BinaryField(max_length=32, help_text="SHA-256 of the text.")
    renderer = models.PositiveSmallIntegerField()
    address = models.CharField(max_length=200)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["activity", "digest"], name="calendar_words_once_an_activity")
        ]

    def __str__(self) -> str:
        return self.text[:60]


class CalendarEntry(models.Model):
    """The VEVENT of one public occurrence as last written: feeds join `text`, its own lines, with its words.

    `sequence` grows with every change of `meaning`, a digest of what the entry says; never for a new renderer
    or address.

    `public_until` is the last day on which the words may be shown; without it they name nothing.
    """

    occurrence = models.OneToOneField(
        Occurrence, primary_key=True, on_delete=models.PROTECT, related_name="entry"
    )
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    sequence = models.PositiveIntegerField(default=0)
    meaning = models.BinaryField(max_length=32)
    changed_at = models.DateTimeField()
    public_until = models.DateField(null=True)
    words = models.ForeignKey(CalendarWords, on_delete=models.PROTECT, related_name="entries")
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["activity", "starts_at"], name="entry_by_activity"),
            # With all that a feed reads: ten thousand dates of as many activities lie all over the table.
            models.Index(
                fields=["starts_at", "occurrence"],
                include=["activity", "words", "public_until", "text"],
                name="entry_by_start_with_its_text",
            ),
        ]

    def __str__(self) -> str:
        return str(self.occurrence_id)
