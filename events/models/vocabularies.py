"""Editable lists: types of activity, languages, aims."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Thread


class Term(models.Model):
    """A named entry of a list, with its place in the order. Its slug is part of public addresses."""

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=60)
    position = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        abstract = True
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class ActivityType(Term):
    """Something that young people do. The slug also names its pictogram; the threads colour its covers."""

    warp = models.CharField(_("first thread"), max_length=10, choices=Thread.choices)
    weft = models.CharField(_("second thread"), max_length=10, choices=Thread.choices)
    openactive = models.URLField(
        _("OpenActive concept"),
        blank=True,
        help_text=_("The concept of OpenActive's activity list, if there is one."),
    )
    words = models.CharField(
        _("other words"),
        max_length=200,
        blank=True,
        help_text=_("Other words that people search for, with spaces between."),
    )

    class Meta(Term.Meta):
        verbose_name = _("type of activity")
        verbose_name_plural = _("types of activity")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(warp=models.F("weft")), name="activity_type_weaves_two_colours"
            ),
        ]


class Language(Term):
    """A language spoken at an activity."""

    code = models.CharField(_("BCP 47 code"), max_length=12, unique=True)
    autonym = models.CharField(_("its own name"), max_length=60, blank=True)

    class Meta(Term.Meta):
        verbose_name = _("language")
        verbose_name_plural = _("languages")


class Aim(Term):
    """One of the criteria of the Casey Review's first recommendation. `name` is the public's word for it."""

    officers_name = models.CharField(_("officers' name"), max_length=120)

    class Meta(Term.Meta):
        verbose_name = _("aim")
        verbose_name_plural = _("aims")
