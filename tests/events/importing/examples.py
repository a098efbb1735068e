"""Timetables as people send them, and what is read of them in short."""

import datetime
from pathlib import Path

from events.importing import layout, lines, opening
from events.importing.lines import Common, Proposal

TODAY = datetime.date(2026, 11, 23)
FOLDER = Path(__file__).resolve().parents[2] / "examples"


def read(data: bytes | str, today: datetime.date = TODAY) -> list[Proposal]:
    """Everything as it is guessed."""
    table = opening.opened(data.encode() if isinstance(data, str) else data, today=today)
    arranged = layout.arranged(table)
    return lines.read(arranged, arranged.guess, {}, Common(today), today)


def example(name: str) -> list[Proposal]:
    return read((FOLDER / name).read_bytes())


def short(proposal: Proposal) -> tuple:
    """Name, days, times, ages and price."""
    rule = proposal.rule
    when = (rule.days, f"{rule.start:%H:%M}-{rule.end:%H:%M}") if rule else ((), "")
    return (proposal.title, *when, (proposal.age_from, proposal.age_to), proposal.price)


def codes(proposal: Proposal) -> list[str]:
    return [remark.code for remark in (*proposal.problems, *proposal.notes)]
