"""`make demo`: reads what it was asked for, sets Django up, and hands over to `mingle.launcher.running`."""

import argparse
import os
import signal
import sys
from types import FrameType
from typing import NoReturn

import django
from django.core.exceptions import ImproperlyConfigured

from mingle.embedded.privileges import end_with_parent
from mingle.launcher.words import CannotStartError, say

ENDS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def main() -> None:
    arguments = argparse.ArgumentParser(prog="make demo")
    arguments.add_argument("--port", default="8000")
    arguments.add_argument("--end-with-parent", action="store_true")
    given = arguments.parse_args()
    for number in ENDS:
        signal.signal(number, _stop)
    if given.end_with_parent:
        end_with_parent(signal.SIGTERM, os.getppid())
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingle.settings.demo"
    os.environ["PORT"] = given.port
    try:
        django.setup()
        # It imports models, which exist from here on.
        from mingle.launcher import running  # noqa: PLC0415

        running.run(given.port)
    except CannotStartError as error:
        sys.exit(f"{error.beginning}: {error}")
    except ImproperlyConfigured as error:
        sys.exit(f"{CannotStartError.beginning}: {error}")


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    """Stopped as asked: a success, which `make` does not call an error. Asking twice changes nothing."""
    for each in ENDS:
        signal.signal(each, signal.SIG_IGN)
    say("Stopping")
    sys.exit(0)


if __name__ == "__main__":
    main()
