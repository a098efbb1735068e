"""Cells of sheets that are taken away."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(cell: str) -> str:
    """A cell that a spreadsheet would take for a formula begins with an apostrophe instead."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell
