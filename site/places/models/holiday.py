"""Days on which nearly everything is closed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from places.models.place import Nation


class BankHoliday(models.Model):
    """A bank holiday of one nation, substitute days as they are kept. Source: GOV.UK."""

    nation = models.CharField(_("nation"), max_length=17, choices=Nation.choices)
    date = models.DateField(_("date"))
    name = models.CharField(_("name"), max_length=80)

    class Meta:
        verbose_name = _("bank holiday")
        verbose_name_plural = _("bank holidays")
        ordering = ["date", "nation"]
        constraints = [
            models.UniqueConstraint(fields=["nation", "date"], name="bank_holiday_once_a_day"),
            models.CheckConstraint(
                condition=Q(nation__in=Nation.values), name="bank_holiday_nation_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name
