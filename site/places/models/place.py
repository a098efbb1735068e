"""What an officer answers for: one or more local authority areas."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel

from jobs.retention import Retention

# The United Kingdom with its islands, in degrees: Scilly to Shetland, Fermanagh to Suffolk.
SOUTH, NORTH, WEST, EAST = 49.0, 61.0, -9.0, 2.0


class Nation(models.TextChoices):
    """Whose bank holidays a place keeps. The names are GOV.UK's own."""

    ENGLAND_AND_WALES = "england-and-wales", _("England and Wales")
    SCOTLAND = "scotland", _("Scotland")
    NORTHERN_IRELAND = "northern-ireland", _("Northern Ireland")


class PlaceQuerySet(models.QuerySet["Place"]):
    def containing(self, lad_code: str) -> "PlaceQuerySet":
        """Places that answer for the local authority with that ONS code."""
        return self.filter(area_codes__contains=[lad_code])


class Place(ClusterableModel):
    """One or more local authority areas with their term dates, contacts and safeguarding lead.

    Who leads on safeguarding is published on purpose.
    """

    retention = Retention(
        "contact_email contact_phone safeguarding_name safeguarding_phone safeguarding_email",
        until="until they hand the task on",
    )

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(
        _("address"),
        max_length=80,
        unique=True,
        help_text=_("The last part of /in/…/. It does not change again."),
    )
    name = models.CharField(_("name"), max_length=80)
    introduction = models.CharField(
        _("introduction"),
        max_length=240,
        blank=True,
        help_text=_("One or two sentences about young people’s life here: they open the place’s own page."),
    )
    area_codes = ArrayField(
        models.CharField(
            max_length=9,
            validators=[RegexValidator(r"\A[EWSN]\d{8}\Z", _("An ONS code looks like E08000033."))],
        ),
        verbose_name=_("local authority areas"),
        help_text=_("ONS codes, with commas between them, for instance E08000033."),
    )
    nation = models.CharField(
        _("bank holidays of"), max_length=17, choices=Nation.choices, default=Nation.ENGLAND_AND_WALES
    )
    contact_email = models.EmailField(_("e-mail"))
    contact_phone = models.CharField(_("telephone"), max_length=20, blank=True)
    safeguarding_name = models.CharField(_("safeguarding lead"), max_length=120)
    safeguarding_phone = models.CharField(_("safeguarding telephone"), max_length=20)
    safeguarding_email = models.EmailField(_("safeguarding e-mail"))
    latitude = models.FloatField(
        _("latitude of the centre"), validators=[MinValueValidator(SOUTH), MaxValueValidator(NORTH)]
    )
    longitude = models.FloatField(
        _("longitude of the centre"), validators=[MinValueValidator(WEST), MaxValueValidator(EAST)]
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="place_has_a_name"),
            models.CheckConstraint(condition=Q(area_codes__len__gte=1), name="place_has_an_area"),
            models.CheckConstraint(condition=Q(nation__in=Nation.values), name="place_nation_is_known"),
            models.CheckConstraint(
                condition=Q(
                    latitude__gte=SOUTH, latitude__lte=NORTH, longitude__gte=WEST, longitude__lte=EAST
                ),
                name="place_is_in_the_british_isles",
            ),
        ]

    def __str__(self) -> str:
        return self.name
