"""What the form behind the code on the wall needs. No row here is about a person."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.in_hand import TheirManager
from events.models.activity import Activity
from events.models.register import Register

LETTERS = "23456789cdfhjkmnprtvwxy"
"""Nothing that looks like another, and no vowels, so that no code is a word."""
CODE_LENGTH = 8
MOST_SENT = 5_000
"""So often one session's form may be sent. No hall holds as many."""


class AnswerCode(models.Model):
    """The code on the wall: an activity's for ever, so that posters stay right. Nothing in it is personal."""

    activity = models.OneToOneField(
        Activity, primary_key=True, on_delete=models.CASCADE, related_name="answer_code"
    )
    code = models.CharField(
        _("code"),
        max_length=CODE_LENGTH,
        unique=True,
        validators=[RegexValidator(rf"\A[{LETTERS}]{{{CODE_LENGTH}}}\Z")],
    )

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("code for answers")
        verbose_name_plural = _("codes for answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(code__regex=rf"^[{LETTERS}]{{{CODE_LENGTH}}}$"),
                name="answer_code_is_easy_to_read",
            )
        ]

    def __str__(self) -> str:
        return self.code


class AnswerSession(models.Model):
    """A session whose form has been sent at least once. `key` is thrown away with the row when it closes.

    Nothing in it is personal.
    """

    register = models.OneToOneField(
        Register, primary_key=True, on_delete=models.CASCADE, related_name="answer_session"
    )
    key = models.BinaryField(max_length=32)
    sent = models.PositiveIntegerField(default=0)

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("open session")
        verbose_name_plural = _("open sessions")
        constraints = [
            models.CheckConstraint(condition=Q(sent__lte=MOST_SENT), name="answer_session_is_not_flooded")
        ]

    def __str__(self) -> str:
        return str(self.register_id)


class AnswerToken(models.Model):
    """That one form has been counted, so that it never counts twice. Emptied when the session closes.

    A keyed digest of a random number that stood in the form: no answer, no time, no device, no counter of its
    own. Nothing in it is personal, and nothing is ever added: `docs/decisions/answers-leave-no-row.md`.
    """

    digest = models.BinaryField(primary_key=True, max_length=32)
    register = models.ForeignKey(Register, on_delete=models.CASCADE, related_name="+")

    objects = TheirManager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("form that was counted")
        verbose_name_plural = _("forms that were counted")

    def __str__(self) -> str:
        return bytes(self.digest).hex()
