"""Who may publish, and whether the public may see it."""

import datetime
import uuid

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from accounts.models import AuditEntry
from jobs.retention import Retention
from places.models import Place


class State(models.TextChoices):
    """How far an organisation has come. Only `verified` can publish."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    VERIFIED = "verified", _("Verified")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")


class Kind(models.TextChoices):
    SCHOOL = "school", _("School")
    CLUB = "club", _("Sports club")
    GROUP = "group", _("Community group")
    PUBLIC = "public", _("Public body")


class Thread(models.TextChoices):
    """The colours that covers are woven from."""

    CORAL = "coral", _("Coral")
    MARIGOLD = "marigold", _("Marigold")
    TEAL = "teal", _("Teal")
    VIOLET = "violet", _("Violet")
    SKY = "sky", _("Sky")


class Role(models.TextChoices):
    OWNER = "owner", _("Owner")
    EDITOR = "editor", _("Editor")
    RECORDER = "recorder", _("Recorder")


FIRST_REVIEWED = 3
"""So many activities of a new organisation are looked at before they are public."""

EDITING_ROLES = frozenset({Role.OWNER, Role.EDITOR})


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    def public(self, on: datetime.date) -> "OrganisationQuerySet":
        """Verified, with a safeguarding declaration that has not lapsed on that day.

        The same rule for one row is `organisations.permissions.is_public`.
        """
        return self.filter(state=State.VERIFIED, declaration_until__gte=on)

    def closed_before(self, moment: datetime.datetime) -> "OrganisationQuerySet":
        """The audit trail knows when."""
        closing = AuditEntry.objects.filter(subject=OuterRef("uuid"), action="organisation.closed")
        return self.filter(Exists(closing.filter(at__lt=moment)), state=State.CLOSED)

    def checked_schools(self) -> "OrganisationQuerySet":
        """Those that stand for a school of the register, once an officer has checked that they do."""
        return self.filter(kind=Kind.SCHOOL, state=State.VERIFIED, urn__isnull=False)

    def edited_by(self, user: AbstractBaseUser) -> "OrganisationQuerySet":
        """Those whose pages and dates the person may edit: owners, editors, officers of the place, staff."""
        if user.is_superuser:
            return self.all()
        member = Q(memberships__user=user, memberships__role__in=EDITING_ROLES)
        return self.filter(member | Q(place__officers__user=user)).distinct()


class Organisation(models.Model):
    """A school, sports club, community group or public body that may publish."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey(
        Place, verbose_name=_("place"), on_delete=models.PROTECT, related_name="organisations"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=120)
    slug = models.SlugField(_("address"), max_length=80, unique=True)
    urn = models.PositiveIntegerField(
        _("register number"),
        null=True,
        blank=True,
        unique=True,
        help_text=_("A school's number in the national register."),
    )
    thread = models.CharField(_("colour"), max_length=10, choices=Thread.choices, default=Thread.TEAL)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    declaration_until = models.DateField(
        _("declaration holds until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the safeguarding declaration holds."),
    )
    reviews_left = models.PositiveSmallIntegerField(
        default=FIRST_REVIEWED,
        editable=False,
        help_text="How many of its first activities an officer has yet to approve.",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    # What Wagtail, forms and relations ask by themselves is walled; actions name the whole.
    theirs = TheirManager.from_queryset(OrganisationQuerySet)()
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="verified")
                | Q(verified_on__isnull=False, declaration_until__isnull=False),
                name="organisation_verified_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(urn__isnull=True) | Q(kind="school"), name="organisation_urn_is_a_schools"
            ),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_has_a_name"),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """What a person may do for an organisation. Goes when either goes."""

    retention = Retention(
        "user",
        until="until they leave; a year after the organisation closed",
        steps=("organisations.forget_closed_organisations",),
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    since = models.DateTimeField(auto_now_add=True)

    objects = TheirManager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once_an_organisation"),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"


class Officer(models.Model):
    """A person who answers for a place."""

    retention = Retention("user", until="until they hand the task on")

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="officers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="offices")

    objects = TheirManager()

    class Meta:
        verbose_name = _("officer")
        verbose_name_plural = _("officers")
        constraints = [models.UniqueConstraint(fields=["place", "user"], name="officer_once_a_place")]

    def __str__(self) -> str:
        return f"{self.user} · {self.place}"
