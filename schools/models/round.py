"""Rounds: for a whole place, or for all of England as a study, who should twin with whom in a school year."""

import uuid
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from accounts.models import User
from jobs.retention import Retention
from places.models import Place, School
from places.school_years import said

MOST_MILES, MOST_DIFFERENCE = 100, 99


class Reach(models.TextChoices):
    """Which schools look for twins together."""

    SAME_PHASE = "same", _("Primary with primary, secondary with secondary")
    PRIMARY = "primary", _("Primary schools only")
    SECONDARY = "secondary", _("Secondary schools only")
    ALL_PHASES = "all", _("All phases together, as a study")


class Takers(models.TextChoices):
    ALL = "all", _("Every open school")
    JOINED = "joined", _("Only schools that have joined here")


class RoundState(models.TextChoices):
    AT_WORK = "at-work", _("Being worked out")
    DRAFT = "draft", _("Proposal")
    ANNOUNCED = "announced", _("Announced")


class Step(models.IntegerChoices):
    """What comes next, while it is being worked out. Each is done in a transaction of its own."""

    LOOKING = 1, _("Looking for schools that are near each other")
    PAIRING = 2, _("Finding the best pairs for all of them together")
    COMPARING = 3, _("Comparing with simpler ways")


class RoundQuerySet(models.QuerySet["Round"]):
    def seen_by(self, user: User) -> "RoundQuerySet":
        """Rounds of their places, and studies of all England, for officers; all for platform staff."""
        if user.is_superuser:
            return self
        if not user.offices.exists():
            return self.none()
        return self.filter(Q(place=None) | Q(place__officers__user=user)).distinct()

    def at_work(self) -> "RoundQuerySet":
        return self.filter(state=RoundState.AT_WORK)


class Round(models.Model):
    """What was asked, what was found, and what became of it. Kept for ever."""

    retention = Retention("by announced_by note", until="until they close their account; for ever")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("place")
    )
    area_codes = ArrayField(models.CharField(max_length=9), default=list, blank=True)
    year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    reach = models.CharField(
        _("which schools together"), max_length=9, choices=Reach.choices, default=Reach.SAME_PHASE
    )
    takers = models.CharField(
        _("which schools take part"), max_length=6, choices=Takers.choices, default=Takers.ALL
    )
    most_miles = models.FloatField(
        _("no farther apart than, in miles"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.1), MaxValueValidator(MOST_MILES)],
    )
    least_difference = models.PositiveSmallIntegerField(
        _("how much two schools differ at least, in 100"),
        default=0,
        validators=[MaxValueValidator(MOST_DIFFERENCE)],
    )
    left_out = ArrayField(models.PositiveIntegerField(), default=list, blank=True)
    keep: Any = models.JSONField(default=list, blank=True)
    never: Any = models.JSONField(default=list, blank=True)

    state = models.CharField(max_length=9, choices=RoundState.choices, default=RoundState.AT_WORK)
    step = models.PositiveSmallIntegerField(choices=Step.choices, null=True, blank=True, default=Step.LOOKING)
    graph = models.BinaryField(null=True, blank=True)
    figures: Any = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    run_at = models.DateTimeField()
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    announced_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)

    objects = TheirManager.from_queryset(RoundQuerySet)()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-run_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(reach__in=Reach.values), name="round_reach_is_known"),
            models.CheckConstraint(condition=Q(takers__in=Takers.values), name="round_takers_are_known"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="round_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="at-work", step__isnull=False, step__in=Step.values)
                | (~Q(state="at-work") & Q(step=None)),
                name="round_has_a_step_while_at_work",
            ),
            models.CheckConstraint(
                condition=Q(state="announced", announced_at__isnull=False)
                | (~Q(state="announced") & Q(announced_at=None, announced_by=None)),
                name="round_announced_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(place__isnull=False, area_codes__len__gte=1) | Q(place=None, area_codes__len=0),
                name="round_of_a_place_has_areas",
            ),
            models.CheckConstraint(
                condition=~Q(state="announced") | (Q(place__isnull=False) & ~Q(reach="all")),
                name="round_that_is_a_study_is_never_announced",
            ),
        ]

    def __str__(self) -> str:
        where = str(self.place) if self.place else str(_("All of England"))
        return f"{where}, {said(self.year)}"

    @property
    def is_study(self) -> bool:
        """It shows what could be, and can never be announced."""
        return self.place_id is None or self.reach == Reach.ALL_PHASES

    @property
    def is_open(self) -> bool:
        """It can be changed by hand, and a real one announced."""
        return self.state == RoundState.DRAFT


class RoundPairQuerySet(models.QuerySet["RoundPair"]):
    def proposed(self) -> "RoundPairQuerySet":
        return self.filter(taken_out=False)


class RoundPair(models.Model):
    """Two schools that a round pairs. One that was taken out stays, so that it can be put back.

    Numbers are of the day of the round; null where nobody knows the pupils of one of the two. Never public.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="pairs")
    first = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    kilometres = models.FloatField(null=True)
    weight = models.PositiveIntegerField(null=True)
    across = models.FloatField(null=True)
    inside_first = models.FloatField(null=True)
    inside_second = models.FloatField(null=True)
    kept = models.BooleanField(default=False)
    by_hand = models.BooleanField(default=False)
    taken_out = models.BooleanField(default=False)

    objects = TheirManager.from_queryset(RoundPairQuerySet)()

    class Meta:
        verbose_name = _("pair of a round")
        verbose_name_plural = _("pairs of rounds")
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="round_pair_in_order"),
            models.UniqueConstraint(fields=["round", "first", "second"], name="round_pair_once"),
            # A school that is first in one pair and second in another is refused by the action, which holds
            # the round's row.
            models.UniqueConstraint(
                fields=["round", "first"], condition=Q(taken_out=False), name="round_pair_first_once"
            ),
            models.UniqueConstraint(
                fields=["round", "second"], condition=Q(taken_out=False), name="round_pair_second_once"
            ),
            models.CheckConstraint(
                condition=Q(across=None)
                | Q(
                    across__gte=0,
                    across__lte=1,
                    inside_first__gte=0,
                    inside_first__lte=1,
                    inside_second__gte=0,
                    inside_second__lte=1,
                ),
                name="round_pair_chances_are_chances",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}"

    @property
    def difference(self) -> float | None:
        """From 0 to 1."""
        return None if self.weight is None else self.weight / 1_000_000
