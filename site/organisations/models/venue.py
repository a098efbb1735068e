"""Where people meet, and how one gets in."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from organisations.models.organisation import Organisation
from places.spelling import unbroken


class AccessFeature(models.Model):
    """Something that lets somebody take part: a step-free way in, a hearing loop. An editable list."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    question = models.CharField(_("question to the organiser"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("access feature")
        verbose_name_plural = _("access features")
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Answer(models.TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")
    UNKNOWN = "unknown", _("Not known")


class VenueQuerySet(models.QuerySet["Venue"]):
    def usable_by(self, *organisations: Organisation) -> "VenueQuerySet":
        """The organisations' own venues and those shared by their places."""
        places = {organisation.place_id for organisation in organisations}
        return self.filter(Q(organisation__in=organisations) | Q(organisation=None, place__in=places))


class Venue(models.Model):
    """A named place of meeting. Private homes are refused."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    place = models.ForeignKey("places.Place", on_delete=models.PROTECT, related_name="venues")
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("belongs to"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="venues",
        help_text=_("Empty for a venue that every organisation of the place may use."),
    )
    name = models.CharField(_("name"), max_length=120)
    street = models.CharField(_("street"), max_length=160, blank=True)
    town = models.CharField(_("town"), max_length=80)
    postcode = models.CharField(_("postcode"), max_length=8)
    latitude = models.FloatField()
    longitude = models.FloatField()
    directions = models.TextField(_("how to get in"), blank=True, max_length=500)

    objects = TheirManager.from_queryset(VenueQuerySet)()

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]
        indexes = [models.Index(fields=["latitude", "longitude"], name="venue_by_position")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__gte=49, latitude__lte=61, longitude__gte=-9, longitude__lte=2),
                name="venue_is_in_the_british_isles",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name_and_town(self) -> str:
        """ "Spring Hall, Halifax"; a name that has its town in it is enough."""
        return self.name if not self.town or self.town in self.name else f"{self.name}, {self.town}"

    @property
    def address(self) -> str:
        """One line, as a letter would carry it: for feeds and links."""
        return self._in_line(self.postcode)

    @property
    def address_on_pages(self) -> str:
        """The same line, whose postcode is never cut in two."""
        return self._in_line(unbroken(self.postcode))

    def _in_line(self, postcode: str) -> str:
        return ", ".join(filter(None, (self.name, self.street, self.town, postcode)))


class VenueAccess(models.Model):
    """What is known of one access feature at a venue; an activity may know better."""

    venue = models.ForeignKey(Venue, on_delete=models.CASCADE, related_name="access")
    feature = models.ForeignKey(AccessFeature, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(_("answer"), max_length=7, choices=Answer.choices, default=Answer.UNKNOWN)
    note = models.CharField(_("note"), max_length=160, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)

    class Meta:
        verbose_name = _("access at the venue")
        constraints = [
            models.UniqueConstraint(fields=["venue", "feature"], name="venue_access_once_a_feature")
        ]

    def __str__(self) -> str:
        return f"{self.feature}: {self.get_answer_display()}"
