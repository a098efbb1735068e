"""Somebody asks to run activities here: what they say, how far it has come, and what the officer answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention
from organisations.models.declaration import Declaration
from organisations.models.organisation import Kind, Organisation
from places.models import Place


class ApplicationState(models.TextChoices):
    STARTED = "started", _("Being filled in")
    SENT = "sent", _("Waiting for the officer")
    ASKED = "asked", _("The officer has a question")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


OPEN = frozenset({ApplicationState.STARTED, ApplicationState.SENT, ApplicationState.ASKED})
WRITABLE = frozenset({ApplicationState.STARTED, ApplicationState.ASKED})
DECIDED = frozenset({ApplicationState.APPROVED, ApplicationState.REFUSED})


class ApplicationQuerySet(models.QuerySet["Application"]):
    def open(self) -> "ApplicationQuerySet":
        return self.filter(state__in=OPEN)

    def waiting(self) -> "ApplicationQuerySet":
        """For an officer: the one that has waited longest is the first."""
        return self.filter(state=ApplicationState.SENT).order_by("sent_at", "pk")


class Application(models.Model):
    """Filled in step by step, sent, and decided by the place's officer."""

    retention = Retention(
        (
            "applicant name charity_number governing_body first_name first_role first_phone second_name "
            "second_role second_phone second_email summary email phone website answer decided_by"
        ),
        until="90 days after its last change; a year after it was sent; a year after it was decided",
        steps=("organisations.forget_applications",),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, editable=False, on_delete=models.CASCADE, related_name="applications"
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("where are you?"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="applications",
    )
    kind = models.CharField(_("what are you?"), max_length=10, choices=Kind.choices, blank=True)
    name = models.CharField(_("its name"), max_length=120, blank=True)
    urn = models.PositiveIntegerField(_("register number of the school"), null=True, blank=True)
    charity_number = models.CharField(_("charity number"), max_length=20, blank=True)
    governing_body = models.CharField(_("governing body"), max_length=120, blank=True)

    first_name = models.CharField(_("your full name"), max_length=120, blank=True)
    first_role = models.CharField(_("what you do there"), max_length=80, blank=True)
    first_phone = models.CharField(_("your phone"), max_length=30, blank=True)
    second_name = models.CharField(_("full name of a second adult"), max_length=120, blank=True)
    second_role = models.CharField(_("what they do there"), max_length=80, blank=True)
    second_phone = models.CharField(_("their phone"), max_length=30, blank=True)
    second_email = models.EmailField(_("their e-mail"), blank=True)

    summary = models.CharField(_("what you do, in one sentence"), max_length=200, blank=True)
    email = models.EmailField(_("public e-mail"), blank=True)
    phone = models.CharField(_("public phone"), max_length=30, blank=True)
    website = models.URLField(_("website"), blank=True)

    declaration = models.OneToOneField(
        Declaration, editable=False, on_delete=models.PROTECT, related_name="application"
    )
    state = models.CharField(
        max_length=8, choices=ApplicationState.choices, default=ApplicationState.STARTED, editable=False
    )
    started_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)
    answer = models.TextField(_("what the officer wrote"), blank=True, max_length=1000, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    organisation = models.OneToOneField(
        Organisation,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="application",
    )

    objects = TheirManager.from_queryset(ApplicationQuerySet)()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.UniqueConstraint(
                fields=["applicant"],
                condition=Q(state__in=sorted(OPEN)),
                name="application_one_open_a_person",
            ),
            models.CheckConstraint(
                condition=Q(state="started") | (Q(sent_at__isnull=False, place__isnull=False) & ~Q(name="")),
                name="application_sent_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(DECIDED), decided_at__isnull=False)
                | (~Q(state__in=sorted(DECIDED)) & Q(decided_at=None, organisation=None)),
                name="application_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["asked", "refused"]) | ~Q(answer=""),
                name="application_answer_has_words",
            ),
            models.CheckConstraint(
                condition=Q(urn=None) | Q(kind="school"), name="application_urn_is_a_schools"
            ),
        ]

    def __str__(self) -> str:
        return self.name or str(self.uuid)

    @property
    def is_writable(self) -> bool:
        return self.state in WRITABLE
