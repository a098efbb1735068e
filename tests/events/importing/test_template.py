"""What our writer writes is read back the same; whatever is sent raises nothing but our own error."""

import datetime
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from events.importing import columns, layout, lines, opening, template, writing
from events.importing.lines import NO_RULE, Common
from events.importing.table import Unreadable
from events.recurrence import Repeat, Rule, Season
from tests.events.importing.examples import FOLDER, TODAY, codes, read, short

DATES = st.dates(datetime.date(2026, 11, 24), datetime.date(2028, 1, 1))
TIMES = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, minute=clock.minute // 5 * 5))
WORDS = (
    st.text("abcdefghijklmnop éß", min_size=3, max_size=20).map(str.strip).filter(lambda text: len(text) > 2)
)


@st.composite
def rules(draw):
    start, end = sorted(draw(st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] != pair[1])))
    first = draw(DATES)
    repeat = draw(st.sampled_from(list(Repeat)))
    once = repeat == Repeat.ONCE
    until = None if once else draw(st.none() | st.dates(first, datetime.date(2029, 1, 1)))
    weekdays = draw(st.frozensets(st.integers(0, 6), min_size=1)) if repeat == Repeat.WEEKLY else frozenset()
    return Rule(
        NO_RULE,
        first,
        start,
        end,
        repeat,
        interval=1 if once else draw(st.integers(1, 52)),
        weekdays=weekdays,
        until=until,
        times=None if once or until else draw(st.none() | st.integers(1, 600)),
        left_out=draw(st.frozensets(DATES, max_size=3)),
        added=draw(st.frozensets(DATES, max_size=3)),
        season=Season.ANY if once else draw(st.sampled_from(list(Season))),
    )


@st.composite
def texts(draw):
    ages = draw(st.sampled_from([(None, None), (8, None), (None, 13), (8, 12), (9, 9)]))
    amount = draw(st.none() | st.decimals(0, 999, places=2))
    rule = draw(rules())
    said = {
        "title": draw(WORDS).capitalize(),
        "ages": writing.ages(*ages),
        "price": writing.price(amount),
        "summary": draw(WORDS),
        **writing.of_rule(rule),
    }
    return said, rule, ages, amount


def sheet(rows):
    head = [name.capitalize() for name in columns.OURS]
    return [head, *([said.get(field, "") for field in columns.FIELDS] for said in rows)]


@settings(max_examples=40, deadline=None)
@given(st.lists(texts(), min_size=1, max_size=3), st.sampled_from([template.as_csv, template.as_xlsx]))
def test_what_is_written_is_read_back(rows, write):
    found = read(write(sheet([said for said, *_ in rows])))
    assert len(found) == len(rows)
    for proposal, (said, rule, ages, amount) in zip(found, rows, strict=True):
        assert proposal.problems == ()
        assert proposal.rule == rule
        assert (proposal.age_from, proposal.age_to, proposal.price) == (*ages, amount)
        assert (proposal.title, proposal.summary) == tuple(
            " ".join(said[name].split()) for name in ("title", "summary")
        )


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode(errors="surrogatepass")))
def test_no_bytes_raise_anything_but_our_error(data):
    for start in (b"", b"PK\x03\x04", b"BEGIN:VCALENDAR\r\n", b"Class,Day,Time\n"):
        try:
            read(start + data)
        except Unreadable:
            continue


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.lists(
            st.sampled_from(
                [
                    "",
                    "Mon",
                    "Tuesday",
                    "4-5",
                    "4pm",
                    "Juniors (8-12)",
                    "£3",
                    "31/2/2026",
                    "Day",
                    "Time",
                    "x\ny 5-6",
                ]
            )
            | st.text(max_size=12),
            min_size=1,
            max_size=5,
        ),
        min_size=1,
        max_size=6,
    ),
    st.none() | st.sampled_from(list(layout.Layout)),
    st.lists(st.sampled_from(["", *columns.FIELDS]), max_size=14),
)
def test_no_table_raises_anything_but_our_error(rows, how, fields):
    try:
        table = opening.opened(template.as_csv(rows), today=TODAY)
        arranged = layout.arranged(table, how)
        lines.read(arranged, fields or arranged.guess, {}, Common(TODAY), TODAY)
    except Unreadable:
        return


def test_template_names_every_fact_that_we_ask_for():
    head = [name.lower() for name in template.rows()[0]]
    assert [columns.named(name) for name in head] == [columns.OURS[name] for name in head]


def test_examples_of_the_template_are_right():
    for write in (template.as_csv, template.as_xlsx):
        found = read(write(template.rows()))
        assert [short(each)[:5] for each in found] == [
            ("Junior boxing", (1, 3), "16:30-18:00", (8, 12), Decimal(3)),
            ("Girls football", (5,), "10:00-11:30", (11, None), Decimal(0)),
            ("Family cooking", (5,), "14:00-16:00", (None, None), Decimal("2.5")),
        ]
        assert [codes(each) for each in found] == [[], [], []]
        assert found[2].rule.repeat == Repeat.MONTHLY_WEEKDAY


def test_formulas_are_written_as_text_and_read_back():
    cell = '=HYPERLINK("http://x")'
    assert [template.safe(text) for text in (cell, " +1", "-1", "@x", "x=1")] == [
        f"'{cell}",
        "' +1",
        "'-1",
        "'@x",
        "x=1",
    ]
    table = opening.opened(template.as_csv([["a", cell], ["b", "c"]]), today=TODAY)
    assert table.rows[0] == ("a", cell)
    assert opening.opened(template.as_xlsx([["a", cell], ["b", "c"]]), today=TODAY).rows[0] == ("a", cell)


def test_boxing_grid_is_the_same_as_a_spreadsheet():
    rows = [list(row) for row in opening.opened((FOLDER / "boxing-grid.csv").read_bytes(), today=TODAY).rows]
    as_csv, as_xlsx = read((FOLDER / "boxing-grid.csv").read_bytes()), read(template.as_xlsx(rows))
    assert [replace(each, texts={}) for each in as_xlsx] == [replace(each, texts={}) for each in as_csv]
