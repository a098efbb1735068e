"""Pictures as phones and cameras make them, built here so that no photograph of anybody is kept."""

from io import BytesIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

CANARY = b"canary-51.5014"


def exif() -> Image.Exif:
    """Halifax's position, a maker, a date, and "turn me a quarter to the right"."""
    tags = Image.Exif()
    tags[0x0112] = 6
    tags[0x010F] = CANARY.decode()
    tags[0x9003] = "2026:03:24 16:30:00"
    tags.get_ifd(0x8825).update({1: "N", 2: (53.0, 43.0, 12.0), 3: "W", 4: (1.0, 51.0, 30.0)})
    return tags


def jpeg_with_position() -> bytes:
    """40 wide and 20 high in the file, red in its upper half; upright it is 20 wide and 40 high."""
    picture = Image.new("RGB", (40, 20), "blue")
    picture.paste("red", (0, 0, 40, 10))
    out = BytesIO()
    picture.save(out, "JPEG", exif=exif(), comment=CANARY, quality=95)
    return out.getvalue() + b"MotionPhoto" + CANARY


def png_with_words() -> bytes:
    words = PngInfo()
    words.add_text("Author", CANARY.decode())
    words.add_itxt("XML:com.adobe.xmp", f"<x>{CANARY.decode()}</x>")
    out = BytesIO()
    Image.new("RGBA", (12, 8), (255, 0, 0, 128)).save(out, "PNG", pnginfo=words, exif=exif())
    return out.getvalue()


def webp_with_position() -> bytes:
    out = BytesIO()
    Image.new("RGB", (12, 8), "green").save(out, "WEBP", exif=exif(), xmp=b"<x>" + CANARY + b"</x>")
    return out.getvalue()


def moving_gif() -> bytes:
    out = BytesIO()
    frames = [Image.new("RGB", (12, 8), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:], duration=120, loop=0, comment=CANARY)
    return out.getvalue()
