"""`manage.py tick`."""

from typing import ClassVar

from jobs.management.job_command import JobCommand
from jobs.steps import Job


class Command(JobCommand):
    help = "What is done every minute: scheduled publishing, mail, expiries."
    job: ClassVar[Job] = "tick"
