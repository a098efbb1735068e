"""Rules, a school year, and a store of dates that plans are written to, all without a database."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from events.recurrence import Existing, Plan, Repeat, Rule, SchoolYear, State

RULE = UUID("00000000-0000-4000-8000-000000000001")
OTHER_RULE = UUID("00000000-0000-4000-8000-000000000002")

SCHOOL_YEAR = SchoolYear(
    terms=(
        (date(2026, 1, 5), date(2026, 2, 13)),
        (date(2026, 2, 23), date(2026, 3, 27)),
        (date(2026, 4, 13), date(2026, 5, 22)),
        (date(2026, 6, 1), date(2026, 7, 21)),
    ),
    bank_holidays=frozenset({date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25)}),
)


def make_rule(**changes: object) -> Rule:
    """Tuesdays from 6 January 2026, 4:30 to 6 pm."""
    rule = Rule(RULE, date(2026, 1, 6), time(16, 30), time(18), Repeat.WEEKLY)
    return replace(rule, **changes)


def days(*texts: str) -> frozenset[date]:
    return frozenset(map(date.fromisoformat, texts))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def written(plan: Plan, *, public: bool = True) -> list[Existing]:
    """The stored dates after the plan, as an action would write them."""
    rows = list(plan.keep)
    for change in plan.change:
        meeting = change.meeting
        rows.append(
            replace(
                change.existing,
                rule_uuid=meeting.rule_uuid,
                rule_date=meeting.rule_date,
                number=meeting.number,
                starts_at=meeting.starts_at.astimezone(UTC),
                ends_at=meeting.ends_at.astimezone(UTC),
                state=change.state,
                withdrawn=change.existing.withdrawn and not change.reinstates,
            )
        )
    for new in plan.create:
        starts_at, ends_at = new.starts_at.astimezone(UTC), new.ends_at.astimezone(UTC)
        rows.append(Existing(uuid4(), *new.identity, starts_at, ends_at, was_public=public))
    rows.extend(replace(row, state=State.CANCELLED, withdrawn=True) for row in plan.withdraw)
    return sorted(rows, key=lambda row: (row.rule_date, row.starts_at, row.uuid))


def uuids(rows: Sequence[Existing]) -> dict[date, UUID]:
    """By rule date, those that take place."""
    return {row.rule_date: row.uuid for row in rows if row.state != State.CANCELLED}
