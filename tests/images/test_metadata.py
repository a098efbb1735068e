"""Nothing about where, when or by whom survives in a picture's file."""

from io import BytesIO

import pytest
from PIL import Image

from images import metadata
from tests.images import examples

KINDS = {
    "a.jpg": examples.jpeg_with_position,
    "a.png": examples.png_with_words,
    "a.webp": examples.webp_with_position,
    "a.gif": examples.moving_gif,
}


def strip(content: bytes, name: str = "a.jpg") -> bytes:
    return metadata.strip(BytesIO(content), name).read()


@pytest.mark.parametrize("name", KINDS)
def test_strip_leaves_no_word_and_no_position(name: str) -> None:
    content = KINDS[name]()
    assert examples.CANARY in content
    clean = strip(content, name)
    assert examples.CANARY not in clean
    with Image.open(BytesIO(clean)) as picture:
        assert dict(picture.getexif()) == {}
        assert dict(picture.getexif().get_ifd(0x8825)) == {}
        assert set(picture.info) & {"exif", "xmp", "comment", "XML:com.adobe.xmp", "Author"} == set()


def test_strip_turns_the_picture_upright() -> None:
    with Image.open(BytesIO(strip(examples.jpeg_with_position()))) as picture:
        assert picture.size == (20, 40)
        red, _, blue = picture.convert("RGB").getpixel((17, 20))
        assert red > 200
        assert blue < 60


def test_strip_keeps_transparency() -> None:
    with Image.open(BytesIO(strip(examples.png_with_words(), "a.png"))) as picture:
        assert picture.mode == "RGBA"
        assert picture.getpixel((1, 1)) == (255, 0, 0, 128)


def test_strip_keeps_a_moving_picture_moving() -> None:
    with Image.open(BytesIO(strip(examples.moving_gif(), "a.gif"))) as picture:
        assert picture.n_frames == 3
        assert picture.info["duration"] == 120


def test_strip_is_the_same_each_time_and_changes_nothing_the_second_time_in_a_png() -> None:
    once = strip(examples.png_with_words(), "a.png")
    assert once == strip(examples.png_with_words(), "a.png")
    assert once == strip(once, "a.png")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        examples.jpeg_with_position()[:300],
        b"GIF89a" + b"\x00" * 40,
    ],
    ids=["empty", "svg", "cut-short", "broken"],
)
def test_strip_refuses_what_is_not_a_whole_picture(content: bytes) -> None:
    with pytest.raises(metadata.UnreadablePicture):
        strip(content)


def test_strip_refuses_a_small_file_of_many_pixels_before_unpacking_it() -> None:
    out = BytesIO()
    Image.new("1", (11_000, 11_000)).save(out, "PNG")
    assert len(out.getvalue()) < 40_000
    with pytest.raises(metadata.UnreadablePicture, match="pixels"):
        strip(out.getvalue(), "a.png")
