"""How a timetable is laid out, and the same as a list: one class a line."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from events.importing import clock, columns, days, phrases
from events.importing.table import Remark, Table

LOOKED_AT = 25
"""Names of columns or days stand somewhere in the first rows, below a heading."""


SOON = 120  # minutes
"""A class ends where the next one begins, unless that is later than this."""


class Layout(StrEnum):
    LIST = "list"
    DAYS_ACROSS = "days-across"
    DAYS_DOWN = "days-down"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Row:
    """One class. `where` is its place in what was sent: the row and, in a grid, the column, from 1."""

    where: tuple[int, int]
    cells: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Arranged:
    """A timetable as a list. `headers` are the columns' own names, `guess` the facts they seem to be about.

    `above` is what stands over the table: a name, "term time only".
    """

    layout: Layout
    headers: tuple[str, ...]
    guess: tuple[str, ...]
    rows: tuple[Row, ...]
    above: str = ""
    remarks: tuple[Remark, ...] = field(default=())


def arranged(table: Table, layout: Layout | None = None) -> Arranged:
    """As a list, in the given layout or the one that it seems to have."""
    return ARRANGE[layout or guessed(table)](table)


def guessed(table: Table) -> Layout:
    """1. One column: lines of text.
    2. A row with the names of columns: a list.
    3. A row, or else a column, of days with something else beside them: a grid.
    4. Else a list whose columns have no names.
    """
    if table.ours:
        return Layout.LIST
    if table.width == 1:
        return Layout.LINES
    if _head_of_list(table.rows) is not None:
        return Layout.LIST
    if _head_of_grid(table.rows) is not None:
        return Layout.DAYS_ACROSS
    return Layout.DAYS_DOWN if _is_grid_turned(table) else Layout.LIST


def _head_of_list(rows: Sequence[Sequence[str]]) -> int | None:
    """The row that names most columns, if it names a class and its time, or three facts."""
    best, most = None, 1
    for at, row in enumerate(rows[:LOOKED_AT]):
        found = {columns.named(cell) for cell in row if cell} - {""}
        days_named = sum(map(days.is_day, row))
        if len(found) > most and days_named < 2:
            best, most = at, len(found)
    return best


def _head_of_grid(rows: Sequence[Sequence[str]]) -> int | None:
    """The first row with two cells or more that are days."""
    counts = [sum(1 for cell in row if cell and days.is_day(cell)) for row in rows[:LOOKED_AT]]
    return next((at for at, count in enumerate(counts) if count >= 2), None)


def _is_grid_turned(table: Table) -> bool:
    """A column of days with times or names above, or classes with their times beside it."""
    turned = table.turned()
    head = _head_of_grid(turned.rows[:3])
    if head is None:
        return False
    first = next((at for at, cell in enumerate(turned.rows[head]) if days.is_day(cell)), 0)
    above = [cell for row in table.rows[:first] for cell in row if cell]
    below = [cell for at, row in enumerate(turned.rows) if at != head for cell in row[first:] if cell]
    named = [cell for cell in turned.rows[head] if cell and days.is_day(cell)]
    times = sum(1 for cell in above if clock.find(cell) or clock.find_single(cell))
    bare = sum(1 for cell in below if columns.is_time(cell))
    with_name = sum(1 for cell in below if clock.find(cell) and columns.is_title(cell)) - bare
    each_day_once = len(set(map(str.lower, named))) == len(named) and table.width > 2
    full = with_name * 2 > len(below) or (len(above) >= 2 and bare * 2 > len(below))
    return times >= 2 or (each_day_once and full)


def _as_list(table: Table) -> Arranged:
    head = 0 if table.ours else _head_of_list(table.rows)
    if head is None:
        return _without_names(table)
    headers = table.rows[head]
    guess = _guess(headers, table.rows[head + 1 :])
    rows = _rows(table, head + 1, guess)
    return Arranged(
        Layout.LIST, headers, guess, tuple(rows), _said(table.rows[:head]), table.remarks.get(-1, ())
    )


def _without_names(table: Table) -> Arranged:
    """The first row names the columns where it is unlike what stands below it."""
    guess = _guess([""] * table.width, table.rows)
    times = [at for at, field in enumerate(guess) if field in {"time", "day", "first"}]
    first = table.rows[0]
    is_head = bool(times) and all(first[at] and columns.told([first[at]], set()) != guess[at] for at in times)
    headers = first if is_head else ("",) * table.width
    rows = _rows(table, int(is_head), guess)
    return Arranged(Layout.LIST, headers, guess, tuple(rows))


def _guess(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """By name first; of two columns of one name, the first. Then by what stands in them."""
    taken: set[str] = set()
    guess = [""] * len(headers)
    for at, header in enumerate(headers):
        found = columns.named(header)
        if found and found not in taken:
            guess[at] = found
            taken.add(found)
    if "start" in taken and "end" in taken:
        taken.add("time")
    for at in range(len(headers)):
        # Once a list has names, an unnamed column's contents decide only what is missing.
        if not guess[at]:
            found = columns.told([row[at] for row in rows], taken | ({"venue"} if any(headers) else set()))
            guess[at] = found
            taken.add(found)
    return tuple(guess)


def _rows(table: Table, first: int, guess: Sequence[str]) -> Iterator[Row]:
    """Rows with something in them. A day alone, or once for merged cells, holds for those below."""
    day_at = guess.index("day") if "day" in guess else None
    dated = {at for at, field in enumerate(guess) if field in {"first", "more"}}
    day = ""
    for at, cells in enumerate(table.rows[first:], start=first):
        filled = [cell for cell in cells if cell]
        if not filled:
            continue
        if len(filled) == 1 and table.width > 1 and days.is_day(filled[0]):
            day = filled[0]
            continue
        remarks = table.remarks.get(at, ())
        if day_at is not None and not table.ours:
            if cells[day_at]:
                day = cells[day_at]
            elif day and not any(cells[each] for each in dated):
                cells = (*cells[:day_at], day, *cells[day_at + 1 :])
                remarks = (*remarks, Remark("day", "day_from_above", {"day": day}))
        yield Row((at + 1, 0), cells, remarks)


GRID = ("day", "title", "time", "ages", "price", "duration")
"""What is found within a cell of a grid, behind the columns beside it."""


def _days_across(table: Table) -> Arranged:
    return _grid(table, Layout.DAYS_ACROSS, lambda row, column: (row + 1, column + 1))


def _days_down(table: Table) -> Arranged:
    return _grid(table.turned(), Layout.DAYS_DOWN, lambda row, column: (column + 1, row + 1))


def _apart(parts: phrases.Parts) -> tuple[str, ...]:
    return (parts.title, parts.time, parts.ages, parts.price, parts.duration)


def _grid(table: Table, layout: Layout, where: Callable[[int, int], tuple[int, int]]) -> Arranged:
    """1. The row of days is the head. A day that spans merged columns holds for those right of it.
    2. The other columns stand beside the grid: times, rooms, names. An empty one holds what stands above it.
    3. Each cell that says something is one class, or several with a time each.
    """
    head = _head_of_grid(table.rows)
    if head is None:
        return _as_list(table)
    day_of = _days_of(table, head)
    beside = [at for at in range(table.width) if at not in day_of]
    labels = [
        "" if columns.named(name) == "day" else name for name in (table.rows[head][at] for at in beside)
    ]
    body = table.rows[head + 1 :]
    label_guess = [_label(label, [row[at] for row in body]) for label, at in zip(labels, beside, strict=True)]
    timed = "time" in label_guess
    if timed:
        body = _with_ends(body, beside[label_guess.index("time")])
    rows = []
    last = [""] * len(beside)
    for number, row in enumerate(body, start=head + 1):
        own = [row[at] for at in beside]
        if any(own):
            last = own
        for at, day in day_of.items():
            cell = row[at][: phrases.LONGEST]
            for entry in phrases.entries(cell) if not phrases.is_nothing(cell) else []:
                parts = phrases.taken_apart(entry, timed=timed, dated=False)
                said = (*last, day, *_apart(parts))
                rows.append(Row(where(number, at), tuple(said)))
    headers, guess = (*labels, *[""] * len(GRID)), (*label_guess, *GRID)
    return _kept(Arranged(layout, headers, guess, tuple(rows), _said(table.rows[:head])))


def _with_ends(body: Sequence[tuple[str, ...]], at: int) -> list[tuple[str, ...]]:
    """Where only starts stand beside a grid, a class ends where the next time begins, if that is soon."""
    rows = list(body)
    starts = [number for number, row in enumerate(rows) if row[at]]
    for number, following in pairwise(starts):
        here, there = rows[number][at], rows[following][at]
        if clock.find(here) or clock.lasting(here):
            continue
        first, then = clock.read(here).start, clock.read(there).start
        if first and then and 0 < (then.hour - first.hour) * 60 + then.minute - first.minute <= SOON:
            said = f"{first.hour:02}:{first.minute:02} - {then.hour:02}:{then.minute:02}"
            rows[number] = (*rows[number][:at], said, *rows[number][at + 1 :])
    return rows


def _days_of(table: Table, head: int) -> dict[int, str]:
    day_of: dict[int, str] = {}
    day = ""
    for at, cell in enumerate(table.rows[head]):
        if cell:
            day = cell if days.is_day(cell) else ""
        if day and (cell or any(row[at] for row in table.rows[head + 1 :])):
            day_of[at] = day
    return day_of


def _label(name: str, cells: Sequence[str]) -> str:
    """What a column beside a grid is about. Its name may lie: "Class" above times, "Day" beside the days."""
    told = columns.told(cells, {"day", "first", "venue"})
    if told in {"time", "ages", "postcode", "price"}:
        return told
    named = columns.named(name)
    return told if named in {"", "day"} else named


def _kept(found: Arranged) -> Arranged:
    """Without columns that nothing stands in. Where cells have names of their own, names beside them are
    rooms or groups: they are shown, and the person says what they are."""
    keep = [at for at in range(len(found.guess)) if any(row.cells[at] for row in found.rows)]
    guess = list(found.guess)
    own = len(found.guess) - len(GRID) + GRID.index("title")
    if own in keep:
        for at in keep:
            if at < own and guess[at] == "title" and not columns.named(found.headers[at]):
                guess[at] = "venue" if _are_few(found, at) else ""
    rows = tuple(Row(row.where, tuple(row.cells[at] for at in keep), row.remarks) for row in found.rows)
    return Arranged(
        found.layout,
        tuple(found.headers[at] for at in keep),
        tuple(guess[at] for at in keep),
        rows,
        found.above,
        found.remarks,
    )


def _are_few(found: Arranged, at: int) -> bool:
    """Rooms come again and again: fewer than half as many as classes."""
    return len({row.cells[at] for row in found.rows}) * 2 < len(found.rows)


def _lines(table: Table) -> Arranged:
    """Lines of text. One that is a day alone holds for those below; one without a time, above the first, is a
    heading."""
    rows, above, day = [], [], ""
    for at, row in enumerate(table.rows):
        text = " ".join(row).replace("\n", " ").strip()[: phrases.LONGEST]
        if not text or phrases.is_nothing(text):
            continue
        if days.is_day(text):
            day = text
            continue
        parts = phrases.taken_apart(text)
        if not rows and not parts.time:
            above.append(text)
            continue
        said = (parts.days or day, *_apart(parts))
        rows.append(Row((at + 1, 0), said, table.remarks.get(at, ())))
    return Arranged(Layout.LINES, ("",) * len(GRID), GRID, tuple(rows), " ".join(above))


def _said(rows: Sequence[Sequence[str]]) -> str:
    return " ".join(cell for row in rows for cell in row if cell)


ARRANGE = {
    Layout.LIST: _as_list,
    Layout.DAYS_ACROSS: _days_across,
    Layout.DAYS_DOWN: _days_down,
    Layout.LINES: _lines,
}
