"""`manage.py nightly`."""

from typing import ClassVar

from jobs.management.job_command import JobCommand
from jobs.steps import Job


class Command(JobCommand):
    help = "What is done every night: upkeep of dates, retention, clearing up."
    job: ClassVar[Job] = "nightly"
