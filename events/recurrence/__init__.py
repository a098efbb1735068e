"""When a schedule meets, and how its dates keep their identity when it is edited. Pure: no Django, no
database.

`Rule` and `SchoolYear` go in. `meetings` gives the dates, `problems` refuses, `notes` says what is worth
knowing, `refresh` compares stored dates with what the rules want, `split` is "this date and all after it".
The words for codes are in `events.wording`.
"""

from events.recurrence.checks import Problem, notes, problems
from events.recurrence.dates import given_dates, meetings
from events.recurrence.identity import Change, Existing, Plan, State, matched, reconcile, refresh, window
from events.recurrence.rules import HORIZON_MONTHS, Meeting, Repeat, Rule, SchoolYear, Season, horizon
from events.recurrence.splitting import split

__all__ = [
    "HORIZON_MONTHS",
    "Change",
    "Existing",
    "Meeting",
    "Plan",
    "Problem",
    "Repeat",
    "Rule",
    "SchoolYear",
    "Season",
    "State",
    "given_dates",
    "horizon",
    "matched",
    "meetings",
    "notes",
    "problems",
    "reconcile",
    "refresh",
    "split",
    "window",
]
