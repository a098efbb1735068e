"""A reading as the lines of a page: a sentence, what it does not show, a figure and its table."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from diversity.categories import groups_of
from diversity.disclosure import Interval
from diversity.reading import Figure, Meeting, Reading
from events.mixing import figures
from events.mixing.bases import Found
from events.mixing.figures import Drawing, Key
from events.wording import day_words
from events.wording.categories import GROUPS
from events.wording.mixing import count_words, in_100


@dataclass(frozen=True, slots=True)
class Line:
    """`limit` stands above the figure: one line on what it does not show; `keys` under it name its marks."""

    title: str
    words: Sequence[str]
    limit: str
    drawing: Drawing | None = None
    keys: Sequence[Key] = ()
    heads: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = field(default_factory=list)


def of_reading(read: Reading, found: Found) -> list[Line]:
    """The six lines. Where a figure is not to be shown its line says why."""
    if read.silence is not None:
        return []
    lines = [_who_came(read), _mixing(read), _beside(read, found), _missing(read), _whom(read), _kept(read)]
    return [line for line in lines if line is not None]


def _who_came(read: Reading) -> Line:
    words = [_answered_words(read)]
    if read.mostly is not None:
        words.append(
            _("It is mostly one group: more than 90 in 100 are %(group)s.")
            % {"group": GROUPS[groups_of(read.edition)[read.mostly]]}
        )
    limit = _("It does not show who anybody is, nor numbers under 5.")
    if read.groups is None:
        words.append(_("The groups are so small and alike that their sum would tell them: not shown."))
        return Line(_("Who came"), words, limit)
    if read.count_days > 1:
        words.append(_("Each group is counted at its largest session, so that nobody counts twice."))
        words.append(_("Sessions that are too small may be left out, so that nobody can be picked out."))
    told = list(zip(groups_of(read.edition), read.groups, strict=True))
    drawing = figures.people(told)
    if drawing.each > 1:
        words.append(_("Each dot is %(each)s people.") % {"each": drawing.each})
    rows = [[str(GROUPS[name]), count_words(count)] for name, count in told]
    return Line(
        _("Who came"),
        words,
        limit,
        drawing,
        _dot_keys(told),
        [_("Group"), _("People")],
        rows,
    )


def _dot_keys(told: Sequence[tuple[str, int | Interval]]) -> list[Key]:
    """One for each kind of dot: groups of whom only a range is told share theirs."""
    named = [(name, str(GROUPS[name]), count) for name, count in told]
    keys = [
        figures.key("dot", words, group=name)
        for name, words, count in named
        if isinstance(count, int) and count
    ]
    small = [words for _name, words, count in named if isinstance(count, tuple)]
    if small:
        words = _("Small groups together: %(groups)s") % {"groups": ", ".join(small)}
        keys.append(figures.key("dot", words, group="few"))
    return keys


def _answered_words(read: Reading) -> str:
    asked = round(read.answered / read.response) if read.response else 0
    return ngettext(
        "On %(days)s count day %(answered)s of %(asked)s who came said which group they are of.",
        "On %(days)s count days %(answered)s of %(asked)s who came said which group they are of.",
        read.count_days,
    ) % {"days": read.count_days, "answered": read.answered, "asked": asked}


def _mixing(read: Reading) -> Line | None:
    if read.chance is None:
        return None
    words = [
        _("Pick any two people of one session. In %(chance)s picks of 100 they are from different groups.")
        % {"chance": in_100(read.chance.value)}
    ]
    ends = {"low": in_100(read.chance.low), "high": in_100(read.chance.high)}
    if read.bounds:
        words.append(_("Not all answered. Had they, it would be from %(low)s to %(high)s.") % ends)
    else:
        words.append(_("Luck plays a part: from %(low)s to %(high)s is likely.") % ends)
    rows = [[_("Here"), str(in_100(read.chance.value)), f"{ends['low']}–{ends['high']}"]]
    if read.base is not None:
        rows.append([_("In the area"), str(in_100(read.base)), "–"])
    return Line(
        _("Mixing chance"),
        words,
        _("It shows who was in the room. It does not show who talked to whom."),
        figures.chance(read.chance, read.base),
        _chance_keys(read.chance, read.base),
        ["", _("In 100"), _("Range")],
        rows,
    )


def _chance_keys(here: Figure, area: float | None) -> list[Key]:
    said = {"here": in_100(here.value), "low": in_100(here.low), "high": in_100(here.high)}
    keys = [
        figures.key("mark", _("Thick line: here, %(here)s in 100") % said),
        figures.key("range", _("Bar: it could be from %(low)s to %(high)s") % said),
    ]
    if area is not None:
        words = _("Dashed line: in your area, %(area)s in 100") % {"area": in_100(area)}
        keys.append(figures.key("area", words))
    return keys


def _times_keys(here: Figure) -> list[Key]:
    said = {"here": here.value, "low": here.low, "high": here.high}
    return [
        figures.key("mark", _("Thick line: here, %(here)s times as mixed as your area") % said),
        figures.key("range", _("Bar: it could be from %(low)s to %(high)s times") % said),
        figures.key("area", _("Dashed line: 1, just as mixed as your area")),
    ]


def _beside(read: Reading, found: Found) -> Line:
    base, limit = found.base, _("More than 1 is not better without end. Clubs are never put in order.")
    if base is None or read.base is None:
        return Line(_("Beside your area"), [found.why], limit)
    words = [
        _("Pick any two of the %(base)s. In %(chance)s picks of 100 they are from different groups.")
        % {"base": base.name, "chance": in_100(read.base)}
    ]
    rows = []
    if read.compared is None:
        words.append(
            _("We do not divide by so little, or by so few people here. So there is no number for it.")
        )
    else:
        ends = {"low": read.compared.low, "high": read.compared.high}
        words.append(_("So people here are %(times)s times as mixed.") % {"times": read.compared.value})
        words.append(
            _("Had all answered, it would be from %(low)s to %(high)s times.") % ends
            if read.bounds
            else _("From %(low)s to %(high)s times is likely.") % ends
        )
        rows = [[_("Times as mixed"), str(read.compared.value), f"{read.compared.low}–{read.compared.high}"]]
    if not base.is_whole:
        words.append(_("Those figures cannot tell all groups apart. Only those that they can are compared."))
    return Line(
        _("Beside your area"),
        words,
        limit,
        figures.times(read.compared) if read.compared else None,
        _times_keys(read.compared) if read.compared else (),
        ["", _("Times"), _("Range")] if rows else (),
        rows,
    )


def _missing(read: Reading) -> Line | None:
    if read.base is None:
        return None
    limit = _("It does not show why somebody stays away.")
    if read.gap is None:
        words = [_("Fewer than 20 people here are of groups that can be compared: no figure.")]
        return Line(_("Who is missing"), words, limit)
    said = {"gap": in_100(read.gap.value), "luck": in_100(read.gap.luck)}
    return Line(
        _("Who is missing"),
        [
            _("To look like the area, %(gap)s of 100 places would have to change hands.") % said,
            _("Luck alone gives about %(luck)s.") % said,
        ],
        limit,
        figures.pairs([(_("Here"), read.gap.value, _("Luck alone"), read.gap.luck)]),
        heads=["", _("In 100")],
        rows=[[_("Here"), str(said["gap"])], [_("Luck alone"), str(said["luck"])]],
    )


def _whom(read: Reading) -> Line:
    """Groups of ten people at least."""
    limit = _("It shows groups of 10 people or more only. It does not show friendship.")
    if not read.meetings:
        words = [_("No group of 10 people or more may be told: no figure.")]
        return Line(_("Who meets whom"), words, limit)
    names = [str(GROUPS[code]) for code in groups_of(read.edition)]
    words = [
        _("%(group)s: of 100 others whom one of them meets here, %(chance)s are from another group.")
        % {"group": names[each.group], "chance": in_100(each.chance)}
        for each in read.meetings
    ]
    return Line(
        _("Who meets whom"),
        words,
        limit,
        figures.pairs([_meeting_pair(each, names[each.group]) for each in read.meetings]),
        heads=[_("Group"), _("Here, in 100"), _("In the area")],
        rows=[
            [
                names[each.group],
                str(in_100(each.chance)),
                "–" if each.expected is None else str(in_100(each.expected)),
            ]
            for each in read.meetings
        ],
    )


def _meeting_pair(each: Meeting, name: str) -> tuple[str, float, str, float | None]:
    return name, each.chance, _("In the area"), each.expected


def _kept(read: Reading) -> Line:
    words = [
        ngettext(
            "You met %(held)s time in the last year.", "You met %(held)s times in the last year.", read.held
        )
        % {"held": read.held}
    ]
    if read.held < 2:
        words.append(
            _("Meeting once is a start. Twice a year or more made the difference where it was studied.")
        )
    if read.pooled is not None:
        words.append(
            _("All sessions thrown together, %(pooled)s picks of 100 are from different groups.")
            % {"pooled": in_100(read.pooled)}
        )
    if read.alternates:
        words.append(_("That is far more than within a session: different groups come on different days."))
    return Line(
        _("Kept meeting"),
        words,
        _("How often people meet matters as much as who they are."),
        *_kept_drawn(read),
    )


def _kept_drawn(read: Reading) -> tuple[Drawing, Sequence[Key], Sequence[str], Sequence[Sequence[str]]]:
    """Within sessions beside all thrown together; of one session, how often its people met."""
    if read.pooled is None or read.chance is None:
        key = figures.key("point", _("Each mark is a time you met"))
        return figures.meetings(read.held), [key], (), ()
    within, together = _("Within a session"), _("All thrown together")
    return (
        figures.pairs([(within, read.chance.value, together, read.pooled)]),
        (),
        ["", _("In 100")],
        [[within, str(in_100(read.chance.value))], [together, str(in_100(read.pooled))]],
    )


def over_the_year(days: Sequence[tuple[datetime.date, Figure]], today: datetime.date) -> Line | None:
    """Each count day that may be shown by itself, oldest first."""
    if len(days) < 2:
        return None
    said = [day_words(day, today) for day, _figure in days]
    return Line(
        _("Over the year"),
        [_("Each mark is a count day with 20 answers or more.")],
        _("Days differ by luck. One mark is no trend."),
        figures.year([(day, figure.value) for day, figure in days], (said[0], said[-1])),
        heads=[_("Day"), _("In 100"), _("Range")],
        rows=[
            [day, str(in_100(figure.value)), f"{in_100(figure.low)}–{in_100(figure.high)}"]
            for day, (_day, figure) in zip(said, days, strict=True)
        ],
    )
