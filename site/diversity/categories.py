"""The code lists that people are counted by: the same for registers and for what they are compared with.

A list is never changed. A new edition stands beside the old one, each register says which it was taken with,
and two editions never meet in one ratio. A code keeps its meaning through all editions: what means something
else has another code.

Ethnic group: census of England and Wales 2021, the five groups, under the names that the school register
has for them.
"""

from collections.abc import Mapping
from types import MappingProxyType

EDITION = 1

# "Prefer not to say", not asked, or spoiled: somebody who came, and of whom nothing is known.
NOT_STATED = "not-stated"

ETHNIC_GROUPS = ("asian", "black", "mixed", "white", "other")
AGE_BANDS = (
    "under-5", "5-7", "8-10", "11-13", "14-16", "17-18", "19-25", "26-44", "45-64", "65-and-over",
)  # fmt: skip
SEXES = ("female", "male")
FIRST_TIME, SEEN_BEFORE = "first-time", "been-before"
BEFORE = (FIRST_TIME, SEEN_BEFORE)

# A school is told by its register number and a home by its outcode: no list holds them all.
OPEN_LISTS = frozenset({"school", "outcode"})

LISTS: Mapping[int, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {1: MappingProxyType({"group": ETHNIC_GROUPS, "age": AGE_BANDS, "before": BEFORE, "sex": SEXES})}
)


def lists_of(edition: int) -> Mapping[str, tuple[str, ...]]:
    """By question, the codes of that edition in their order."""
    return LISTS[edition]


def groups_of(edition: int) -> tuple[str, ...]:
    return lists_of(edition)["group"]
