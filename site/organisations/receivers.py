"""What an organisation lets go of when somebody closes their account."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from organisations.actions import applications, invitations, leads, members


@receiver(account_closing)
def let_go(user: User, by: User, **_: Any) -> None:
    """Refuses the last owner of an organisation before anything has gone."""
    members.leave_all(user=user, by=by)
    members.hand_in(user=user, by=by)
    leads.step_down(user=user, by=by)
    applications.withdraw(user=user, by=by)
    invitations.forget_address(user)
