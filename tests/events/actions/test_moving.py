"""An activity changes hands."""

import datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from events.actions import closed as events_closed
from events.actions import moving
from events.models import Activity
from images.models import Picture
from organisations.actions import closed, verification
from organisations.models import Organisation
from tests.factories.activities import make_activity
from tests.factories.organisations import collection_of, make_organisation
from tests.factories.people import make_officer
from tests.images import examples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: object, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture_of(organisation: Organisation, title: str) -> Picture:
    file = SimpleUploadedFile("a.jpg", examples.jpeg_with_position(), "image/jpeg")
    return Picture.objects.create(
        title=title, file=file, collection=collection_of(organisation), people_consent="no-people"
    )


def shown(activity: Activity) -> tuple[str, str]:
    said = Activity.objects.select_related("picture", "entrance_picture").get(pk=activity.pk)
    draft = said.get_latest_revision_as_object()
    return said.picture.title, draft.picture.title


def test_its_pictures_go_along_as_copies_that_outlive_the_organisation_that_it_left() -> None:
    activity = make_activity()
    before, after = activity.host, make_organisation(place=activity.host.place)
    public, waiting = picture_of(before, "Public"), picture_of(before, "Waiting")
    Activity.objects.filter(pk=activity.pk).update(picture=public, entrance_picture=public)
    activity.refresh_from_db()
    activity.picture = waiting
    activity.save_revision()
    officer = make_officer(before.place)

    moving.move(activity=activity, to=after, by=officer)

    assert shown(activity) == ("Public", "Waiting")
    theirs = Picture.objects.filter(collection=collection_of(after))
    assert sorted(theirs.values_list("title", "people_consent")) == [
        ("Public", "no-people"),
        ("Waiting", "no-people"),
    ]
    assert set(Picture.objects.filter(collection=collection_of(before))) == {public, waiting}
    later = timezone.now() + datetime.timedelta(days=366)
    verification.close(organisation=before, reason="We have stopped.", by=officer)
    closed.forget(now=later, dry_run=False)
    events_closed.forget(now=later, dry_run=False)
    assert set(Picture.objects.all()) == set(theirs)
    assert shown(activity) == ("Public", "Waiting")
    assert all(each.file.storage.exists(each.file.name) for each in theirs)


def test_a_picture_of_somebody_else_stays_where_it_is_and_an_activity_that_stays_copies_none() -> None:
    activity = make_activity()
    shared = picture_of(make_organisation(), "Everybody's")
    own = picture_of(activity.host, "Own")
    Activity.objects.filter(pk=activity.pk).update(picture=shared, entrance_picture=own)
    activity.refresh_from_db()
    officer = make_officer(activity.host.place)

    moving.move(activity=activity, to=activity.host, by=officer)
    assert Picture.objects.count() == 2

    moving.move(activity=activity, to=make_organisation(place=activity.host.place), by=officer)
    moved = Activity.objects.get(pk=activity.pk)
    assert (moved.picture, moved.entrance_picture.title) == (shared, "Own")
    assert moved.entrance_picture != own


def test_a_picture_whose_file_has_gone_keeps_nobody_from_moving() -> None:
    activity = make_activity()
    gone = picture_of(activity.host, "Gone")
    Activity.objects.filter(pk=activity.pk).update(picture=gone)
    activity.refresh_from_db()
    gone.file.storage.delete(gone.file.name)
    to = make_organisation(place=activity.host.place)
    moving.move(activity=activity, to=to, by=make_officer(to.place))
    moved = Activity.objects.get(pk=activity.pk)
    assert (moved.host, moved.picture) == (to, gone)
