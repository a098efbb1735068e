"""Programmes: what two twins do together in their school year, which classes take part, when they meet."""

import uuid
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from accounts.models import User
from events.models import Activity
from places.models import Place
from schools.models.twinning import TOGETHER, Twinning

YOUNGEST, OLDEST, LARGEST = 2, 19, 999


class Side(models.TextChoices):
    """Which of the two schools, in the order of the twinning."""

    FIRST = "first", _("The one")
    SECOND = "second", _("The other")


class Setting(models.TextChoices):
    """Where a meeting is, as both schools see it."""

    NEUTRAL = "neutral", _("At a neutral place")
    FIRST = "first", _("At the one school")
    SECOND = "second", _("At the other school")
    ANYWHERE = "anywhere", _("Anywhere")


class TemplateQuerySet(models.QuerySet["ProgrammeTemplate"]):
    def offered_in(self, places: Any) -> "TemplateQuerySet":
        """What officers of the places wrote, and what is given to all and none of them has changed."""
        own = ProgrammeTemplate.objects.filter(place__in=places)
        changed = own.exclude(instead_of=None).values("instead_of")
        return self.filter(Q(place__in=places) | (Q(place=None) & ~Q(pk__in=changed)))

    def in_use(self) -> "TemplateQuerySet":
        return self.filter(retired=False)

    def edited_by(self, user: User) -> "TemplateQuerySet":
        """All that the officer's places have; for platform staff all that there are."""
        if user.is_superuser:
            return self.all()
        return self.offered_in(Place.objects.filter(officers__user=user))


class ProgrammeTemplate(models.Model):
    """A year that others have had, to begin with. Those of no place are given to all.

    An officer who changes a given one makes their place's own `instead_of` it. Not personal.
    """

    place = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    instead_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("name"), max_length=80)
    about = models.CharField(_("for whom it is good"), max_length=300, blank=True)
    before = models.CharField(_("before you meet"), max_length=500, blank=True)
    type = models.SlugField(_("type"), max_length=40, blank=True)
    retired = models.BooleanField(_("not offered any more"), default=False)
    version = models.PositiveIntegerField(default=1)

    objects = TheirManager.from_queryset(TemplateQuerySet)()

    class Meta:
        verbose_name = _("template of a programme")
        verbose_name_plural = _("templates of programmes")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["place", "instead_of"], name="programme_template_once_a_place"),
            models.CheckConstraint(
                condition=Q(instead_of=None) | Q(place__isnull=False),
                name="programme_template_instead_of_another_is_a_places",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TemplateMeeting(models.Model):
    """One meeting of a template."""

    template = models.ForeignKey(ProgrammeTemplate, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    setting = models.CharField(_("where"), max_length=8, choices=Setting.choices)
    title = models.CharField(_("what you do"), max_length=120)

    objects = TheirManager()

    class Meta:
        verbose_name = _("meeting of a template")
        verbose_name_plural = _("meetings of templates")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["template", "number"], name="template_meeting_number_once"),
            models.CheckConstraint(
                condition=Q(setting__in=Setting.values), name="template_meeting_setting_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    def going_on(self) -> "ProgrammeQuerySet":
        """Of twinnings that both have agreed on and that are not over."""
        return self.filter(twinning__state__in=TOGETHER)


class Programme(models.Model):
    """What two twins have planned. `title` and `summary` are for families. So is `activity`, the joint one: a
    school hosts it and its twin runs it too, from the moment at which one meeting has a date.

    Not personal, and kept with the twinning.
    """

    twinning = models.OneToOneField(Twinning, on_delete=models.PROTECT, related_name="programme")
    activity = models.OneToOneField(
        Activity, null=True, blank=True, on_delete=models.SET_NULL, related_name="programme"
    )
    title = models.CharField(_("name"), max_length=80)
    summary = models.CharField(_("in one sentence"), max_length=160)
    type = models.SlugField(_("type"), max_length=40)
    before = models.CharField(_("before you meet"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TheirManager.from_queryset(ProgrammeQuerySet)()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return self.title


class ProgrammeGroup(models.Model):
    """A class or group that takes part: a label, how many, how old. Never a child. Only the two schools and
    their officer see it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="groups")
    side = models.CharField(max_length=6, choices=Side.choices)
    number = models.PositiveSmallIntegerField()
    label = models.CharField(_("class or group"), max_length=40)
    size = models.PositiveSmallIntegerField(
        _("how many"), validators=[MinValueValidator(1), MaxValueValidator(LARGEST)]
    )
    age_from = models.PositiveSmallIntegerField(
        _("from age"), validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("to age"), validators=[MinValueValidator(YOUNGEST), MaxValueValidator(OLDEST)]
    )

    objects = TheirManager()

    class Meta:
        verbose_name = _("group of a programme")
        verbose_name_plural = _("groups of programmes")
        ordering = ["side", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "side", "number"], name="programme_group_number_once"
            ),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="programme_group_side_is_known"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=LARGEST), name="programme_group_size_is_a_size"
            ),
            models.CheckConstraint(
                condition=Q(age_from__gte=YOUNGEST, age_from__lte=F("age_to"), age_to__lte=OLDEST),
                name="programme_group_ages_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class Meeting(models.Model):
    """One meeting of a programme, in its order. Its date is the one that `rule` gives in the joint activity's
    schedule: moved and cancelled there, as every date. Without a rule it has no date yet. Not personal."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="meetings")
    number = models.PositiveSmallIntegerField()
    setting = models.CharField(_("where"), max_length=8, choices=Setting.choices)
    title = models.CharField(_("what you do"), max_length=120)
    rule = models.UUIDField(null=True, blank=True, unique=True)

    objects = TheirManager()

    class Meta:
        verbose_name = _("meeting of a programme")
        verbose_name_plural = _("meetings of programmes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "number"],
                name="meeting_number_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(setting__in=Setting.values), name="meeting_setting_is_known"),
        ]

    def __str__(self) -> str:
        return self.title
