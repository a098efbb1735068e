"""A real calendar app: vdirsyncer subscribes, khal shows."""

import datetime
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone

from events.actions import occurrences
from events.models import Occurrence
from tests.factories.activities import make_activity, make_rule
from tests.factories.people import make_staff
from tests.journeys.conftest import LiveSite

pytestmark = pytest.mark.slow

SUBSCRIPTION = """
[general]
status_path = "{home}/status/"
[pair family]
a = "here"
b = "mingle"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "{home}/calendar/"
fileext = ".ics"
[storage mingle]
type = "http"
url = "{url}"
"""
APP = """
[calendars]
[[family]]
path = {home}/calendar/
[locale]
local_timezone = Europe/London
default_timezone = Europe/London
timeformat = %H:%M
dateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = {home}/khal.db
"""


class App:
    """A family's calendar app that has subscribed to one address."""

    def __init__(self, home: Path, url: str) -> None:
        self.home = home
        (home / "calendar").mkdir()
        (home / "subscription").write_text(SUBSCRIPTION.format(home=home, url=url))
        (home / "app").write_text(APP.format(home=home))
        self.run("vdirsyncer", "-c", str(home / "subscription"), "discover")

    def shown(self) -> list[str]:
        """What the app shows after it has looked for changes."""
        self.run("vdirsyncer", "-c", str(self.home / "subscription"), "sync")
        lines = self.run(
            *("khal", "-c", str(self.home / "app"), "list", "--notstarted", "--format"),
            *("{start} {title} | {location}", "--day-format", "", "today", "30d"),
        )
        return [line for line in lines.splitlines() if line.strip()]

    def run(self, *command: str) -> str:
        program = Path(sys.executable).with_name(command[0])
        environment = {**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TZ": "Europe/London"}
        done = subprocess.run(
            [program, *command[1:]], env=environment, capture_output=True, text=True, check=False, input="y\n"
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def test_a_subscription_shows_dates_and_follows_their_changes(live_site: LiveSite, tmp_path: Path) -> None:
    day = timezone.localdate() + datetime.timedelta(days=3)
    rule = make_rule(repeat="daily", first_date=day, times=2)
    activity = make_activity("Café football, für alle", rules=[rule])
    app = App(tmp_path, f"{live_site.url}/activities/calendar.ics")
    place = f"| {activity.venue.address}"
    second = day + datetime.timedelta(days=1)
    assert app.shown() == [
        f"{day} 16:30 Café football, für alle {place}",
        f"{second} 16:30 Café football, für alle {place}",
    ]

    first = Occurrence.objects.filter(activity=activity).select_related("activity").earliest("starts_at")
    occurrences.cancel(occurrence=first, reason="The hall is flooded", by=make_staff())
    assert app.shown() == [
        f"{day} 16:30 CANCELLED: Café football, für alle {place}",
        f"{second} 16:30 Café football, für alle {place}",
    ]
