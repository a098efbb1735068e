"""Copying an activity from a phone."""

import pytest
from django.test import Client
from django.urls import reverse

from events.actions import suspending
from events.models import Activity
from organisations.models import Role
from tests.events.cms import signed_in
from tests.factories.activities import make_activity
from tests.factories.people import make_member, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity() -> Activity:
    return make_activity("Summer camp")


@pytest.fixture
def editor(activity: Activity) -> Client:
    return signed_in(make_member(activity.host, Role.EDITOR))


def page(activity: Activity) -> str:
    return reverse("organise_copy", args=[activity.uuid])


def test_a_copy_is_a_draft_under_another_name_and_the_editor_opens_on_it(
    activity: Activity, editor: Client
) -> None:
    answer = editor.post(page(activity), {"title": "Summer  camp 2028"})
    made = Activity.objects.exclude(pk=activity.pk).get()
    assert (made.title, made.slug, made.live, made.host) == (
        "Summer camp 2028",
        "summer-camp-2028",
        False,
        activity.host,
    )
    assert made.rules.get().start == activity.rules.get().start
    assert answer.headers["Location"] == reverse("wagtailadmin_pages:edit", args=[made.pk])
    assert Activity.objects.get(pk=activity.pk).live is True


def test_pressed_twice_it_is_one_copy_and_the_name_stays_in_the_box(
    activity: Activity, editor: Client
) -> None:
    for _time in range(2):
        html = editor.post(page(activity), {"title": "Winter camp"}).content.decode()
    assert ("There is one with this name already." in html, 'value="Winter camp"' in html) == (True, True)
    assert Activity.objects.count() == 2


@pytest.mark.parametrize("title", ["", "   ", "x" * 121, "summer CAMP", "a\x00b"])
def test_a_name_that_cannot_be_is_said_beside_the_box(activity: Activity, editor: Client, title: str) -> None:
    assert 'class="field__error"' in editor.post(page(activity), {"title": title}).content.decode()
    assert Activity.objects.count() == 1


def test_a_name_without_latin_letters_gets_an_address_too(activity: Activity, editor: Client) -> None:
    editor.post(page(activity), {"title": "گرمیوں کا کیمپ"})
    assert Activity.objects.exclude(pk=activity.pk).get().slug == "activity"


def test_a_recorder_copies_nothing_and_nobody_copies_what_is_suspended(
    activity: Activity, editor: Client
) -> None:
    recorder = signed_in(make_member(activity.host, Role.RECORDER))
    assert recorder.post(page(activity), {"title": "Another"}).status_code == 404
    suspending.suspend(activity=activity, by=make_staff())
    html = editor.post(page(activity), {"title": "Another"}).content.decode()
    assert "This activity has been taken off the site, so it cannot be copied." in html
    assert Activity.objects.count() == 1
