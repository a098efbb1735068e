"""A timetable that an organiser brought, until its drafts are made and for some days after."""

import datetime
import uuid
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.importing.layout import Layout
from events.importing.table import Remark, Table
from events.models.activity import Activity
from events.models.schedule import SEASONS
from events.models.vocabularies import ActivityType
from jobs.retention import Retention
from organisations.models import EDITING_ROLES, Organisation, Venue

LAYOUTS = [
    (Layout.LIST.value, _("A list: one class on each line")),
    (Layout.DAYS_ACROSS.value, _("A grid with the days across the top")),
    (Layout.DAYS_DOWN.value, _("A grid with the days down the side")),
    (Layout.LINES.value, _("Lines of text")),
]


class Work(models.TextChoices):
    """What goes on, piece by piece, once a person has said so."""

    NONE = ""
    MAKING = "making"
    UNDOING = "undoing"


class TimetableQuerySet(models.QuerySet["Timetable"]):
    def changeable_by(self, user: AbstractBaseUser) -> "TimetableQuerySet":
        """Those of organisations that the person is an owner or editor of."""
        return self.filter(
            organisation__memberships__user=user, organisation__memberships__role__in=EDITING_ROLES
        )

    def at_work(self) -> "TimetableQuerySet":
        return self.exclude(work=Work.NONE)

    def waiting(self) -> "TimetableQuerySet":
        return self.filter(carried_out_at=None)

    def over(self, now: datetime.datetime) -> "TimetableQuerySet":
        """Neither touched nor carried out within the days that they are kept."""
        return self.filter(work=Work.NONE, changed_at__lt=now - datetime.timedelta(days=Timetable.DAYS_KEPT))


class Timetable(models.Model):
    """What was read of it, as text, and what the organiser said about it.

    Clubs write into it whatever they like, a coach's name too. The drafts stay when it goes.
    """

    retention = Retention(
        "by name cells remarks columns corrections agreed_by",
        until="seven days after its last change",
        steps=("events.forget_timetables",),
    )

    DAYS_KEPT = 7

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="timetables")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(_("file"), max_length=120, blank=True)
    cells = models.JSONField()
    remarks = models.JSONField(default=dict, blank=True)
    ours = models.BooleanField(default=False)

    layout = models.CharField(_("how it is laid out"), max_length=12, choices=LAYOUTS)
    columns = models.JSONField(default=list, blank=True)
    corrections = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    taken_in = models.JSONField(default=list, blank=True)

    first = models.DateField(_("from which date"))
    last = models.DateField(_("until which date"), null=True, blank=True)
    season = models.CharField(_("when in the year"), max_length=10, choices=SEASONS, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("how many minutes a class lasts"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(720)],
    )
    type = models.ForeignKey(
        ActivityType,
        verbose_name=_("type"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    work = models.CharField(max_length=8, choices=Work.choices, blank=True, default=Work.NONE)
    agreed = models.CharField(max_length=32, blank=True, help_text="Stands for exactly what was shown.")
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)

    version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField()
    carried_out_at = models.DateTimeField(null=True, blank=True)

    objects = TheirManager.from_queryset(TimetableQuerySet)()

    class Meta:
        verbose_name = _("timetable")
        verbose_name_plural = _("timetables")
        constraints = [
            models.CheckConstraint(
                condition=Q(last=None) | Q(last__gte=F("first")), name="timetable_last_not_before_first"
            ),
            models.CheckConstraint(
                condition=~Q(work="making") | Q(agreed_at__isnull=False), name="timetable_made_as_agreed"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(_("Pasted timetable"))

    @property
    def table(self) -> Table:
        remarks = {
            int(row): tuple(Remark(field, code, params) for field, code, params in each)
            for row, each in self.remarks.items()
        }
        return Table(tuple(map(tuple, self.cells)), remarks, self.ours)

    @table.setter
    def table(self, table: Table) -> None:
        self.cells = [list(row) for row in table.rows]
        self.remarks = {
            str(row): [[remark.field, remark.code, dict(remark.params)] for remark in each]
            for row, each in table.remarks.items()
        }
        self.ours = table.ours

    @property
    def corrected(self) -> dict[int, dict[str, str]]:
        """What a person put right, by the number of the line and the fact."""
        return {int(line): facts for line, facts in self.corrections.items()}


class TimetableDraft(models.Model):
    """Which draft came of which line, and the revision it began with: later ones are a person's work."""

    timetable = models.ForeignKey(Timetable, on_delete=models.CASCADE, related_name="drafts")
    line = models.PositiveIntegerField()
    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="+")
    revision = models.PositiveBigIntegerField()

    objects = TheirManager()

    class Meta:
        verbose_name = _("draft of a timetable")
        verbose_name_plural = _("drafts of timetables")
        constraints = [
            models.UniqueConstraint(fields=["timetable", "line"], name="timetable_draft_once_a_line")
        ]

    def __str__(self) -> str:
        return f"{self.timetable}: {self.activity}"

    def is_untouched(self, activity: Any) -> bool:
        """Neither edited nor published since it was made."""
        return activity.first_published_at is None and activity.latest_revision_id == self.revision
