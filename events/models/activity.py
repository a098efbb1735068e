"""The activity: what an organisation offers, as one page of the CMS."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Orderable, Page

from accounts.acting import acting
from accounts.in_hand import TheirManager
from events import signals
from events.models.vocabularies import ActivityType, Aim, Language
from jobs.retention import Retention
from organisations.models import (
    EDITING_ROLES,
    AccessFeature,
    Answer,
    EditorsPermissions,
    Organisation,
    Venue,
    WholeVersions,
)
from organisations.models.page import RICH_TEXT


class Audience(models.TextChoices):
    EVERYONE = "everyone", _("Everyone")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")
    WOMEN = "women", _("Women")
    FAMILIES = "families", _("Families")


class Joining(models.TextChoices):
    COME = "come", _("Just come")
    ASK = "ask", _("Ask us first")
    BOOK = "book", _("Book elsewhere")


class YesNo(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNSAID = "", _("Not said")


class Stay(models.TextChoices):
    STAY = "stay", _("A parent stays")
    DROP_OFF = "drop-off", _("Drop off and collect")
    EITHER = "either", _("Stay or drop off, as you like")
    UNSAID = "", _("Not said")


class Activity(WholeVersions, Page):
    """Something an organisation offers. Its host is the organisation whose page stands above it.

    Going live and leaving is one transaction each: `events.receivers` hears of it inside and ends it in
    `events.actions.publishing.settle`. If that fails, nothing has happened.
    """

    retention = Retention(
        (
            "summary body picture price_note booking_address welcome bring bus step_free_way parking "
            "food adults entrance_picture"
        ),
        until="a year after the organisation closed",
        steps=("events.forget_closed_activities",),
    )

    # Child rows, which a type checker cannot see from here.
    rules: Any
    access: Any

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    host = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="activities", editable=False
    )
    confirmed_on = models.DateField(
        null=True,
        editable=False,
        help_text="When its people said last that it is right; empty until it goes live for the first time.",
    )

    # What and for whom
    summary = models.CharField(_("in one sentence"), max_length=160)
    body = RichTextField(_("more about it"), features=RICH_TEXT, blank=True)
    picture = models.ForeignKey(
        "images.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    type = models.ForeignKey(
        ActivityType, verbose_name=_("type"), on_delete=models.PROTECT, related_name="activities"
    )
    aims = ParentalManyToManyField(Aim, verbose_name=_("aims"), blank=True, related_name="activities")
    age_from = models.PositiveSmallIntegerField(
        _("youngest age"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("oldest age"), null=True, blank=True, validators=[MaxValueValidator(99)]
    )
    audience = models.CharField(
        _("who it is for"), max_length=10, choices=Audience.choices, default=Audience.EVERYONE
    )

    # Where
    venue = models.ForeignKey(
        Venue, verbose_name=_("venue"), on_delete=models.PROTECT, related_name="activities"
    )

    # How to take part
    joining = models.CharField(_("how to join"), max_length=10, choices=Joining.choices, default=Joining.COME)
    booking_address = models.URLField(_("booking address"), blank=True)
    price = models.DecimalField(
        _("price"),
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text=_("In pounds, each time. 0 means free; leave empty if it depends, and say how below."),
    )
    price_note = models.CharField(_("about the price"), max_length=120, blank=True)
    places = models.PositiveSmallIntegerField(_("number of places"), null=True, blank=True)
    alone = models.CharField(
        _("may a child come alone"), max_length=3, choices=YesNo.choices, blank=True, default=""
    )
    parent_form = models.CharField(
        _("is a parent's form needed"), max_length=3, choices=YesNo.choices, blank=True, default=""
    )

    # Your first time
    welcome = models.CharField(_("who meets you"), max_length=160, blank=True)
    bring = models.CharField(_("what to wear or bring"), max_length=200, blank=True)
    watch_first = models.CharField(
        _("may I just watch"), max_length=3, choices=YesNo.choices, blank=True, default=""
    )

    # Getting there
    bus = models.CharField(_("by bus"), max_length=200, blank=True)
    step_free_way = models.CharField(_("the step-free way"), max_length=200, blank=True)
    parking = models.CharField(_("parking"), max_length=160, blank=True)

    # Good to know
    languages = ParentalManyToManyField(
        Language, verbose_name=_("languages spoken"), blank=True, related_name="activities"
    )
    food = models.CharField(_("food"), max_length=160, blank=True)
    stay = models.CharField(
        _("stay or drop off"), max_length=10, choices=Stay.choices, blank=True, default=""
    )
    adults = models.CharField(_("adults there"), max_length=160, blank=True)
    entrance_picture = models.ForeignKey(
        "images.Picture",
        verbose_name=_("picture of the entrance"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    exclude_fields_in_copy: ClassVar[list[str]] = ["uuid", "confirmed_on"]
    template = "events/activity/page.html"
    parent_page_types: ClassVar[list[str]] = ["organisations.OrganisationPage"]
    subpage_types: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
                name="activity_ages_in_order",
            ),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="activity_price_not_negative"
            ),
            models.CheckConstraint(
                condition=~Q(joining="book") | ~Q(booking_address=""), name="activity_booking_has_an_address"
            ),
        ]

    def permissions_for_user(self, user: AbstractBaseUser) -> EditorsPermissions:
        return EditorsPermissions(user, self, self.host_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the editor's preview alone: visitors are answered by `events.views.activity`."""
        from events import preview  # noqa: PLC0415 (it reads this model)

        return {**super().get_context(request, *args, **kwargs), **preview.context(self)}

    def clean(self) -> None:
        """The host is the organisation above, from the moment the page has a place in the tree."""
        super().clean()
        if self.path and not self.host_id:
            self.host = self.get_parent().specific.organisation

    def publish(self, *args: Any, **options: Any) -> None:
        with acting(options.get("user")), transaction.atomic():
            super().publish(*args, **options)

    def unpublish(self, *args: Any, **options: Any) -> None:
        with acting(options.get("user")), transaction.atomic():
            super().unpublish(*args, **options)

    def move(self, *args: Any, **options: Any) -> None:
        with acting(options.get("user")), transaction.atomic():
            super().move(*args, **options)

    def copy(self, *args: Any, **options: Any) -> "Activity":
        """Always a draft, with ids of its own and no history."""
        with acting(options.get("user")), transaction.atomic():
            signals.activity_copying.send(sender=Activity, instance=self)
            copy = super().copy(*args, **{**options, "keep_live": False})
            signals.activity_copied.send(sender=Activity, instance=copy)
        return Activity.objects.get(pk=copy.pk)

    def delete(self, *args: Any, **options: Any) -> Any:
        with acting(options.get("user")), transaction.atomic():
            signals.activity_removing.send(sender=Activity, instance=self)
            return super().delete(*args, **options)

    def with_content_json(self, content: dict[str, Any]) -> "Activity":
        """A revision gives words and schedule. Host, id and last confirmation are today's, and its rules are
        those rows that have their UUIDs now, so that going back and forth in history never makes a rule a
        stranger."""
        version = super().with_content_json(content)
        version.uuid, version.host_id = self.uuid, self.host_id
        version.confirmed_on = self.confirmed_on
        saved = dict(self.rules.get_live_queryset().values_list("uuid", "pk"))
        for rule in version.rules.all():
            rule.pk = saved.get(rule.uuid)
        return version

    @classmethod
    def run_by(cls, organisation: Organisation) -> "models.QuerySet[Activity]":
        """Those that it hosts, and those that it has accepted to help to run."""
        helped = CoOrganiser.objects.filter(organisation=organisation, accepted_at__isnull=False)
        return cls.objects.filter(Q(host=organisation) | Q(pk__in=helped.values("activity")))

    def partners(self) -> models.QuerySet[Organisation]:
        """Organisations that have accepted to run it with its host, whether the public sees them or not."""
        return Organisation.objects.filter(
            co_organised__activity=self, co_organised__accepted_at__isnull=False
        )


class ActivityAccess(Orderable):
    """What the organiser knows of one access feature here; where silent, the venue's answer holds."""

    retention = Retention(
        "note", until="a year after the organisation closed", steps=("events.forget_closed_activities",)
    )

    activity = ParentalKey(Activity, on_delete=models.CASCADE, related_name="access")
    feature = models.ForeignKey(
        AccessFeature, verbose_name=_("feature"), on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    note = models.CharField(_("note"), max_length=160, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("access feature")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "feature"],
                name="activity_access_once_a_feature",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.get_answer_display()}"


class CoOrganiserQuerySet(models.QuerySet["CoOrganiser"]):
    def waiting_for(self, user: AbstractBaseUser) -> "CoOrganiserQuerySet":
        """Asked of organisations that the person is an owner or editor of, and not answered yet."""
        return self.filter(
            accepted_at=None,
            organisation__memberships__user=user,
            organisation__memberships__role__in=EDITING_ROLES,
        )


class CoOrganiser(models.Model):
    """An organisation that helps to run an activity. It counts once it has accepted."""

    activity = models.ForeignKey(Activity, on_delete=models.CASCADE, related_name="co_organisers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="co_organised")
    invited_at = models.DateTimeField(auto_now_add=True)
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = TheirManager.from_queryset(CoOrganiserQuerySet)()

    class Meta:
        verbose_name = _("co-organiser")
        verbose_name_plural = _("co-organisers")
        constraints = [models.UniqueConstraint(fields=["activity", "organisation"], name="co_organiser_once")]

    def __str__(self) -> str:
        return str(self.organisation)
