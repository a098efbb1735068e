"""People who sign in. Visitors never do."""

import uuid
from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from jobs.retention import Retention


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail address, whatever its case."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        if not email:
            raise ValueError("A person who signs in needs an e-mail address.")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person who signs in: organiser, officer or platform staff."""

    retention = Retention(
        "email first_name last_name password last_login",
        until="until they close their account; a week",
        steps=("accounts.forget_unconfirmed_accounts", "accounts.forget_closed_accounts"),
    )

    username = None
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"))
    sign_ins_ended = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often all their sign-ins were ended at once."
    )

    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(closed_at=None)
                | Q(
                    first_name="",
                    last_name="",
                    email__endswith="@closed.invalid",
                    last_login=None,
                    is_active=False,
                    is_staff=False,
                    is_superuser=False,
                ),
                name="user_closed_is_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def get_full_name(self) -> str:
        """What stands on record as done by somebody who has gone has no name."""
        return gettext("a former member") if self.closed_at else super().get_full_name()

    def get_session_auth_hash(self) -> str:
        """What a session was opened with must still be so: the password, and that none was ended since."""
        return self._as_of_now(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._as_of_now, super().get_session_auth_fallback_hash())

    def _as_of_now(self, digest: str) -> str:
        return f"{digest}.{self.sign_ins_ended}" if self.sign_ins_ended else digest
