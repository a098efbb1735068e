"""Twinnings: two schools that do something together for a school year, from the first wish to the end."""

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from accounts.models import User
from jobs.retention import Retention
from organisations.models import Organisation
from places.models import Place, School
from places.school_years import said

MOST_LINKS = 20
LINKS_UNLESS_CHOSEN = 3


class TwinningState(models.TextChoices):
    WISHED = "wished", _("Wished for")
    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted by one")
    AGREED = "agreed", _("Agreed")
    RUNNING = "running", _("Running")
    ENDED = "ended", _("Ended")
    DECLINED = "declined", _("Declined")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    LAPSED = "lapsed", _("Not answered")


UNANSWERED = frozenset({TwinningState.PROPOSED, TwinningState.ACCEPTED})
TOGETHER = frozenset({TwinningState.AGREED, TwinningState.RUNNING})
REFUSED = frozenset({TwinningState.DECLINED, TwinningState.WITHDRAWN, TwinningState.LAPSED})
OVER = REFUSED | {TwinningState.ENDED}

_NEITHER = Q(first_accepted_at=None, second_accepted_at=None)
_FIRST_ALONE = Q(first_accepted_at__isnull=False, second_accepted_at=None)
_SECOND_ALONE = Q(first_accepted_at=None, second_accepted_at__isnull=False)
_BOTH = Q(first_accepted_at__isnull=False, second_accepted_at__isnull=False)


def area_codes_overseen_by(user: User) -> models.QuerySet:
    """Of the person's places, to be asked within another query."""
    each = Func(F("area_codes"), function="unnest", output_field=models.CharField(), set_returning=True)
    return Place.objects.filter(officers__user=user).values_list(each, flat=True)


class TwinningQuerySet(models.QuerySet["Twinning"]):
    def of(self, school: School) -> "TwinningQuerySet":
        return self.filter(Q(first=school) | Q(second=school))

    def known_to(self, school: School) -> "TwinningQuerySet":
        """Its own. A wish is known to the school that wishes alone."""
        return self.of(school).exclude(~Q(proposer=school), state=TwinningState.WISHED)

    def overseen_by(self, user: User) -> "TwinningQuerySet":
        """Of schools in the person's places; all for platform staff."""
        if user.is_superuser:
            return self.all()
        codes = area_codes_overseen_by(user)
        return self.filter(Q(first__area_code__in=codes) | Q(second__area_code__in=codes))

    def seen_by(self, user: User) -> "TwinningQuerySet":
        """Those of the person's own checked schools, and of their places."""
        theirs = Organisation.objects.checked_schools().filter(memberships__user=user).values("urn")
        known = Q(first__in=theirs) | Q(second__in=theirs)
        wishes = Q(state=TwinningState.WISHED) & ~Q(proposer__in=theirs)
        own = self.filter(known).exclude(wishes).values("pk")
        return self.filter(Q(pk__in=own) | Q(pk__in=self.overseen_by(user).values("pk")))

    def settled(self, school: School, year: int) -> set[int]:
        """The schools that this one cannot ask in that year."""
        barred = [each for each in self.of(school).filter(year=year) if each.bars(school)]
        return {each.second_id if each.is_first(school) else each.first_id for each in barred}

    def agreed_once(self) -> "TwinningQuerySet":
        """Both said yes, whatever came after."""
        return self.filter(state__in=TOGETHER | {TwinningState.ENDED})

    def public(self) -> "TwinningQuerySet":
        """What everybody may know: both have said yes, and it goes on."""
        return self.filter(state__in=TOGETHER)

    def unanswered(self) -> "TwinningQuerySet":
        return self.filter(state__in=UNANSWERED)


class Twinning(models.Model):
    """Two schools and a school year, called by the year in which it begins.

    Who proposes has said yes by that; what an officer brokers waits for both. The same pair has one row a
    year: one that came to nothing can be proposed again. `reason`, why a school said no, is for officers.

    Who did what stands in its steps.
    """

    retention = Retention(
        "note first_contact second_contact reason",
        until="a year after the twinning was over",
        steps=("schools.forget_contacts",),
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    first = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(School, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(
        _("school year"), validators=[MinValueValidator(2000), MaxValueValidator(2099)]
    )
    state = models.CharField(_("state"), max_length=9, choices=TwinningState.choices)
    since = models.DateTimeField(_("since"))
    proposer = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty when an officer brokers it."),
    )
    note = models.CharField(_("note"), max_length=500, blank=True)
    first_contact = models.CharField(_("contact"), max_length=120, blank=True)
    second_contact = models.CharField(_("contact"), max_length=120, blank=True)
    first_accepted_at = models.DateTimeField(null=True, blank=True)
    second_accepted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=500, blank=True)

    objects = TheirManager.from_queryset(TwinningQuerySet)()

    class Meta:
        verbose_name = _("twinning")
        verbose_name_plural = _("twinnings")
        ordering = ["-year", "first", "second"]
        indexes = [models.Index(fields=["second", "year"], name="twinning_by_second")]
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=F("second")),
                name="twinning_is_of_two_schools_in_order",
                violation_error_message=_("A school cannot be its own twin."),
            ),
            models.UniqueConstraint(
                fields=["first", "second", "year"],
                name="twinning_once_a_pair_and_year",
                violation_error_message=_("These two schools have a twinning for this year."),
            ),
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2099), name="twinning_year_is_a_year"
            ),
            models.CheckConstraint(
                condition=Q(state__in=TwinningState.values), name="twinning_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(proposer=None) | Q(proposer=F("first")) | Q(proposer=F("second")),
                name="twinning_proposer_is_one_of_the_two",
            ),
            models.CheckConstraint(
                condition=~Q(state="wished") | (Q(proposer__isnull=False) & _NEITHER),
                name="twinning_wished_is_a_schools_and_accepted_by_none",
            ),
            models.CheckConstraint(
                condition=~Q(state="proposed")
                | (Q(proposer=None) & _NEITHER)
                | (Q(proposer=F("first")) & _FIRST_ALONE)
                | (Q(proposer=F("second")) & _SECOND_ALONE),
                name="twinning_proposed_is_accepted_by_who_proposes",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | (Q(proposer=None) & (_FIRST_ALONE | _SECOND_ALONE)),
                name="twinning_accepted_by_one_is_brokered",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["agreed", "running", "ended"]) | _BOTH,
                name="twinning_agreed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(reason="") | Q(state="declined"), name="twinning_reason_is_of_a_refusal"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} – {self.second_id}, {self.year_said}"

    @property
    def year_said(self) -> str:
        return said(self.year)

    def has(self, school: School) -> bool:
        return school.pk in (self.first_id, self.second_id)

    def is_first(self, school: School) -> bool:
        return school.pk == self.first_id

    def other(self, school: School) -> School:
        return self.second if self.is_first(school) else self.first

    def accepted_by(self, school: School) -> bool:
        at = self.first_accepted_at if self.is_first(school) else self.second_accepted_at
        return at is not None

    def bars(self, school: School) -> bool:
        """The school cannot ask the other in this year: it was asked already, is its twin, or has said no.
        What came to nothing otherwise can begin again, and so can a wish."""
        if self.state == TwinningState.DECLINED:
            return self.accepted_by(school)
        return self.state not in REFUSED | {TwinningState.WISHED}

    def contact_of(self, school: School) -> str:
        return self.first_contact if self.is_first(school) else self.second_contact


class TwinningStep(models.Model):
    """One change of state. The database itself refuses to alter or remove a row."""

    retention = Retention("by", until="seven years", steps=("schools.forget_who_twinned",))

    twinning = models.ForeignKey(Twinning, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(max_length=9, choices=TwinningState.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty when the platform itself acted: nobody answered, or the year was over."),
    )

    objects = TheirManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("step of a twinning")
        verbose_name_plural = _("steps of twinnings")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TwinningState.values), name="twinning_step_state_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.twinning_id} {self.state}"


class LinkLimit(models.Model):
    """How many twinnings a school runs at once, where it has chosen. The database holds it to that number.

    Not personal.
    """

    school = models.OneToOneField(
        School, primary_key=True, on_delete=models.PROTECT, related_name="link_limit"
    )
    most = models.PositiveSmallIntegerField(
        _("twinnings at once"),
        default=LINKS_UNLESS_CHOSEN,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_LINKS)],
    )

    objects = TheirManager()

    class Meta:
        verbose_name = _("limit of twinnings")
        verbose_name_plural = _("limits of twinnings")
        constraints = [
            models.CheckConstraint(
                condition=Q(most__lte=MOST_LINKS), name="link_limit_is_no_more_than_twenty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id}: {self.most}"
