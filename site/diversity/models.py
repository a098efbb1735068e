"""What the people of a register are compared with."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from diversity.published import LISTS


class BaselineQuerySet(models.QuerySet["Baseline"]):
    def of(self, code_list: str, area_codes: Iterable[str]) -> list[int] | None:
        """The areas together, in the order of the list's codes; None where one of them is not known."""
        wanted = set(area_codes)
        rows = list(self.filter(code_list=code_list, area_code__in=wanted))
        if not wanted or len(rows) < len(wanted):
            return None
        return [sum(row.counts[code] for row in rows) for code in LISTS[code_list].columns]


class Baseline(models.Model):
    """How many residents of an area a census counted under each code of a list, as published.

    Not personal: numbers of a whole area.
    """

    area_code = models.CharField(_("area"), max_length=9)
    code_list = models.CharField(_("list"), max_length=20)
    counts: Any = models.JSONField(_("residents"))

    objects = BaselineQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("baseline")
        verbose_name_plural = _("baselines")
        constraints = [
            models.UniqueConstraint(fields=["area_code", "code_list"], name="baseline_once_an_area_and_list"),
            models.CheckConstraint(
                condition=models.Q(code_list__in=sorted(LISTS)), name="baseline_list_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area_code}, {self.code_list}"
