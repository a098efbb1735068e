"""Ending what a person is signed in to."""

from django.db.models import F

from accounts.models import User


def end(user: User) -> None:
    """All their sessions, wherever they are stored, from the next request on; by the caller's transaction."""
    User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)
