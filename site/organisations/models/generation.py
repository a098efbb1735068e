"""Numbers that say whether anything public has changed."""

import datetime
import uuid

from django.db import connection, models
from django.utils import timezone

INSTALLATION = uuid.UUID(int=0)


class Scope(models.TextChoices):
    INSTALLATION = "installation"
    ORGANISATION = "organisation"
    ACTIVITY = "activity"


class GenerationManager(models.Manager["Generation"]):
    def raised(self, *scopes: tuple[Scope, uuid.UUID]) -> int:
        """Raise the given scopes and always the installation's, and return the installation's new number.

        Call it last in the transaction of a public change: the installation's row stays locked until commit,
        so its numbers are handed out in the order in which changes become visible.
        """
        now = timezone.now()
        self._raise(sorted(set(scopes)), now)
        return self._raise([(Scope.INSTALLATION, INSTALLATION)], now)

    def _raise(self, scopes: list[tuple[Scope, uuid.UUID]], now: datetime.datetime) -> int:
        """One statement for all, each row locked in the same order by everybody; returns the last number."""
        if not scopes:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(
                """
                INSERT INTO organisations_generation AS known (scope, subject, number, changed_at)
                SELECT scope, subject, 1, %s FROM unnest(%s::text[], %s::uuid[]) AS asked (scope, subject)
                ON CONFLICT (scope, subject)
                DO UPDATE SET number = known.number + 1, changed_at = excluded.changed_at
                RETURNING number
                """,
                [now, [scope.value for scope, _ in scopes], [subject for _, subject in scopes]],
            )
            return cursor.fetchall()[-1][0]

    def stamp(self) -> tuple[int, datetime.datetime | None]:
        """The installation's number and when it was raised, in one short query: read on every request.

        With the moment a database brought back from a backup cannot be taken for the one before it.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT number, changed_at FROM organisations_generation WHERE scope = %s AND subject = %s",
                [Scope.INSTALLATION.value, INSTALLATION],
            )
            return cursor.fetchone() or (0, None)

    def current(self) -> int:
        """The installation's number; 0 before the first public change."""
        return (
            self.filter(scope=Scope.INSTALLATION, subject=INSTALLATION)
            .values_list("number", flat=True)
            .first()
            or 0
        )


class Generation(models.Model):
    """How often something public has changed within a scope; caches are keyed by it."""

    scope = models.CharField(max_length=12, choices=Scope.choices)
    subject = models.UUIDField()
    number = models.PositiveBigIntegerField()
    changed_at = models.DateTimeField()

    objects = GenerationManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "subject"], name="generation_once_a_scope")]

    def __str__(self) -> str:
        return f"{self.scope} {self.subject}: {self.number}"
