"""Cuts: made once, in few widths and three kinds; pages offer what is there, smallest first."""

from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image as Pillow
from PIL import ImageCms

from images import cuts, nightly
from images.models import Picture, Rendition
from tests.images.photographs import keep_picture, photograph

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def opened(cut: Rendition) -> Pillow.Image:
    with cut.file.open() as file:
        return Pillow.open(BytesIO(file.read()))


def cut_of(picture: Picture, spec: str) -> Rendition:
    return Rendition.objects.get(image=picture, filter_spec=spec)


def test_picture_is_cut_when_it_is_saved_and_not_again(django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = keep_picture()
    assert sorted(Rendition.objects.values_list("filter_spec", flat=True)) == sorted(cuts.EVERY)
    assert cuts.make(Picture.objects.get()) == 0
    with django_capture_on_commit_callbacks(execute=True):
        picture.save()
    assert Rendition.objects.count() == len(cuts.EVERY)


def test_each_cut_has_its_size_and_kind(media: Path) -> None:
    picture = keep_picture()
    cuts.make(picture)
    for spec, kind, size in (
        ("fill-320x135|format-avif", "AVIF", (320, 135)),
        ("fill-640x270|format-webp", "WEBP", (640, 270)),
        ("fill-640x270|format-jpeg", "JPEG", (640, 270)),
        ("fill-960x600|format-avif", "AVIF", (960, 600)),
        ("max-480x480|format-webp", "WEBP", (480, 360)),
        (cuts.SOCIAL, "JPEG", (1200, 630)),
    ):
        cut = cut_of(picture, spec)
        assert (opened(cut).format, opened(cut).size, (cut.width, cut.height)) == (kind, size, size)


def test_shown_offers_every_width_best_kind_first_with_the_jpegs_measures() -> None:
    picture = keep_picture()
    cuts.make(picture)
    shown = cuts.shown(picture, cuts.CARD)
    assert (shown.alt, shown.width, shown.height) == ("Girls and boys making bread", 640, 270)
    assert shown.url.endswith(".jpg")
    assert [kind for kind, _ in shown.sources] == ["image/avif", "image/webp"]
    widths = [[part.split()[1] for part in addresses.split(", ")] for _, addresses in shown.sources]
    assert widths == [["320w", "640w", "960w"]] * 2


def test_small_picture_is_not_made_larger_and_offered_once_a_width() -> None:
    picture = keep_picture(photograph(500, 400))
    cuts.make(picture)
    shown = cuts.shown(picture, cuts.CARD)
    assert (shown.width, shown.height) == (500, 212)
    assert [part.split()[1] for part in shown.sources[0][1].split(", ")] == ["320w", "500w"]


def test_picture_that_is_not_cut_yet_has_nothing_to_show() -> None:
    picture = keep_picture()
    assert cuts.shown(picture, cuts.CARD) is None
    assert cuts.social(picture) == ""


def test_shown_asks_nothing_where_renditions_were_read_before(django_assert_num_queries) -> None:
    cuts.make(keep_picture())
    picture = Picture.objects.prefetch_related("renditions").get()
    with django_assert_num_queries(0):
        assert cuts.shown(picture, cuts.COVER).sources
        assert cuts.social(picture)


def test_cut_follows_the_focus() -> None:
    picture = keep_picture()
    cuts.make(picture)
    before = cuts.shown(picture, cuts.CARD).url
    picture.focal_point_x, picture.focal_point_y = 100, 100
    picture.focal_point_width = picture.focal_point_height = 50
    assert cuts.shown(picture, cuts.CARD) is None
    cuts.make(picture)
    assert cuts.shown(picture, cuts.CARD).url != before


@pytest.mark.parametrize(
    ("mode", "kind", "name"),
    [("RGBA", "PNG", "a.png"), ("P", "GIF", "a.gif"), ("L", "JPEG", "a.jpg"), ("LA", "PNG", "a.png")],
)
def test_every_kind_of_picture_becomes_colours_on_white(mode: str, kind: str, name: str) -> None:
    out = BytesIO()
    clear = Pillow.new("RGBA", (1300, 1300), (0, 0, 0, 0)).convert(mode)
    clear.save(out, kind)
    picture = keep_picture(out.getvalue(), name)
    assert cuts.make(picture) == len(cuts.EVERY)
    assert opened(cut_of(picture, cuts.SOCIAL)).mode == "RGB"
    if mode in ("RGBA", "LA"):
        assert opened(cut_of(picture, cuts.SOCIAL)).getpixel((9, 9)) == (255, 255, 255)


def test_colours_of_another_profile_become_those_of_screens() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for content in (profile, b"no profile"):
        picture = keep_picture(photograph(icc_profile=content))
        assert cuts.make(picture) == len(cuts.EVERY)
        assert "icc_profile" not in opened(cut_of(picture, cuts.SOCIAL)).info


def test_file_that_is_lost_is_left_alone(media: Path) -> None:
    picture = keep_picture()
    (media / picture.file.name).unlink()
    assert cuts.make(Picture.objects.get()) == 0


def test_night_cuts_what_is_not_cut_and_says_how_many() -> None:
    keep_picture()
    keep_picture(photograph(800, 800))
    assert nightly.cut_pictures(dry_run=True) == 2
    assert Rendition.objects.count() == 0
    assert nightly.cut_pictures(dry_run=False) == 2
    assert nightly.cut_pictures(dry_run=False) == 0


def test_every_kind_is_served_as_what_it_is(client: Client) -> None:
    picture = keep_picture()
    cuts.make(picture)
    kinds = {}
    for kind in ("avif", "webp", "jpeg"):
        answer = client.get(cut_of(picture, f"fill-640x270|format-{kind}").url)
        drawn = Pillow.open(BytesIO(b"".join(answer.streaming_content)))
        kinds[kind] = (answer["Content-Type"], drawn.format)
    assert kinds == {kind: (f"image/{kind}", kind.upper()) for kind in ("avif", "webp", "jpeg")}


def test_no_address_of_ours_gives_the_original(client: Client, media: Path) -> None:
    """Whatever is put before or after its name, and with a rendition's own address turned back into it."""
    picture = keep_picture()
    cuts.make(picture)
    original = (media / picture.file.name).read_bytes()
    name = Path(picture.file.name).name
    for path in (
        picture.file.url,
        f"/{picture.file.name}",
        f"/static/{picture.file.name}",
        f"/documents/{picture.pk}/{name}",
        f"/images/{picture.pk}/{name}",
        f"/media/images/{name}",
        f"/media/images/..%5coriginal_images%5c{name}",
        f"/media//original_images/{name}",
    ):
        assert client.get(path).status_code in (302, 400, 404), path
    for cut in Rendition.objects.all():
        assert b"".join(client.get(cut.url).streaming_content) != original
