"""What is refused as a picture or a document, by each way of adding one, in words beside the field."""

import html
import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageFile
from wagtail.documents.models import Document
from wagtail.models import Collection

from images import metadata
from images.models import Picture
from organisations.actions import members
from organisations.models import Role
from tests.events.cms import signed_in
from tests.factories.organisations import collection_of, make_organisation
from tests.factories.people import make_staff, make_user
from tests.images import examples

pytestmark = pytest.mark.django_db
MEBIBYTE = 1024 * 1024
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def huge_png() -> bytes:
    """12,000 by 12,000 pixels of one bit in a few kilobytes."""
    packer = zlib.compressobj(9)
    row = b"\x00" * 1_501
    data = b"".join([*(packer.compress(row) for _ in range(12_000)), packer.flush()])
    head = struct.pack(">IIBBBBB", 12_000, 12_000, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def small_png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "red").save(out, "PNG")
    return out.getvalue()


def huge_jpeg_head() -> bytes:
    """A JPEG that says it has 12,000 by 12,000 pixels."""
    data = bytearray(examples.jpeg_with_position())
    at = data.index(b"\xff\xc0")  # marker, length, depth, height, width
    data[at + 5 : at + 9] = struct.pack(">HH", 12_000, 12_000)
    return bytes(data)


REFUSED = {
    "12,000 by 12,000 pixels": ("wide.png", huge_png),
    "12,000 by 12,000 pixels, as JPEG": ("wide.jpg", huge_jpeg_head),
    "a page with a picture inside": ("both.png", lambda: HTML + small_png()),
    "a zip with a picture's name": ("bomb.png", lambda: b"PK\x03\x04" + b"\x00" * 1_000),
    "SVG": ("drawing.svg", lambda: SVG),
    "SVG named .png": ("drawing.png", lambda: SVG),
    "HTML named .png": ("page.png", lambda: HTML),
    "7 MB": ("heavy.jpg", lambda: examples.jpeg_with_position() + b"\x00" * (7 * MEBIBYTE)),
}


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def owner() -> tuple[Client, Collection]:
    organisation, person = make_organisation(), make_user()
    members.join(organisation=organisation, user=person, role=Role.OWNER, by=None)
    return signed_in(person), collection_of(organisation)


@pytest.fixture
def never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused for its size is refused by its head: 144 million pixels never lie in memory."""

    def load(picture: ImageFile.ImageFile) -> object:
        assert picture.width * picture.height <= metadata.MAX_PIXELS, "was unpacked"
        return unpack(picture)

    unpack = ImageFile.ImageFile.load
    monkeypatch.setattr(ImageFile.ImageFile, "load", load)


@pytest.mark.usefixtures("never_unpacked")
@pytest.mark.parametrize("case", REFUSED)
def test_organiser_cannot_add_it_alone_or_among_several(
    owner, media: Path, case: str, capsys: pytest.CaptureFixture[str]
) -> None:
    client, collection = owner
    name, content = REFUSED[case]
    sent = {"title": "Bread", "collection": collection.pk, "people_consent": "no-people"}
    alone = client.post(
        reverse("wagtailimages:add"), {**sent, "file": SimpleUploadedFile(name, content(), "image/png")}
    )
    assert alone.status_code == 200
    [words] = alone.context["form"].errors["file"]
    assert words in html.unescape(alone.content.decode())
    with capsys.disabled():
        print(f"\nan upload, {case}: {words}")
    many = client.post(
        reverse("wagtailimages:add_multiple"),
        {**sent, "files[]": SimpleUploadedFile(name, content(), "image/png")},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )
    assert (many.json()["success"], bool(many.json()["error_message"])) == (False, True)
    chosen = client.post(
        reverse("wagtailimages_chooser:create"),
        {
            **{f"image-chooser-upload-{key}": value for key, value in sent.items()},
            "image-chooser-upload-file": SimpleUploadedFile(name, content(), "image/png"),
        },
    )
    assert chosen.json()["step"] != "chosen"
    assert Picture.objects.count() == 0
    assert not (media / "original_images").exists()


def test_page_hidden_behind_a_picture_is_cut_off(owner, media: Path) -> None:
    """A polyglot: a true picture with a page after its end. What is kept is written anew, without it."""
    client, collection = owner
    both = SimpleUploadedFile("both.png", small_png() + HTML, "image/png")
    sent = {"title": "Bread", "collection": collection.pk, "people_consent": "no-people", "file": both}
    assert client.post(reverse("wagtailimages:add"), sent).status_code == 302
    (kept,) = (media / "original_images").iterdir()
    assert b"<script>" not in kept.read_bytes()
    assert kept.suffix == ".png"


@pytest.mark.parametrize(
    ("name", "content"),
    [("letter.html", HTML), ("letter.pdf", HTML), ("letter.docx", b"PK\x03\x04"), ("drawing.svg", SVG)],
)
def test_documents_are_pdf_by_name_and_by_content(name: str, content: bytes) -> None:
    staff = signed_in(make_staff())
    sent = {"title": "Letter", "file": SimpleUploadedFile(name, content, "application/pdf")}
    answer = staff.post(reverse("wagtaildocs:add"), sent)
    assert answer.context["form"].errors["file"]
    assert Document.objects.count() == 0


def test_a_pdf_is_kept() -> None:
    staff = signed_in(make_staff())
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    answer = staff.post(reverse("wagtaildocs:add"), {"title": "Letter", "file": file})
    assert answer.status_code == 302
    assert Document.objects.get().title == "Letter"


def test_organisers_keep_no_documents(owner) -> None:
    client, collection = owner
    file = SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n%%EOF", "application/pdf")
    sent = {"title": "Letter", "collection": collection.pk, "file": file}
    assert client.post(reverse("wagtaildocs:add"), sent).status_code == 404
    assert Document.objects.count() == 0
