"""Who is signed in. Named in the settings."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts import facts
from accounts.models import User


class Backend(AuthenticationBackend):
    """allauth's; a person comes with what every page asks about them."""

    def get_user(self, user_id: int) -> User | None:
        user = facts.people().filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
