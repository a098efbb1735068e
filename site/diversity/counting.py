"""What may stand as a count of people. Whatever else is given is refused in words."""

from collections.abc import Iterable
from numbers import Rational, Real


def whole(value: object) -> int:
    """A whole number, zero or more. 3.0 and numpy's integers are whole; NaN, 2.5, "3" and None are not."""
    if isinstance(value, Rational) and value.denominator == 1:
        number = int(value.numerator)
    elif isinstance(value, Real) and not isinstance(value, Rational) and float(value).is_integer():
        number = int(float(value))
    else:
        raise ValueError(f"A count must be a whole number, not {value!r}.")
    if number < 0:
        raise ValueError(f"A count cannot be less than zero: {number}.")
    return number


def counts_of(values: Iterable[object]) -> list[int]:
    """One row: how many people of each group."""
    if not isinstance(values, Iterable):
        raise ValueError(f"Counts must be a list of whole numbers, not {values!r}.")
    return [whole(value) for value in values]


def same_groups(counts: Iterable[object], baseline: Iterable[object]) -> tuple[list[int], list[int]]:
    """Two rows over the same groups in the same order; other lengths cannot be the same groups."""
    one, other = counts_of(counts), counts_of(baseline)
    if len(one) != len(other):
        raise ValueError(f"The two lists are of different groups: {len(one)} and {len(other)} of them.")
    return one, other


def table_of(rows: Iterable[Iterable[object]]) -> list[list[int]]:
    """Several rows over the same groups, at least one."""
    if not isinstance(rows, Iterable):
        raise ValueError(f"Sessions must be a list of lists of counts, not {rows!r}.")
    table = [counts_of(row) for row in rows]
    if not table:
        raise ValueError("There is nothing to compare: no session is given.")
    if len({len(row) for row in table}) > 1:
        raise ValueError("The sessions do not have the same groups.")
    return table


def somebody(counts: list[int], who: str = "Nobody is counted.") -> int:
    """How many people there are in all, where there are any."""
    total = sum(counts)
    if total == 0:
        raise ValueError(who)
    return total
