"""QR codes, read as a camera reads them."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from design import qr


def seen(svg: str, module: int = 6) -> Image.Image:
    """The drawing as a camera sees it, a module so many pixels wide. Its dark ones are one path of
    horizontal strokes."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (side * module, side * module), 255)
    pen = ImageDraw.Draw(picture)
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', svg)[1]
    x = y = 0.0
    for move, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if move == "h":
            corner = (x * module, (y - 0.5) * module)
            x += float(first)
            pen.rectangle([corner, (x * module - 1, (y + 0.5) * module - 1)], fill=0)
        else:
            x, y = (x, y) if move == "m" else (0.0, 0.0)
            x, y = x + float(first), y + float(second)
    return picture


def test_code_says_the_address_and_nothing_else() -> None:
    address = "https://mingle.example/activities/?pick=0b5c8f5e-7a53-4a2f-9d0f-3f6a9b9d2c11"
    assert [code.text for code in zxingcpp.read_barcodes(seen(qr.svg(address)))] == [address]


@pytest.mark.parametrize("module", [6, 3])  # on a screen; printed 4.4 cm wide, at 240 dots an inch
def test_code_holds_the_longest_list(module: int) -> None:
    picks = "&".join(f"pick=0b5c8f5e-7a53-4a2f-9d0f-3f6a9b9d2c{number}" for number in range(10, 40))
    address = f"https://a-rather-long-name-of-a-place.mingle.example/activities/?{picks}"
    assert [code.text for code in zxingcpp.read_barcodes(seen(qr.svg(address), module))] == [address]
