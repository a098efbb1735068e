"""Our sheet to fill in: the person's own sessions that nobody has counted, or an example if all are."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from events import permissions
from events.actions.register_sheets import YEAR
from events.models import Occurrence
from events.wording.register_sheets import COLUMNS, figure_columns

MOST = 200
"""Sessions, the last ones first to be put down."""
EXAMPLE = {"came": "23", "group:asian": "8", "group:black": "1", "group:mixed": "3", "group:white": "9",
           "group:not-stated": "2", "age:8-10": "14", "age:11-13": "9"}  # fmt: skip


def rows(user: User, now: datetime.datetime) -> list[list[str]]:
    """The names of the columns, and a line a session with its numbers still to come."""
    columns = {**COLUMNS, **figure_columns()}
    waiting = permissions.recordable_by(user).happening().filter(ends_at__lte=now, ends_at__gt=now - YEAR)
    waiting = waiting.filter(register__came=None).select_related("activity").order_by("-starts_at", "id")
    lines = [_line(row) for row in waiting[:MOST]][::-1] or [_example(timezone.localdate(now))]
    return [list(columns.values()), *([line.get(field, "") for field in columns] for line in lines)]


def heads() -> list[str]:
    """Some columns, to show how a sheet may look."""
    columns = {**COLUMNS, **figure_columns()}
    return [columns[field] for field in ("day", "title", "came", "group:asian", "group:white")]


def _line(row: Occurrence) -> dict[str, str]:
    starts = timezone.localtime(row.starts_at)
    return {"day": f"{starts:%d/%m/%Y}", "time": f"{starts:%H:%M}", "title": row.activity.title}


def _example(today: datetime.date) -> dict[str, str]:
    return {
        "day": f"{today:%d/%m/%Y}",
        "time": "16:30",
        "title": _("Street football (an example)"),
        **EXAMPLE,
    }
