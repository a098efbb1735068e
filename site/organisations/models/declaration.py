"""What an organisation says about keeping children safe, signed by a named adult against a stored text."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower, Trim
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from jobs.retention import Retention
from organisations.models.organisation import Organisation


class Vetting(models.TextChoices):
    """Who has had the nation's police check. The answer is published, whatever it is."""

    EVERYONE = "everyone", _("Everyone who helps")
    ALONE = "alone", _("Everyone who is ever alone with children")
    NOBODY = "nobody", _("Nobody yet")


class VettingLevel(models.TextChoices):
    BASIC = "basic", _("Basic")
    STANDARD = "standard", _("Standard")
    ENHANCED = "enhanced", _("Enhanced")
    BARRED = "barred", _("Enhanced, with the barred list")


class DeclarationText(models.Model):
    """One version of what is signed. The database refuses to change one: people have put their name to it."""

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    words = models.TextField(_("words"))
    since = models.DateField(_("since"))

    class Meta:
        verbose_name = _("text of the declaration")
        verbose_name_plural = _("texts of the declaration")
        ordering = ["-version"]

    def __str__(self) -> str:
        return str(self.version)

    @property
    def lines(self) -> list[str]:
        """One promise each."""
        return self.words.splitlines()


def plainly(name: str) -> Lower:
    """However it is spaced, and in whichever letters: nearly as `organisations.own` says it."""
    return Lower(Trim(Func(F(name), Value(r"\s+"), Value(" "), Value("g"), function="regexp_replace")))


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    def signed(self) -> "DeclarationQuerySet":
        """The newest first: the first one of an organisation is what it says now."""
        return self.filter(signed_at__isnull=False).order_by("-signed_at", "-pk")

    def drafts(self) -> "DeclarationQuerySet":
        return self.filter(signed_at=None)


class Declaration(models.Model):
    """A draft until it is signed; then it never changes. It holds for a year or to its earliest component.

    Certificates and their numbers are never asked for: who was checked, how, when and by whom is enough.
    """

    retention = Retention(
        (
            "lead_name lead_role lead_phone lead_email lead_trained_on deputy_name deputy_role "
            "deputy_phone deputy_email deputy_trained_on vetting_seen_by policy_where governing_body "
            "governing_body_number first_aid emergencies collecting photographs allegations signed_name "
            "signed_role signed_by"
        ),
        until="90 days after its last change; three years after it ran out",
        steps=("organisations.forget_declarations",),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="declarations",
        help_text="Empty while it belongs to an application.",
    )
    changed_at = models.DateTimeField(auto_now=True)

    lead_name = models.CharField(_("their name"), max_length=120, blank=True)
    lead_role = models.CharField(_("what they do for you"), max_length=80, blank=True)
    lead_phone = models.CharField(_("phone"), max_length=30, blank=True)
    lead_email = models.EmailField(_("e-mail"), blank=True)
    lead_trained_on = models.DateField(_("last trained on"), null=True, blank=True)
    deputy_name = models.CharField(_("their name"), max_length=120, blank=True)
    deputy_role = models.CharField(_("what they do for you"), max_length=80, blank=True)
    deputy_phone = models.CharField(_("phone"), max_length=30, blank=True)
    deputy_email = models.EmailField(_("e-mail"), blank=True)
    deputy_trained_on = models.DateField(_("last trained on"), null=True, blank=True)

    vetting = models.CharField(
        _("who has had a police check?"), max_length=8, choices=Vetting.choices, blank=True
    )
    vetting_level = models.CharField(
        _("which kind of check?"), max_length=8, choices=VettingLevel.choices, blank=True
    )
    vetting_seen_on = models.DateField(_("when were the checks last looked at?"), null=True, blank=True)
    vetting_seen_by = models.CharField(_("who looked at them?"), max_length=120, blank=True)

    policy_where = models.CharField(_("where can parents read your rules?"), max_length=200, blank=True)
    policy_reviewed_on = models.DateField(_("when did you last go through them?"), null=True, blank=True)
    policy_review_by = models.DateField(_("when will you go through them again?"), null=True, blank=True)
    insurance_until = models.DateField(_("until when are you insured?"), null=True, blank=True)
    governing_body = models.CharField(_("governing body"), max_length=120, blank=True)
    governing_body_number = models.CharField(_("your number there"), max_length=40, blank=True)

    first_aid = models.CharField(_("who can give first aid?"), max_length=200, blank=True)
    emergencies = models.CharField(
        _("what happens if there is a fire or an accident?"), max_length=200, blank=True
    )
    collecting = models.CharField(_("who may take a child home?"), max_length=200, blank=True)
    photographs = models.CharField(_("do you take photos? who sees them?"), max_length=200, blank=True)
    allegations = models.CharField(
        _("if somebody says that an adult has harmed a child: whom do you tell, and when?"),
        max_length=300,
        blank=True,
    )

    text = models.ForeignKey(
        DeclarationText, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    signed_name = models.CharField(_("your full name"), max_length=120, blank=True)
    signed_role = models.CharField(_("what you do for it"), max_length=80, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    signed_at = models.DateTimeField(_("signed"), null=True, blank=True, editable=False)
    until = models.DateField(_("holds until"), null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("read by an officer"), null=True, blank=True, editable=False)

    objects = TheirManager.from_queryset(DeclarationQuerySet)()

    class Meta:
        verbose_name = _("safeguarding declaration")
        verbose_name_plural = _("safeguarding declarations")
        indexes = [models.Index(fields=["organisation", "-signed_at"], name="declaration_newest")]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_at=None, text=None, until=None)
                | (
                    Q(signed_at__isnull=False, text__isnull=False, until__isnull=False)
                    & ~Q(signed_name="")
                    & ~Q(lead_name="")
                    & ~Q(deputy_name="")
                ),
                name="declaration_signed_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(lead_name="") | ~Q(Exact(plainly("lead_name"), plainly("deputy_name"))),
                name="declaration_lead_and_deputy_are_two",
                violation_error_message=_("The lead and the deputy have to be two people."),
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(signed_at=None, organisation__isnull=False),
                name="declaration_one_draft_an_organisation",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.until or '…'}"


class DeclarationReminder(models.Model):
    """That its owners were told so many days before a declaration runs out: never twice."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    until = models.DateField()
    days = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(auto_now_add=True)

    objects = TheirManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "until", "days"], name="declaration_reminder_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.days}"
