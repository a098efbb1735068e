"""What was recorded at one meeting: how many came and, on count days, how many said what."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from diversity.categories import EDITION
from events.models.occurrence import Occurrence


class Question(models.TextChoices):
    """What is asked on a count day. The first three are on the form behind the code on the wall."""

    GROUP = "group", _("Ethnic group")
    AGE = "age", _("Age")
    BEFORE = "before", _("Been before?")
    SEX = "sex", _("Girl or boy")
    SCHOOL = "school", _("School")
    OUTCODE = "outcode", _("Where from")


class Source(models.TextChoices):
    """Who told us: the organiser from what people declared, the anonymous form, or slips of paper."""

    TYPED = "typed", _("Typed in")
    ANSWERS = "answers", _("Form on a phone")
    SLIPS = "slips", _("Paper slips")


class Register(models.Model):
    """How many came to one meeting. `came` is empty until somebody says it; zero is a number.

    `edition` is that of the code lists (`diversity.categories`). Nothing in it is personal.
    """

    occurrence = models.OneToOneField(
        Occurrence, primary_key=True, on_delete=models.PROTECT, related_name="register"
    )
    came = models.PositiveIntegerField(_("came"), null=True, blank=True)
    edition = models.PositiveSmallIntegerField(default=EDITION)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    groups = ArrayField(
        models.PositiveIntegerField(),
        size=6,
        null=True,
        blank=True,
        help_text="People by ethnic group, and not stated, as `events.actions.sums` counts them.",
    )

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("register")
        verbose_name_plural = _("registers")

    def __str__(self) -> str:
        return str(self.occurrence_id)


class Counter(models.Model):
    """How many gave one answer to one question, by one way of telling. One question at a time: two answers of
    the same person are never kept together.

    `answer` is a code of the question's list, a school's register number, an outcode, or `NOT_STATED`.
    Nothing in it is personal.
    """

    pk = models.CompositePrimaryKey("register_id", "question", "source", "answer")
    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="counters", db_index=False)
    question = models.CharField(_("question"), max_length=7, choices=Question.choices)
    source = models.CharField(_("from"), max_length=7, choices=Source.choices)
    answer = models.CharField(_("answer"), max_length=11)
    number = models.PositiveIntegerField(_("number"))

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("counter")
        verbose_name_plural = _("counters")
        constraints = [
            models.CheckConstraint(
                condition=Q(question__in=Question.values), name="counter_question_is_known"
            ),
            models.CheckConstraint(condition=Q(source__in=Source.values), name="counter_source_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.answer}: {self.number}"
