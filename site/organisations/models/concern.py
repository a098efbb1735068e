"""What somebody worries about, who may read it, and who has read it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from jobs.retention import Retention
from organisations.models.organisation import Organisation
from places.models import Place


class SafeguardingLead(models.Model):
    """A person who reads the concerns of a place; without a place, those that no place's lead can answer.

    A list of its own: neither officers nor platform staff are on it unless they are put there.
    """

    retention = Retention("user", until="until they hand the task on")

    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="safeguarding_leads",
        help_text=_("Empty for the whole installation: concerns that no place’s lead can answer."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="safeguarding_tasks",
    )
    since = models.DateTimeField(_("since"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("safeguarding lead")
        verbose_name_plural = _("safeguarding leads")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "user"], name="safeguarding_lead_once_a_place", nulls_distinct=False
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.place or _('The whole installation')}"


class ConcernState(models.TextChoices):
    NEW = "new", _("New")
    LOOKING = "looking", _("Being looked at")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    PASSED_ON = "passed_on", _("Passed on to the council, the police or another service")
    SETTLED = "settled", _("Dealt with here")
    ADVICE = "advice", _("Advice given")
    NOTHING_FOUND = "nothing", _("Looked into, nothing to do")
    NOT_A_CONCERN = "not_one", _("Not a concern: a test, or a question about something else")


class ConcernQuerySet(models.QuerySet["Concern"]):
    def waiting(self) -> "ConcernQuerySet":
        """Not closed yet."""
        return self.exclude(state=ConcernState.CLOSED)

    def untold(self) -> "ConcernQuerySet":
        """Nobody has been sent a mail about it yet."""
        return self.waiting().filter(told_at=None)


class Concern(models.Model):
    """What somebody reported. Its words are sealed: `organisations.sealing` opens them for an action alone.

    `sealed` is what was said, and how to reach whoever said it. What stays when it has gone says that there
    was a concern, about which organisation, and what came of it.
    """

    retention = Retention(
        "sealed handler", until="a year after it was closed", steps=("organisations.forget_concerns",)
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reference = models.CharField(_("reference"), max_length=9, unique=True)
    sent_with = models.CharField(
        max_length=64, unique=True, help_text="A keyed digest of form and words: sent twice it is the same."
    )
    place = models.ForeignKey(
        Place,
        verbose_name=_("place"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="concerns",
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="concerns",
    )
    involved = models.ManyToManyField(
        Organisation, related_name="+", help_text="Whose members may not read it: the host and co-organisers."
    )
    activity = models.UUIDField(null=True, blank=True)
    received_at = models.DateTimeField(_("received"), auto_now_add=True)
    told_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(_("state"), max_length=7, choices=ConcernState.choices, default=ConcernState.NEW)
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who looks at it"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    outcome = models.CharField(_("what came of it"), max_length=9, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    sealed = models.TextField(blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)

    objects = ConcernQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("concern")
        verbose_name_plural = _("concerns")
        ordering = ["-received_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False) & ~Q(outcome="")
                | ~Q(state="closed") & Q(closed_at__isnull=True, outcome=""),
                name="concern_closed_says_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=~Q(state="looking") | Q(handler__isnull=False),
                name="concern_is_looked_at_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(sealed="") & Q(forgotten_at__isnull=True)
                | Q(sealed="", forgotten_at__isnull=False, state="closed"),
                name="concern_keeps_its_words_until_forgotten",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "state", "-received_at"], name="concern_of_a_place"),
        ]

    def __str__(self) -> str:
        return self.reference


class ConcernNote(models.Model):
    """What a lead wrote down, sealed too. It goes with the concern's own words."""

    retention = Retention(
        "sealed by", until="a year after it was closed", steps=("organisations.forget_concerns",)
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sealed = models.TextField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(sealed=""), name="concern_note_says_something")]

    def __str__(self) -> str:
        return str(self.uuid)


class ConcernReading(models.Model):
    """Somebody opened a concern. The database itself refuses to alter a row, or to remove a younger one."""

    retention = Retention("by", until="seven years", steps=("organisations.forget_who_read_concerns",))

    concern = models.ForeignKey(Concern, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.concern} · {self.by}"
