"""Counts and tables of them, as hypothesis draws them."""

from hypothesis import strategies as st

COUNT = st.one_of(st.integers(0, 12), st.integers(0, 500))


def rows(groups: int | None = None, *, people: int = 2) -> st.SearchStrategy[list[int]]:
    """One count a group, `people` in all at least."""
    drawn = st.lists(COUNT, min_size=groups or 1, max_size=groups or 7)
    return drawn.filter(lambda row: sum(row) >= people)


def pairs_of_rows() -> st.SearchStrategy[tuple[list[int], list[int]]]:
    """Two rows of the same groups."""
    return st.integers(1, 6).flatmap(lambda groups: st.tuples(rows(groups), rows(groups)))


def tables() -> st.SearchStrategy[list[list[int]]]:
    """Sessions over the same groups, two groups at least, and two of the groups with somebody."""
    drawn = st.integers(2, 5).flatmap(
        lambda groups: st.lists(st.lists(COUNT, min_size=groups, max_size=groups), min_size=1, max_size=6)
    )
    return drawn.filter(lambda table: sum(any(column) for column in zip(*table, strict=True)) > 1)


def units() -> st.SearchStrategy[tuple[list[int], list[int]]]:
    """A group's people and everybody in each unit; some of the group and some of the others."""
    drawn = st.lists(st.tuples(COUNT, COUNT), min_size=1, max_size=8)
    mixed = drawn.filter(lambda pairs: any(x for x, _ in pairs) and any(y for _, y in pairs))
    return mixed.map(lambda pairs: ([x for x, _ in pairs], [x + y for x, y in pairs]))
