"""QR codes, drawn here: an address that one phone shows and another reads."""

import io

import segno

QUIET = 4  # modules of white around it: cameras need them


def svg(text: str) -> str:
    """Black on white whatever the page's colours are, as large as the page makes it."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="l").save(
        drawn, kind="svg", border=QUIET, dark="#000", light="#fff", xmldecl=False, omitsize=True, nl=False
    )
    return drawn.getvalue().decode()
