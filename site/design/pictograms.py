"""The pictograms that we have drawn, each a symbol of `static/icons/pictograms.svg`.

Lists that people edit (types of activity, access features, aims) point here by slug. They may name something
that nobody has drawn: then the general pictogram stands in. Languages share one, "languages".
"""

import re
from functools import cache
from pathlib import Path

FALLBACK = "get-together"
SPRITE = Path(__file__).resolve().parents[2] / "static" / "icons" / "pictograms.svg"
SYMBOL = re.compile(r'<symbol id="([\w-]+)"[^>]*>(.*?)</symbol>', re.DOTALL)


@cache
def drawings() -> dict[str, str]:
    """Slug to the shapes inside its symbol, as SVG text drawn on 64 by 64 with 2.5 wide ink outlines."""
    return dict(SYMBOL.findall(SPRITE.read_text(encoding="utf-8")))


def known(slug: str) -> str:
    """The slug itself where we have drawn it, the general pictogram where not."""
    return slug if slug in drawings() else FALLBACK
