"""What a club takes away of its own registers: how many came to each session, and of groups what the page of
the session shows and no more (`diversity.disclosure.for_organiser`)."""

import datetime
from collections.abc import Collection, Sequence

from django.utils import timezone
from django.utils.translation import gettext as _

from diversity import reading
from diversity.categories import EDITION, groups_of
from diversity.reading import Reading, Silence
from events.mixing import sessions
from events.mixing.sessions import Met
from events.models import Occurrence
from events.wording.categories import GROUPS
from events.wording.mixing import count_words
from organisations.models import Organisation

Column = tuple[int, str]
"""Of a group: the edition of its list, and its code."""


def rows(organisation: Organisation, now: datetime.datetime) -> list[list[str]]:
    """One line a session, the oldest first, below the names of the columns. Three queries."""
    run = sessions.activities_of(organisation)
    met = sessions.with_registers(Occurrence.objects.filter(activity__in=list(run)), now)
    columns = _columns({each.session.edition for each in met} or {EDITION})
    return [_head(columns), *(_line(each, run[each.occurrence.activity_id].title, columns) for each in met)]


def _columns(editions: Collection[int]) -> list[Column]:
    """The newest list first. No column holds two lists."""
    return [(edition, code) for edition in sorted(editions, reverse=True) for code in groups_of(edition)]


def _head(columns: Sequence[Column]) -> list[str]:
    newest = columns[0][0]
    return [
        _("Date"),
        _("Time"),
        _("Activity"),
        _("Came"),
        _("Said their group"),
        *(
            str(GROUPS[code])
            if edition == newest
            else _("%(group)s (list %(list)s)") % {"group": GROUPS[code], "list": edition}
            for edition, code in columns
        ),
        _("Why groups are left out"),
    ]


def _line(met: Met, title: str, columns: Sequence[Column]) -> list[str]:
    """No figure that the page of the session would not show."""
    read = reading.of_session(met.session)
    starts = timezone.localtime(met.occurrence.starts_at)
    came = "" if met.session.came is None else str(met.session.came)
    answered = str(read.answered) if read.groups else ""
    return [
        f"{starts:%Y-%m-%d}",
        f"{starts:%H:%M}",
        title,
        came,
        answered,
        *_groups(read, columns),
        _why(read),
    ]


def _groups(read: Reading, columns: Sequence[Column]) -> Sequence[str]:
    told = dict(zip(groups_of(read.edition), read.groups, strict=True)) if read.groups else {}
    return [count_words(told[code]) if told and edition == read.edition else "" for edition, code in columns]


def _why(read: Reading) -> str:
    """Numbers under 5 are ranges, and so is what would give one away by taking it from the sum."""
    if read.groups is not None:
        return ""
    if read.silence is None:
        return _("The groups are so small that their sum would tell them.")
    reasons = {
        Silence.OPEN: _("The session is still open."),
        Silence.NOBODY_ASKED: _("Nobody was asked."),
        Silence.FEW_ANSWERED: _("Fewer than 70 in 100 answered."),
    }
    return reasons.get(read.silence, _("Fewer than 20 answered, so a number could point at one child."))
