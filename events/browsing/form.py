"""The form of filters: some 130 boxes, written once and filled in at every reading."""

import dataclasses
import datetime
from collections.abc import Iterable, Iterator, Mapping

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from design.templatetags.design import icon
from events.browsing.choices import (
    AGES,
    MILES,
    SHORT_AUDIENCE_WORDS,
    TIME_WORDS,
    WHEN_WORDS,
    day_words,
    short_day_words,
)
from events.browsing.words import miles_words
from events.cards import SPRITE
from events.languages import words as language_words
from events.prepared import Prepared, seal
from events.query import DAYS, DEFAULT_RADIUS, Known, Query
from events.search import Results

# Fields with a place for what is wrong: those above the results, and those among the filters.
ABOVE = ("q", "near", "radius")
AMONG = (
    "age",
    "when",
    "from",
    "to",
    "day",
    "time",
    "for",
    "type",
    "access",
    "language",
    "free",
    "alone",
    "aim",
)
FIELDS = (*ABOVE, *AMONG)
# What an address may ask that the form has no box for; it is kept.
UNSEEN = frozenset(["organiser", "school", "pick", "asof", "ask", "view", "month", "sort"])


@dataclasses.dataclass(frozen=True, slots=True)
class Count:
    """How many a box would find."""

    box: str
    number: int


def counts(results: Results, known: Known) -> list[Count]:
    """Of every box that has a number beside it."""
    return [
        *(Count(f"type-{slug}", results.types.get(slug, 0)) for slug in known.types),
        *(Count(f"day-{day}", number) for day, number in results.days.items()),
        Count("free-1", results.free),
        Count("show", results.total),
    ]


class _Kept:
    """The page as it was prepared last, a language each, and for which words."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[Known, Prepared]] = {}


_kept = _Kept()


def page(known: Known) -> Prepared:
    """The whole page with holes, prepared again when a list changes."""
    language = get_language() or ""
    held = _kept.pages.get(language)
    if held is None or held[0] != known:
        held = _kept.pages[language] = (known, _prepare(known))
    return held[1]


def _prepare(known: Known) -> Prepared:
    icons = static(SPRITE)
    context = {
        "ages": [(age, age, "") for age in AGES],
        "audiences": [(value, words, "") for value, words in SHORT_AUDIENCE_WORDS.items()],
        "whens": [("", _("Any date"), ""), *((value, words, "") for value, words in WHEN_WORDS.items())],
        "days": [(day, short_day_words(day), day_words(day)) for day in DAYS],
        "times": [(value, words, "") for value, words in TIME_WORDS.items()],
        "types": known.types.items(),
        "access": known.access.items(),
        "languages": [
            (slug, language_words(name, *known.autonyms.get(slug, ("", ""))))
            for slug, name in known.languages.items()
        ],
        "aims": known.aims.items(),
        "places": known.places.items() if len(known.places) > 1 else (),
        "miles": MILES,
    }
    return Prepared(seal(render_to_string("events/browse.html", context), icons=icons), icons=icons)


def words(query: Query, numbers: Iterable[Count]) -> dict[str, str]:
    """What goes into the holes: what is ticked, chosen, typed and wrong, and the numbers."""
    pairs = query.pairs()
    radius = f"{query.radius or DEFAULT_RADIUS:g}"
    return {
        "other-radius": "" if float(radius) in MILES else _other_radius(radius),
        "kept": kept_markup(query),
        "filters-on": filters_on_markup(query),
        **{f"on-{name}-{value}": " checked" for name, value in pairs},
        f"on-when-{query.when}": " checked",
        # After the ticks: what is chosen from a list is selected, not ticked.
        f"on-radius-{radius}": " selected",
        **{f"open-{group}": " open" for group in _opened(query)},
        **{f"n-{count.box}": number_markup(count) for count in numbers},
        **{f"typed-{name}": escape(text) for name, text in _typed(query)},
        **{f"problem-{name}": problem_markup(problem) for name, problem in query.problems.items()},
        **{f"wrong-{name}": ' aria-invalid="true"' for name in query.problems},
    }


def _opened(query: Query) -> set[str]:
    """Groups in which something is ticked or wrong; and all filters, where something among them is wrong."""
    names = {name for name, _value in query.pairs()} | set(query.problems)
    return (
        names
        | ({"dates"} if names & {"from", "to"} else set())
        | ({"filters"} if set(AMONG) & set(query.problems) else set())
    )


def _other_radius(radius: str) -> str:
    """One that the list does not offer."""
    return format_html('<option value="{}" selected>{}</option>', radius, miles_words(float(radius)))


def kept_markup(query: Query) -> str:
    """Fields of what is asked beside the boxes."""
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', _unseen(query))


def filters_on_markup(query: Query) -> str:
    """How many boxes are ticked, for the button that shows them. Empty where none is."""
    number = sum(name in {*AMONG, "place"} for name, _value in query.pairs())
    if not number:
        return ""
    words = ngettext("%(count)d on", "%(count)d on", number) % {"count": number}
    return format_html('<span class="browse__on">{}</span>', words)


def number_markup(count: Count, *, swapped: bool = False) -> str:
    """The number beside a box; `swapped` where htmx puts it in the place of the one that is there."""
    oob = ' data-hx-swap-oob="true"' if swapped else ""
    none = "" if count.number else " choice__count--none"
    return f'<span class="choice__count{none}" id="n-{count.box}"{oob}>{count.number:,}</span>'


def problem_markup(problem: str) -> str:
    return format_html("{}<span>{}</span>", icon("warning"), problem)


def swapped_markup(query: Query, numbers: Iterable[Count]) -> str:
    """For htmx: what changes in the form, each for the place where it stands."""
    return "".join(
        [
            f'<div id="kept" hidden data-hx-swap-oob="true">{kept_markup(query)}</div>',
            f'<span id="filters-on" data-hx-swap-oob="true">{filters_on_markup(query)}</span>',
            *(number_markup(count, swapped=True) for count in numbers),
            *(
                f'<div class="field__error" id="problem-{name}" data-hx-swap-oob="true">'
                f"{problem_markup(query.problems[name]) if name in query.problems else ''}</div>"
                for name in FIELDS
            ),
        ]
    )


def other_problems(problems: Mapping[str, str]) -> list[str]:
    """Words about what has no field to stand beside, each once."""
    return list(dict.fromkeys(problem for name, problem in problems.items() if name not in FIELDS))


def _typed(query: Query) -> Iterator[tuple[str, str]]:
    """What the fields show: what was asked, or what was typed and could not be read."""
    yield "q", query.typed.get("q") or query.q
    yield "near", query.typed.get("near") or (query.near.label if query.near else "")
    for name, day in (("from", query.first_day), ("to", query.last_day)):
        yield name, day.isoformat() if day else _date_in(query.typed.get(name, ""))


def _date_in(typed: str) -> str:
    """A date's field can show nothing else: the first day after the last, but no words."""
    try:
        return datetime.date.fromisoformat(typed).isoformat()
    except ValueError:
        return ""


def _unseen(query: Query) -> Iterator[tuple[str, str]]:
    for name, value in query.pairs():
        if name in UNSEEN or (name == "near") or (name == "age" and int(value) not in AGES):
            yield name, value
