"""Pictures on their way in (stripped, measured, refused with words) and out (renditions only)."""

from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from PIL import Image as Pillow
from wagtail.images.forms import get_image_form
from wagtail.models import Collection

from images.models import PeopleConsent, Picture
from tests.images import examples

pytestmark = pytest.mark.django_db
RECORDED = {"people_consent": "recorded"}


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def picture() -> Picture:
    file = SimpleUploadedFile("Amina at school.jpg", examples.jpeg_with_position(), "image/jpeg")
    return Picture.objects.create(title="A picture", file=file)


def form(name: str, content: bytes, kind: str = "image/jpeg") -> object:
    root = Collection.get_first_root_node()
    return get_image_form(Picture)(
        data={"title": "A picture", "collection": root.pk, "people_consent": "no-people", "tags": ""},
        files={"file": SimpleUploadedFile(name, content, kind)},
    )


def test_original_on_disk_has_no_position_and_no_childs_name(picture: Picture, media: Path) -> None:
    (path,) = (media / "original_images").iterdir()
    assert examples.CANARY not in path.read_bytes()
    assert "amina" not in str(path).lower()
    with Pillow.open(path) as kept:
        assert dict(kept.getexif()) == {}
    assert (picture.width, picture.height) == (20, 40)
    assert picture.file_size == path.stat().st_size


def test_form_keeps_a_stripped_file_with_its_own_size_and_fingerprint(media: Path) -> None:
    bound = form("walk.jpg", examples.jpeg_with_position())
    assert bound.errors == {}
    saved = bound.save()
    (path,) = (media / "original_images").iterdir()
    assert examples.CANARY not in path.read_bytes()
    saved.refresh_from_db()
    assert (saved.width, saved.height, saved.file_size) == (20, 40, path.stat().st_size)
    again = form("other.jpg", examples.jpeg_with_position())
    assert again.is_valid()
    assert again.save().file_hash == saved.file_hash


def test_saving_again_does_not_touch_the_file(picture: Picture) -> None:
    before = picture.file.name
    picture.title = "Another name"
    picture.save()
    assert Picture.objects.get(pk=picture.pk).file.name == before


def large() -> bytes:
    out = BytesIO()
    Pillow.new("1", (5100, 5000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "invalid_image_extension"),
        ("a.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "invalid_image_known_format"),
        ("a.jpg", examples.jpeg_with_position()[:300], "unreadable"),
        ("a.png", large(), "file_too_many_pixels"),
        ("a.jpg", examples.jpeg_with_position() + b"\x00" * 6 * 1024 * 1024, "file_too_large"),
    ],
    ids=["svg", "svg-in-disguise", "cut-short", "too-many-pixels", "too-heavy"],
)
def test_form_refuses_a_file_beside_its_field(name: str, content: bytes, code: str, media: Path) -> None:
    bound = form(name, content)
    assert code in {error.code for error in bound.errors.as_data()["file"]}
    assert not (media / "original_images").exists()


def test_consent_is_one_of_three_in_the_database_too(picture: Picture) -> None:
    with pytest.raises(IntegrityError, match="picture_people_consent_is_known"):
        Picture.objects.filter(pk=picture.pk).update(people_consent="perhaps")


@pytest.mark.parametrize(
    ("sent", "kept"), [({}, "not-asked"), ({"people_consent": ""}, "not-asked"), (RECORDED, "recorded")]
)
def test_form_without_an_answer_about_people_keeps_not_asked(sent: dict[str, str], kept: str) -> None:
    root = Collection.get_first_root_node()
    bound = get_image_form(Picture)(
        data={"title": "A picture", "collection": root.pk, "tags": "", **sent},
        files={"file": SimpleUploadedFile("a.jpg", examples.jpeg_with_position(), "image/jpeg")},
    )
    assert bound.errors == {}
    assert bound.save().people_consent == kept


def test_consent_is_not_asked_until_somebody_says_so(picture: Picture) -> None:
    assert picture.people_consent == PeopleConsent.NOT_ASKED


def test_rendition_is_served_for_ever_and_never_sniffed(picture: Picture, client: Client) -> None:
    made = picture.get_rendition("fill-10x10")
    answer = client.get(made.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    body = b"".join(answer.streaming_content)
    with Pillow.open(BytesIO(body)) as cut:
        assert cut.size == (10, 10)


def test_original_has_no_address(picture: Picture, client: Client) -> None:
    name = Path(picture.file.name).name
    for path in (
        f"/media/{picture.file.name}",
        f"/media/images/{name}",
        f"/media/images/../{picture.file.name}",
        f"/media/images/..%2f{picture.file.name}",
        f"/media/images/%2e%2e%2foriginal_images%2f{name}",
    ):
        assert client.get(path).status_code in (400, 404), path


def test_media_route_serves_pictures_only(client: Client, media: Path) -> None:
    (media / "images").mkdir()
    (media / "images" / "page.html").write_text("<script>")
    (media / "images" / "a.svg").write_text("<svg/>")
    assert client.get("/media/images/page.html").status_code == 404
    assert client.get("/media/images/a.svg").status_code == 404
    assert client.get("/media/images/missing.jpg").status_code == 404
    assert client.get("/media/images/").status_code == 404
