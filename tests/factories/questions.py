"""What may stand in the address of a question."""

# Every parameter that `events.query.parse` reads.
NAMES = (
    *("q", "near", "radius", "when", "from", "to", "day", "time", "age", "for", "type", "access", "language"),
    *("free", "alone", "aim", "organiser", "place", "school", "pick", "asof", "ask", "cancelled", "view"),
    *("month", "sort", "page"),
)
