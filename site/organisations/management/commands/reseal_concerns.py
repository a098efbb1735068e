from typing import Any

from django.core.management.base import BaseCommand, CommandError

from organisations.actions import resealing


class Command(BaseCommand):
    help = (
        "Seals concerns anew with the first of MINGLE_CONCERN_KEYS, after one was put before the old ones. "
        "Can be stopped and run again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        result = resealing.reseal_all()
        self.stdout.write(f"Sealed anew: {result.done}.")
        if result.closed:
            raise CommandError(f"No key opens {result.closed}: put back the key that they were sealed with.")
        self.stdout.write("Nothing is left under an old key.")
