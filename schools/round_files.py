"""A round as a file for a spreadsheet, and in words for whoever reads a terminal."""

import csv
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from organisations.cells import safe
from schools.models import Round
from schools.twins import KM_PER_MILE

COLUMNS = (
    *("urn", "school", "phase", "town", "twin_urn", "twin", "twin_phase", "twin_town"),
    *("miles", "difference", "one_from_each_differ", "inside_school", "inside_twin", "kept", "by_hand"),
)
ROWS = 2000


class Writable(Protocol):
    """A file, or the answer to a request."""

    def write(self, text: str, /) -> object: ...


def write(round: Round, file: Writable) -> int:
    """Every pair that is proposed, in the order of register numbers. Returns how many."""
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    number = 0
    for row in _rows(round):
        writer.writerow([safe(cell) for cell in row])
        number += 1
    return number


def _rows(round: Round) -> Iterator[list[str]]:
    pairs = round.pairs.proposed().select_related("first", "second").order_by("first", "second")
    for pair in pairs.iterator(ROWS):
        schools = (
            cell
            for each in (pair.first, pair.second)
            for cell in (str(each.pk), each.name, str(each.get_phase_display()), each.town)
        )
        miles = None if pair.kilometres is None else pair.kilometres / KM_PER_MILE
        chances = (pair.difference, pair.across, pair.inside_first, pair.inside_second)
        yield [
            *schools,
            "" if miles is None else f"{miles:.2f}",
            *("" if each is None else f"{each:.4f}" for each in chances),
            *("yes" if each else "" for each in (pair.kept, pair.by_hand)),
        ]


def words(round: Round) -> list[str]:
    """What was found, and what simpler ways would have."""
    said = round.figures
    best = said["best"]
    lines = [
        _("%(schools)s schools have %(edges)s possible links among them; %(pairs)s pairs are proposed.")
        % {"schools": f"{said['nodes']:,}", "edges": f"{said['edges']:,}", "pairs": f"{best['pairs']:,}"}
    ]
    names = {
        "best": _("The best for all together"),
        "greedy": _("The most different first (greedy)"),
        "nearest": _("The nearest first"),
    }
    best_weight = best["weight"] or 1
    return [*lines, *(_way(called, said[name], best_weight) for name, called in names.items())]


def _way(called: str, way: Mapping[str, Any], best_weight: int) -> str:
    sentences = [
        _("%(name)s: %(pairs)s pairs, weight %(weight)s (%(part)s %% of the best).")
        % {
            "name": called,
            "pairs": f"{way['pairs']:,}",
            "weight": f"{way['weight']:,}",
            "part": f"{100 * way['weight'] / best_weight:.1f}",
        },
        _("Two pupils differ %(inside)s times in 100 in their own school, %(across)s times in 100 across.")
        % {"inside": f"{100 * way['inside']:.0f}", "across": f"{100 * way['across']:.0f}"},
        _("The two schools are %(miles)s miles apart on average, %(farthest)s at most.")
        % {
            "miles": f"{way['kilometres'] / KM_PER_MILE:.1f}",
            "farthest": f"{way['farthest'] / KM_PER_MILE:.1f}",
        },
    ]
    return " ".join(sentences)
