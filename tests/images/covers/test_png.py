"""Cards for shared links: the right size, always the same, whatever the words."""

from io import BytesIO
from uuid import UUID

import pytest
from PIL import Image, ImageChops

from design import pictograms
from images.covers import png, shapes
from images.covers.geometry import Cover

COVER = Cover(UUID("9b2f2c58-3a86-41c2-8b7e-6f2d1c0a9e77"), "coral", "teal", "football")


def opened(content: bytes) -> Image.Image:
    return Image.open(BytesIO(content)).convert("RGB")


def ink_in(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """How many dark pixels a part of the card has."""
    return sum(picture.crop(box).convert("L").point(lambda value: value < 90).histogram()[1:])


def test_card_is_1200_by_630_and_light_to_send() -> None:
    content = png.write(COVER, "Sunday street football", "Savile Park Juniors")
    assert opened(content).size == (1200, 630)
    assert len(content) < 60_000


def test_plain_picture_is_the_cover_alone() -> None:
    picture = opened(png.write_plain(COVER))
    assert picture.size == (1200, 630)
    paper = dict((colour, count) for count, colour in picture.getcolors(800_000))[(255, 251, 244)]
    assert paper < 1200 * 630 / 4


def test_card_is_the_same_each_time() -> None:
    assert png.write(COVER, "Bike kitchen") == png.write(COVER, "Bike kitchen")


def test_card_shows_title_subtitle_and_cloth() -> None:
    bare = opened(png.write(COVER, ""))
    titled = opened(png.write(COVER, "Bike kitchen"))
    full = opened(png.write(COVER, "Bike kitchen", "Hebble Trail Wheels"))
    words = (490, 0, 1200, 500)
    assert ink_in(bare, words) == 0
    assert ink_in(titled, words) > 5000
    assert full.crop(words).tobytes() != titled.crop(words).tobytes()
    beside = (0, 0, 470, 630)
    differences = ImageChops.difference(bare.crop(beside), full.crop(beside)).getextrema()
    assert max(most for _, most in differences) < 64
    colours = {colour for _, colour in bare.crop(beside).getcolors(300_000)}
    assert {(240, 100, 74), (0, 122, 110), (29, 27, 58)} <= colours


@pytest.mark.parametrize(
    "title",
    [
        "",
        " ",
        "A" * 300,
        "Łódź, Žilina i Çorum",
        "اردو کہانیاں",
        "Stories 📚 in اردو",
        "\x00\n\t",
        "word " * 80,
    ],
    ids=["empty", "space", "long-word", "latin-ext", "urdu", "mixed", "control", "many-words"],
)
def test_card_keeps_all_words_within_its_edges(title: str) -> None:
    card = opened(png.write(COVER, title, title))
    assert ink_in(card, (1180, 0, 1200, 630)) == 0
    assert ink_in(card, (500, 0, 1200, 40)) == 0


def test_letters_of_other_latin_alphabets_are_drawn() -> None:
    drawn = [list(png._runs(letter, png.HEADING)) for letter in "aŁžş"]
    assert drawn == [[("latin", "a")], [("latin-ext", "Ł")], [("latin-ext", "ž")], [("latin-ext", "ş")]]
    assert list(png._runs("ا", png.HEADING)) == []


@pytest.mark.parametrize("slug", sorted(pictograms.drawings()))
def test_every_pictogram_can_be_drawn_within_its_square(slug: str) -> None:
    read = shapes.read(pictograms.drawings()[slug], "#1d1b3a")
    assert len(read) >= 2
    for shape in read:
        assert all(-0.01 <= value <= 64.01 for point in shape.points for value in point), shape


def test_shapes_follow_lines_curves_and_arcs() -> None:
    (line,) = shapes.read('<path d="M1 2h3v4l-1 1z"/>', "#000000")
    assert line.points == ((1, 2), (4, 2), (4, 6), (3, 7))
    assert line.closed
    (curve,) = shapes.read('<path d="M0 0c0 10 10 10 10 0"/>', "#000000")
    assert curve.points[-1] == (10, 0)
    assert max(y for _, y in curve.points) == 7.5
    (smooth,) = shapes.read('<path d="M0 0c0 10 10 10 10 0s10-10 10 0"/>', "#000000")
    assert round(min(y for _, y in smooth.points), 1) == -7.5
    (arc,) = shapes.read('<path d="M0 5a5 5 0 0 1 10 0"/>', "#000000")
    assert [round(value, 6) for value in arc.points[9]] == [5, 0]
    (under,) = shapes.read('<path d="M0 5a5 5 0 0 0 10 0"/>', "#000000")
    assert [round(value, 6) for value in under.points[9]] == [5, 10]
    (round_,) = shapes.read('<circle cx="5" cy="5" r="2" fill="currentColor"/>', "#000000")
    assert round_.points[0] == (7, 5)
    assert round_.fill == "#000000"
