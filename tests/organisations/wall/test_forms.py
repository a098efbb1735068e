"""A page's form takes only what is the person's own, says so in words, and tells nothing of the rest."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from wagtail.models import Collection

from events.models import Activity
from images.models import Picture
from organisations.actions import members
from organisations.models import Organisation, Role
from tests.events import cms
from tests.factories.activities import make_draft
from tests.factories.organisations import collection_of, make_organisation
from tests.factories.people import make_user
from tests.organisations.wall.camp import png
from tests.organisations.wall.filling_in import link_to

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft() -> Activity:
    return make_draft("Street football")


def picture_of(organisation: Organisation | None, title: str) -> Picture:
    collection = collection_of(organisation) if organisation else Collection.get_first_root_node()
    file = SimpleUploadedFile("a.png", png(), "image/png")
    return Picture.objects.create(title=title, file=file, collection=collection)


def send(page: Activity, **changes: str) -> HttpResponse:
    person = make_user()
    members.join(organisation=page.host, user=person, role=Role.EDITOR, by=None)
    return cms.edit(cms.signed_in(person), page, **changes)


def latest(page: Activity) -> Activity:
    return Activity.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_anothers_picture_is_refused_and_not_shown(draft: Activity) -> None:
    theirs = picture_of(make_organisation(), "Their secret camp")
    html = send(draft, picture=str(theirs.pk)).content.decode()
    assert "Choose one of your own pictures." in html
    assert "Their secret camp" not in html
    assert latest(draft).picture is None


def test_own_picture_is_taken(draft: Activity) -> None:
    mine = picture_of(draft.host, "Our camp")
    send(draft, picture=str(mine.pk))
    assert latest(draft).picture == mine


def test_picture_that_staff_chose_stays(draft: Activity) -> None:
    """It is in nobody's collection, and the person who edits the page next must not lose it."""
    draft.picture = picture_of(None, "The town hall")
    draft.save()
    draft.save_revision()
    send(draft, summary="Now with words.")
    after = latest(draft)
    assert (after.picture, after.summary) == (draft.picture, "Now with words.")


def test_link_to_anothers_draft_is_refused_and_its_address_not_told(draft: Activity) -> None:
    theirs = make_draft("Their secret camp", slug="their-secret-camp")
    html = send(draft, body=link_to(theirs.pk)).content.decode()
    assert "Link to one of your own pages, or give a whole address." in html
    assert "their-secret-camp" not in html
    assert str(theirs.pk) not in latest(draft).body


@pytest.mark.parametrize("junk", [None, [], "x", {}, {"type": "LINK"}, {"type": "LINK", "data": None}])
def test_link_beside_what_cannot_be_read_is_refused_with_the_whole_text(draft: Activity, junk: Any) -> None:
    """One entity that no link uses must not hide the others."""
    theirs = make_draft("Their secret camp", slug="their-secret-camp")
    html = send(draft, body=link_to(theirs.pk, junk=junk)).content.decode()
    assert "We could not read this text. Write it again." in html
    assert "their-secret-camp" not in html
    assert latest(draft).body == draft.body


@pytest.mark.parametrize(
    "body", ["", "no JSON", "[]", "7", '{"blocks": 7}', '{"entityMap": []}', "[" * 100_000]
)
def test_text_that_no_editor_sends_is_refused_in_words(draft: Activity, body: str) -> None:
    answer = send(draft, body=body)
    assert "We could not read this text. Write it again." in answer.content.decode()
    assert latest(draft).body == draft.body


def test_link_to_an_own_page_is_kept(draft: Activity) -> None:
    send(draft, body=link_to(draft.host.page.pk))
    assert f'linktype="page" id="{draft.host.page.pk}"' in latest(draft).body.replace(
        f'id="{draft.host.page.pk}" linktype="page"', f'linktype="page" id="{draft.host.page.pk}"'
    )
