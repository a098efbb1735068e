"""What may stand as a count."""

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest

from diversity.counting import counts_of, same_groups, table_of, whole


@pytest.mark.parametrize("value", [3, 3.0, np.int64(3), np.uint8(3), np.float64(3), Fraction(6, 2)])
def test_a_whole_number_of_any_type_is_a_count(value):
    assert whole(value) == 3
    assert type(whole(value)) is int


@pytest.mark.parametrize(
    "value",
    [2.5, float("nan"), float("inf"), "3", None, 3j, Decimal(3), Fraction(1, 2), Fraction(10**400 + 1, 2)],
)
def test_anything_else_is_refused_in_words(value):
    with pytest.raises(ValueError, match="must be a whole number"):
        whole(value)


@pytest.mark.parametrize("value", [-1, -2.0])
def test_less_than_nobody_is_refused(value):
    with pytest.raises(ValueError, match="less than zero"):
        whole(value)


def test_counts_are_read_once_from_whatever_gives_them():
    assert counts_of(number for number in (1, 0, 2)) == [1, 0, 2]


def test_lists_of_other_lengths_are_of_other_groups():
    with pytest.raises(ValueError, match="different groups: 1 and 2"):
        same_groups([1], [1, 2])


def test_a_table_has_rows_and_the_same_groups_in_each():
    assert table_of([[1, 2], (3, 4)]) == [[1, 2], [3, 4]]
    with pytest.raises(ValueError, match="no session"):
        table_of([])
    with pytest.raises(ValueError, match="the same groups"):
        table_of([[1, 2], [1]])
