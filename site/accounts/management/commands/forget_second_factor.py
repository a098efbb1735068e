"""Helps somebody who has lost phone and spare codes."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.actions import people
from accounts.models import User


class Command(BaseCommand):
    help = (
        "Forget somebody's app, passkeys and spare codes, and end all their sign-ins. "
        "Make sure first, by a call to a number that you know, that it is they who ask."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")
        parser.add_argument("--reason", required=True, help="how you made sure; it is kept with the record")

    def handle(self, email: str, reason: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(f"Nobody signs in as {email}.")
        if not people.forget_factors(user=user, by=None, reason=reason):
            raise CommandError(f"{email} has no second factor.")
        self.stdout.write(f"Forgotten. {email} signs in with the password alone and can set up a new one.")
