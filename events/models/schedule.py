"""The rules that an activity's dates come from."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from events.models.activity import Activity
from events.recurrence import Repeat, Season
from organisations.models import Venue

REPEATS = [
    (Repeat.ONCE.value, _("Once")),
    (Repeat.DAILY.value, _("Every day")),
    (Repeat.WEEKLY.value, _("Every week")),
    (Repeat.MONTHLY_DATE.value, _("Every month, on the same date")),
    (Repeat.MONTHLY_WEEKDAY.value, _("Every month, on the same weekday")),
    (Repeat.MONTHLY_LAST_WEEKDAY.value, _("Every month, on the last such weekday")),
]
SEASONS = [
    (Season.ANY.value, _("All year")),
    (Season.TERM.value, _("Term time only")),
    (Season.HOLIDAYS.value, _("School holidays only")),
]
WEEKDAYS = [
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
]


class ScheduleRule(Orderable):
    """One rule. Its UUID lives through revisions and is new in every copy (not unique in the database,
    because a copy of a page is saved before its rules are renewed)."""

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="rules")
    uuid = models.UUIDField(default=uuid.uuid4, db_index=True)
    continues = models.UUIDField(
        null=True,
        blank=True,
        editable=False,
        help_text="The rule that this one was split from, whose later dates it keeps.",
    )
    first_date = models.DateField(_("first date"))
    start = models.TimeField(_("from"))
    end = models.TimeField(_("to"))
    repeat = models.CharField(_("how often"), max_length=20, choices=REPEATS, default=Repeat.WEEKLY.value)
    interval = models.PositiveSmallIntegerField(
        _("every"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
        help_text=_("2 with “every week” means every second week."),
    )
    weekdays = ArrayField(
        models.PositiveSmallIntegerField(choices=WEEKDAYS), verbose_name=_("on"), default=list, blank=True
    )
    until = models.DateField(_("last date"), null=True, blank=True)
    times = models.PositiveSmallIntegerField(
        _("how many times"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(600)]
    )
    season = models.CharField(_("when in the year"), max_length=10, choices=SEASONS, default=Season.ANY.value)
    left_out = ArrayField(models.DateField(), verbose_name=_("dates left out"), default=list, blank=True)
    added = ArrayField(models.DateField(), verbose_name=_("dates added"), default=list, blank=True)
    venue = models.ForeignKey(
        Venue,
        verbose_name=_("another venue"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Only if these dates are not at the activity's venue."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("schedule rule")
        verbose_name_plural = _("schedule")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gt=F("start")), name="schedule_rule_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("first_date")),
                name="schedule_rule_until_after_first",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(times=None), name="schedule_rule_until_or_times"
            ),
            models.CheckConstraint(
                condition=Q(interval__gte=1, interval__lte=52), name="schedule_rule_interval_1_to_52"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_repeat_display()} {self.first_date} {self.start}–{self.end}"
