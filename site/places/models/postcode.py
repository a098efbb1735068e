"""The ONS Postcode Directory as far as it is loaded, and the outcodes of the whole country."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

BOTH_OR_NEITHER = Q(latitude__isnull=True, longitude__isnull=True) | Q(
    latitude__isnull=False, longitude__isnull=False
)


class PostcodeQuerySet(models.QuerySet["Postcode"]):
    def within(self, area_codes: Iterable[str]) -> "PostcodeQuerySet":
        """Postcodes of these local authorities."""
        return self.filter(area_code__in=list(area_codes))

    def positioned(self) -> "PostcodeQuerySet":
        return self.exclude(latitude=None)


class Postcode(models.Model):
    """A postcode that exists or once existed: the directory's data do not say which.

    No position: Northern Ireland (its grid is another), Isle of Man, Channel Islands, and the few of
    which the directory has none. Loaded whole, replaced whole; nothing refers to a row. Not personal:
    it is a public register, and no table of ours says who asked for one.
    """

    code = models.CharField(
        _("postcode"), max_length=7, primary_key=True, db_collation="C", help_text=_("Without a space.")
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_code = models.CharField(_("local authority"), max_length=9, blank=True)

    objects = PostcodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("postcode")
        verbose_name_plural = _("postcodes")
        indexes = [models.Index(fields=["area_code"], name="postcode_by_area")]
        constraints = [models.CheckConstraint(condition=BOTH_OR_NEITHER, name="postcode_position_is_whole")]

    def __str__(self) -> str:
        return f"{self.code[:-3]} {self.code[-3:]}"


class Outcode(models.Model):
    """The first half of postcodes, with the mean of their positions. Always there for the whole country."""

    code = models.CharField(_("outcode"), max_length=4, primary_key=True, db_collation="C")
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    area_code = models.CharField(
        _("local authority"), max_length=9, blank=True, help_text=_("The one that has most of its postcodes.")
    )
    postcodes = models.PositiveIntegerField(help_text=_("How many the directory has."))
    complete = models.BooleanField(help_text=_("Whether every one of them is loaded."))
    edition = models.PositiveIntegerField(help_text=_("Grows with each import; one number for all rows."))

    class Meta:
        verbose_name = _("outcode")
        verbose_name_plural = _("outcodes")
        constraints = [models.CheckConstraint(condition=BOTH_OR_NEITHER, name="outcode_position_is_whole")]

    def __str__(self) -> str:
        return self.code
