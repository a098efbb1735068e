"""When schools of a place are open."""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Deferrable, F, Func, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from places.models.place import Place


class TermQuerySet(models.QuerySet["Term"]):
    def running(self, on: datetime.date) -> "TermQuerySet":
        """Terms of which that day is a part."""
        return self.filter(first_day__lte=on, last_day__gte=on)


class Term(models.Model):
    """Days without a break in which schools are open: a half term's holiday ends one and begins another."""

    place = ParentalKey(Place, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(_("name"), max_length=60, help_text=_("For instance: Autumn, first half."))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    objects = TermQuerySet.as_manager()

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["first_day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_day__gte=F("first_day")),
                name="term_ends_after_it_begins",
                violation_error_message=_("A term's last day cannot be before its first day."),
            ),
            ExclusionConstraint(
                name="term_overlaps_no_other_of_the_place",
                expressions=[
                    (F("place"), RangeOperators.EQUAL),
                    (
                        Func(
                            F("first_day"),
                            F("last_day"),
                            RangeBoundary(inclusive_lower=True, inclusive_upper=True),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                # Asked when the transaction ends, so that two terms can be moved at once.
                deferrable=Deferrable.DEFERRED,
                violation_error_message=_("Two terms of a place cannot share a day."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Says beside the field what the constraint would say of the row."""
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": _("A term's last day cannot be before its first day.")})
