"""Letters, read back from the files that Django wrote."""

from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import override_settings

from mingle.demo import mail


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.filebased.EmailBackend", EMAIL_FILE_PATH=tmp_path
    ):
        yield tmp_path


def test_letters_are_read_newest_first(folder: Path) -> None:
    send_mail("First — čaj", "Hello,\n\n" + "-" * 40, "a@mingle.example", ["b@mingle.example"])
    letter = EmailMultiAlternatives("Second", "Plain words", "a@mingle.example", ["c@mingle.example"])
    letter.attach_alternative("<p>Words</p>", "text/html")
    letter.send()
    found = mail.letters(folder)
    assert sorted(letter.subject for letter in found) == ["First — čaj", "Second"]
    second = next(letter for letter in found if letter.subject == "Second")
    assert (second.to, second.text.strip()) == ("c@mingle.example", "Plain words")
    assert second.at is not None


def test_two_letters_in_one_file_are_two(folder: Path) -> None:
    send_mail("One", "1", "a@mingle.example", ["b@mingle.example"])
    send_mail("Two", "2", "a@mingle.example", ["b@mingle.example"])
    files = sorted(folder.glob("*.log"))
    (folder / "both.log").write_bytes(b"".join(file.read_bytes() for file in files))
    for file in files:
        file.unlink()
    assert sorted(letter.subject for letter in mail.letters(folder)) == ["One", "Two"]


def test_no_folder_is_no_mail(tmp_path: Path) -> None:
    assert mail.letters(tmp_path / "none") == []


def test_what_is_no_letter_is_shown_as_far_as_it_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "broken.log").write_bytes(b"Date: yesterday\n\n\xff\xfe")
    (letter,) = mail.letters(tmp_path)
    assert (letter.subject, letter.at) == ("", None)
