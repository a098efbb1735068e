"""QR codes, read as a camera reads them."""

import re

import zxingcpp
from PIL import Image, ImageDraw

from design import qr

PIXELS = 6  # a module


def seen(svg: str) -> Image.Image:
    """The drawing as a camera sees it. Its dark modules are one path of horizontal strokes."""
    side = int(re.search(r'viewBox="0 0 (\d+) \1"', svg)[1])
    picture = Image.new("L", (side * PIXELS, side * PIXELS), 255)
    pen = ImageDraw.Draw(picture)
    path = re.search(r'class="qrline" stroke="#000" d="([^"]+)"', svg)[1]
    x = y = 0.0
    for move, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if move == "h":
            corner = (x * PIXELS, (y - 0.5) * PIXELS)
            x += float(first)
            pen.rectangle([corner, (x * PIXELS - 1, (y + 0.5) * PIXELS - 1)], fill=0)
        else:
            x, y = (x, y) if move == "m" else (0.0, 0.0)
            x, y = x + float(first), y + float(second)
    return picture


def test_code_says_the_address_and_nothing_else() -> None:
    address = "https://mingle.example/activities/?pick=0b5c8f5e-7a53-4a2f-9d0f-3f6a9b9d2c11"
    assert [code.text for code in zxingcpp.read_barcodes(seen(qr.svg(address)))] == [address]


def test_code_holds_the_longest_list() -> None:
    picks = "&".join(f"pick=0b5c8f5e-7a53-4a2f-9d0f-3f6a9b9d2c{number}" for number in range(10, 40))
    address = f"https://a-rather-long-name-of-a-place.mingle.example/activities/?{picks}"
    assert [code.text for code in zxingcpp.read_barcodes(seen(qr.svg(address)))] == [address]
