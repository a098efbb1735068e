"""What finds an activity and says when it is next, from plain facts, for `/design/`."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from events.browsing.chips import Chip
from events.browsing.choices import VIEW_ICONS, VIEW_WORDS
from events.browsing.form import Count, number_markup, problem_markup
from events.browsing.overview import Cell, Overview
from events.parents_ask import Question
from events.prepared import Prepared, seal
from events.wording.occurrences import DateLine

HERE = "#finding"
WHEN = "Tue 19 January, 5–6:30 pm"
KINDS = (("football", "Football", 12), ("choir", "Choir", 1), ("chess", "Chess", 0))


def context() -> dict[str, Any]:
    """What the template shows."""
    return {
        "views": [
            {"name": name, "label": label, "icon": VIEW_ICONS[name], "href": HERE, "on": name == "list"}
            for name, label in VIEW_WORDS.items()
        ],
        "pills": _pills(),
        "group": _group(),
        "looser": [Chip("12 with fewer filters", HERE), Chip("3 within 10 miles", HERE)],
        "month": _month(),
        "days": [
            {"anchor": "day-2027-01-12", "near": "Today", "words": "Tuesday 12 January", "lines": _lines()}
        ],
        "marks": [
            {"x": 40, "y": 35, "href": "#marks", "name": "Swifts Girls: just us", "symbol": "football"},
            {"x": 110, "y": 35, "href": "#marks", "name": "12 activities near Halifax", "count": 12},
        ],
        "panel": _panel(),
        "nexts": _nexts(),
        "since": "Not confirmed since 3 June",
        "asked": [Question("Who is in charge?", "Sadia Hartley"), Question("How are helpers checked?", "")],
    }


def _filled(template: str, facts: dict[str, Any], words: dict[str, str]) -> SafeString:
    """A part of the form of filters with what goes into its holes."""
    part = render_to_string(template, facts)
    return SafeString(Prepared(seal(part)).filled(words))  # nosec B703


def _pills() -> SafeString:
    """One is ticked, and one was asked for that there is not."""
    facts = {"title": "Ages", "hint": "Tick one for each child.", "name": "age", "dense": True}
    ages = [(age, age, "") for age in range(8, 15)]
    words = {"on-age-12": " checked", "problem-age": problem_markup("That is no age: “old”.")}
    return _filled("events/browse/pills.html", {**facts, "choices": ages}, words)


def _group() -> SafeString:
    """Unfolded, since one is ticked."""
    facts = {"title": "Kinds of activity", "name": "type", "counted": True}
    numbers = {f"n-type-{slug}": number_markup(Count(f"type-{slug}", found)) for slug, _words, found in KINDS}
    words = {**numbers, "open-type": " open", "on-type-choir": " checked"}
    return _filled(
        "events/browse/group.html",
        {**facts, "choices": [(slug, words) for slug, words, _found in KINDS]},
        words,
    )


def _month() -> Overview:
    """January 2027 from the second week on, of which Tuesday is today; something is on each Tuesday."""
    weeks: list[list[Cell | None]] = [
        [_cell(day) for day in range(first, first + 7)] for first in (11, 18, 25)
    ]
    return Overview(
        title="January 2027",
        weekdays=[("Mo", "Monday"), ("Tu", "Tuesday"), ("We", "Wednesday"), ("Th", "Thursday")]
        + [("Fr", "Friday"), ("Sa", "Saturday"), ("Su", "Sunday")],
        weeks=weeks,
        earlier=None,
        later=Chip("February", "#month"),
    )


def _cell(day: int) -> Cell | None:
    if day > 31:
        return None
    if day % 7 == 5:
        words = f"{day} January, 4 activities"
        return Cell(day, 4, words, "#day-2027-01-12", is_today=day == 12)
    return Cell(day)


def _lines() -> list[dict[str, Any]]:
    """A meeting as it usually is, and each thing that may be said of one."""
    usual = {
        "starts": "2027-01-12T17:00",
        "time": "5–6:30 pm",
        "title": "Swifts Girls: just us",
        "href": "#calendar-parts",
        "type": "football",
        "host": "Calder Swifts Juniors",
        "where": "The Arches Sports Hall, Halifax",
        "ages": "Ages 9–14",
        "price": "Free",
        "free": True,
    }
    return [
        usual | {"on_now": True},
        usual | {"distance": "0.6 miles", "suits": "Suits your 12-year-old", "price": "£3.50", "free": False},
        usual | {"cancelled": True, "reason": "Snow."},
        usual | {"moved_from": "Tue 9 February, 5 pm"},
        usual | {"notice": "The lift is out of order."},
    ]


def _panel() -> dict[str, Any]:
    """What the map says of a mark: an activity as it usually is, with a notice, and with a long name."""
    when = format_html('{}, <span class="times">{}</span>', *WHEN.split(", "))
    usual = {"title": "Swifts Girls: just us", "href": "#marks", "when": when, "price": "Free"}
    return {
        "place": "The Arches Sports Hall, Halifax",
        "items": [
            usual,
            usual | {"notice": "The lift is out of order.", "price": "£3.50"},
            usual | {"title": "Saturday morning walking football for grandmothers, grandfathers and friends"},
        ],
        "more": "And 9 more here: find them in the list.",
        "words": "12 activities on this map",
    }


def _nexts() -> list[tuple[DateLine | None, DateLine | None]]:
    """The next date, and the one before it that was cancelled."""
    off = _date(cancelled=True, reason="Snow.")
    changed = _date(
        moved_from="Tue 12 January, 5 pm",
        venue="Savile Park School, Halifax",
        notice="The lift is out of order.",
    )
    return [(_date(on_now=True), None), (changed, None), (_date(), off), (None, None)]


def _date(**more: Any) -> DateLine:
    return DateLine("next", WHEN, WHEN, "2027-01-19T17:00", **more)
