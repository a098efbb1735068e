"""The national register of schools, and their pupils by ethnic group as the school census published them."""

from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Length
from django.utils.translation import gettext_lazy as _

from places.distance import bounding_box
from places.models.postcode import BOTH_OR_NEITHER
from places.school_register.groups import Five, five
from places.school_register.names import to_find
from places.school_words import asked_for
from places.school_years import said
from places.spelling import unbroken


class SchoolStatus(models.TextChoices):
    OPEN = "open", _("Open")
    CLOSING = "closing", _("Open, but may close")
    CLOSED = "closed", _("Closed")
    PROPOSED = "proposed", _("Not open yet")


# Without apostrophes: people leave them out.
WORDS = "to_tsvector('simple', search_name || ' ' || translate(town || ' ' || authority, '''’.', ''))"

TEACHING = frozenset({SchoolStatus.OPEN, SchoolStatus.CLOSING})


class Phase(models.TextChoices):
    """Empty: the register gives none, as for special and independent schools, or it is not known."""

    NURSERY = "nursery", _("Nursery")
    PRIMARY = "primary", _("Primary")
    MIDDLE_PRIMARY = "middle-primary", _("Middle, primary years")
    SECONDARY = "secondary", _("Secondary")
    MIDDLE_SECONDARY = "middle-secondary", _("Middle, secondary years")
    ALL_THROUGH = "all-through", _("All-through")
    SIXTEEN = "sixteen", _("16 and over")


class Gender(models.TextChoices):
    MIXED = "mixed", _("Girls and boys")
    GIRLS = "girls", _("Girls")
    BOYS = "boys", _("Boys")


class SchoolQuerySet(models.QuerySet["School"]):
    def teaching(self) -> "SchoolQuerySet":
        return self.filter(status__in=TEACHING)

    def lacks(self, urn: int) -> bool:
        """No school has this number. Where no register is loaded every number may be one."""
        return not self.filter(pk=urn).exists() and self.exists()

    def within(self, area_codes: Iterable[str]) -> "SchoolQuerySet":
        """Schools of these local authorities."""
        return self.filter(area_code__in=list(area_codes))

    def called(self, text: str) -> "SchoolQuerySet":
        """By name, town and council, typing errors forgiven; the same name first, then what begins like it.

        One query for words that no school has, and one for the schools.
        """
        asked, sought = asked_for(text), to_find(text)
        if not asked:
            return self.none()
        found = self.filter(found_by=SearchQuery(asked, config="simple", search_type="raw"))
        return found.order_by(
            Case(
                When(name__iexact=text.replace("\0", "").strip(), then=0),
                When(search_name=sought, then=1),
                When(search_name__startswith=sought, then=2),
                default=3,
            ),
            Length("search_name"),
            "name",
            "urn",
        )

    def around(self, latitude: float, longitude: float, miles: float) -> "SchoolQuerySet":
        """In a box that holds every school within that many miles."""
        south, west, north, east = bounding_box(latitude, longitude, miles)
        return self.filter(latitude__range=(south, north), longitude__range=(west, east))


class School(models.Model):
    """A school as the national register has it. It is never deleted: what hangs on it outlives it.

    Not personal: no name of a person is read. `pupils` and `free_meals` are never shown in public.
    """

    urn = models.PositiveIntegerField(_("register number"), primary_key=True)
    name = models.CharField(_("name"), max_length=160)
    search_name = models.CharField(max_length=160, editable=False)
    kind = models.CharField(_("kind"), max_length=80, blank=True)
    phase = models.CharField(_("phase"), max_length=16, choices=Phase.choices, blank=True)
    status = models.CharField(_("status"), max_length=8, choices=SchoolStatus.choices)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    locality = models.CharField(_("part of town"), max_length=120, blank=True)
    town = models.CharField(_("town"), max_length=80, blank=True)
    postcode = models.CharField(_("postcode"), max_length=8, blank=True)
    authority = models.CharField(_("council"), max_length=80, blank=True)
    area_code = models.CharField(_("local authority"), max_length=9, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    gender = models.CharField(_("girls or boys"), max_length=5, choices=Gender.choices, blank=True)
    age_from = models.PositiveSmallIntegerField(_("from age"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(_("to age"), null=True, blank=True)
    pupils = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    free_meals = models.DecimalField(
        _("may have free meals, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    # Made by the database itself of name, town and council.
    found_by = models.GeneratedField(
        expression=Func(F("search_name"), F("town"), F("authority"), template=WORDS),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        indexes = [
            # Half the register at once would lie in a list of what is yet to be indexed.
            GinIndex(fields=["found_by"], fastupdate=False, name="school_by_words"),
            models.Index(fields=["area_code", "name"], name="school_by_area"),
            models.Index(fields=["latitude", "longitude"], name="school_by_position"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(urn__gte=100_000, urn__lte=999_999), name="school_urn_has_six_digits"
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(search_name=""), name="school_has_a_name"),
            models.CheckConstraint(
                condition=Q(phase__in=["", *Phase.values]), name="school_phase_is_known_or_empty"
            ),
            models.CheckConstraint(
                condition=Q(status__in=SchoolStatus.values), name="school_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(gender__in=["", *Gender.values]), name="school_gender_is_known_or_empty"
            ),
            models.CheckConstraint(
                condition=~Q(status="open") | Q(closed_on=None), name="school_open_has_not_closed"
            ),
            models.CheckConstraint(
                condition=Q(opened_on=None) | Q(closed_on=None) | Q(closed_on__gte=F("opened_on")),
                name="school_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="school_ages_run_upwards",
            ),
            models.CheckConstraint(
                condition=Q(free_meals=None) | Q(free_meals__gte=0, free_meals__lte=100),
                name="school_free_meals_are_a_percentage",
            ),
            models.CheckConstraint(condition=BOTH_OR_NEITHER, name="school_position_is_whole"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_teaching(self) -> bool:
        return self.status in TEACHING

    @property
    def address(self) -> list[str]:
        """In lines, for pages and paper."""
        last = " ".join(filter(None, [self.town, unbroken(self.postcode)]))
        return list(filter(None, [self.street, self.locality, last]))


class SchoolWord(models.Model):
    """Every word by which a school is found. Typing errors are held against them."""

    word = models.CharField(max_length=160, primary_key=True, db_collation="C")

    class Meta:
        indexes = [
            GistIndex(fields=["word"], opclasses=["gist_trgm_ops(siglen=32)"], name="school_word_by_likeness")
        ]

    def __str__(self) -> str:
        return self.word


class PupilsQuerySet(models.QuerySet["SchoolPupils"]):
    def newest(self) -> "PupilsQuerySet":
        """Of each school the latest year that is known."""
        return self.order_by("school_id", "-year").distinct("school_id")


class SchoolPupils(models.Model):
    """The school census of one school and year, as published.

    `groups` has a number under the code of each ethnic group that was published, null where it was
    suppressed; a code that is not there was not published. Never shown in public. Not personal: numbers of a
    whole school.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="census")
    year = models.PositiveSmallIntegerField(
        _("school year"), help_text=_("The year in which it begins: 2024 for 2024/25.")
    )
    headcount = models.PositiveIntegerField(_("pupils"), null=True, blank=True)
    free_meals = models.DecimalField(
        _("may have free meals, %"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    groups: Any = models.JSONField(_("by ethnic group"), default=dict)

    objects = PupilsQuerySet.as_manager()

    class Meta:
        verbose_name = _("pupils of a school")
        verbose_name_plural = _("pupils of schools")
        constraints = [
            models.UniqueConstraint(fields=["school", "year"], name="pupils_once_a_school_and_year"),
            models.CheckConstraint(condition=Q(year__gte=2000, year__lte=2099), name="pupils_year_is_a_year"),
            models.CheckConstraint(
                condition=Q(free_meals=None) | Q(free_meals__gte=0, free_meals__lte=100),
                name="pupils_free_meals_are_a_percentage",
            ),
            models.CheckConstraint(
                condition=~Q(
                    Func(
                        F("groups"),
                        Value('$.* ? (@.type() != "null" && (@.type() != "number" || @ < 0))'),
                        template="jsonb_path_exists(%(expressions)s::jsonpath)",
                        output_field=models.BooleanField(),
                    )
                ),
                name="pupils_groups_are_numbers_or_unknown",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.school_id} {said(self.year)}"

    @property
    def five(self) -> Five:
        """By the five groups of the 2021 census."""
        return five(self.groups)
