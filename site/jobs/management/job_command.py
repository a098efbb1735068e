"""What `tick` and `nightly` have in common on the command line."""

from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from jobs.running import AlreadyRunningError, run
from jobs.steps import Job, steps_of


class JobCommand(BaseCommand):
    job: ClassVar[Job]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--list", action="store_true", help="only say which steps there are")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and change nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["list"]:
            for step in steps_of(self.job):
                self.stdout.write(f"{step.name}: {step.about}")
            return
        quiet = options["verbosity"] == 0
        try:
            succeeded = run(
                self.job,
                dry_run=options["dry_run"],
                say=(lambda line: None) if quiet else self.stdout.write,
            )
        except AlreadyRunningError:
            # The other one does the work; a minute or a night later there is another chance.
            self.stdout.write(f"{self.job} is already running in another process.")
            return
        if not succeeded:
            raise CommandError(f"{self.job}: a step failed; the others were run. The log says why.")
