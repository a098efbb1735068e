"""What an organisation lets go of when somebody closes their account."""

from typing import Any

from django.dispatch import receiver

from accounts.models import User
from accounts.signals import account_closing
from organisations.actions import applications, invitations, leads, members


@receiver(account_closing)
def let_go(user: User, **_: Any) -> None:
    """Refuses the last owner of an organisation before anything has gone."""
    members.leave_all(by=user)
    members.hand_in(by=user)
    leads.step_down(by=user)
    applications.withdraw(by=user)
    invitations.forget_address(by=user)
