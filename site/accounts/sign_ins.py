"""Ending what a person is signed in to."""

from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db.models import F

from accounts.models import User
from accounts.requests import SignedIn


def end(user: User) -> None:
    """All their sessions, wherever they are stored, from the next request on; by the caller's transaction."""
    User.objects.filter(pk=user.pk).update(sign_ins_ended=F("sign_ins_ended") + 1)


def end_others(request: SignedIn) -> None:
    """All but the one that asks."""
    end(request.user)
    request.user.refresh_from_db(fields=["sign_ins_ended"])
    update_session_auth_hash(request, request.user)
    UserSession.objects.create_from_request(request)
