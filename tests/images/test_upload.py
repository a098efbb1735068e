"""Wagtail's own ways of adding pictures, one and several at once, end in a stripped file too."""

import datetime
import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, UploadedFile

from images import nightly
from images.models import Picture
from tests.factories import people
from tests.images import examples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(people.make_staff())
    return client


def upload(content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("class 5.jpg", content, "image/jpeg")


def kept(media: Path) -> bytes:
    """Every byte on disk but the renditions'."""
    assert len(list((media / "original_images").iterdir())) == 1
    return b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())


def test_picture_added_alone_is_stripped(editor: Client, media: Path) -> None:
    sent = {
        "title": "Bread",
        "description": "Girls and boys making bread",
        "people_consent": "recorded",
        "collection": Collection.get_first_root_node().pk,
        "file": upload(examples.jpeg_with_position()),
    }
    answer = editor.post(reverse("wagtailimages:add"), sent)
    assert answer.status_code == 302
    picture = Picture.objects.get()
    assert (picture.description, picture.people_consent) == ("Girls and boys making bread", "recorded")
    assert examples.CANARY not in kept(media)


def test_pictures_added_together_are_stripped(editor: Client, media: Path) -> None:
    sent = {
        "title": "Bread",
        "collection": Collection.get_first_root_node().pk,
        "files[]": upload(examples.jpeg_with_position()),
    }
    answer = editor.post(
        reverse("wagtailimages:add_multiple"), sent, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert answer.json()["success"] is True
    assert Picture.objects.get().people_consent == "not-asked"
    assert examples.CANARY not in kept(media)


def parked(editor: Client) -> UploadedFile:
    """Put aside, since a title of spaces is none."""
    sent = {"title": " ", "files[]": upload(examples.jpeg_with_position())}
    address = reverse("wagtailimages:add_multiple")
    answer = editor.post(address, sent, headers={"X-Requested-With": "XMLHttpRequest"})
    return UploadedFile.objects.get(pk=answer.json()["uploaded_file_id"])


def test_picture_that_waits_for_its_form_is_stripped_too(editor: Client, media: Path) -> None:
    waits = parked(editor)
    assert Picture.objects.count() == 0
    assert re.fullmatch(r"wagtail_uploads/picture(_\w+)?\.jpg", waits.file.name)
    assert examples.CANARY not in b"".join(path.read_bytes() for path in media.rglob("*") if path.is_file())


def test_picture_that_nobody_describes_goes_after_a_day(editor: Client, media: Path) -> None:
    new, old, lost = parked(editor), parked(editor), parked(editor)
    long_ago = (timezone.now() - datetime.timedelta(days=1, minutes=1)).timestamp()
    os.utime(old.file.path, (long_ago, long_ago))
    Path(lost.file.path).unlink()
    assert [nightly.forget_parked_files(dry_run=dry) for dry in (True, False, False)] == [2, 2, 0]
    assert list(UploadedFile.objects.all()) == [new]
    assert [str(path) for path in (media / "wagtail_uploads").iterdir()] == [new.file.path]


def test_replaced_file_is_stripped_and_the_old_one_goes(editor: Client, media: Path) -> None:
    picture = Picture.objects.create(title="Bread", file=upload(examples.jpeg_with_position()))
    sent = {
        "title": "Bread",
        "people_consent": "no-people",
        "collection": Collection.get_first_root_node().pk,
        "file": upload(examples.jpeg_with_position()),
    }
    editor.post(reverse("wagtailimages:edit", args=[picture.pk]), sent)
    assert Picture.objects.get().people_consent == "no-people"
    assert examples.CANARY not in kept(media)


def test_broken_file_is_refused_in_words_and_nothing_is_kept(editor: Client, media: Path) -> None:
    sent = {"title": "Bread", "files[]": upload(examples.jpeg_with_position()[:300])}
    answer = editor.post(
        reverse("wagtailimages:add_multiple"), sent, headers={"X-Requested-With": "XMLHttpRequest"}
    )
    assert answer.json()["success"] is False
    assert "could not read this picture" in answer.json()["error_message"]
    assert not (media / "original_images").exists()
    assert Picture.objects.count() == 0
