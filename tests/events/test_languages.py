"""A language by both its names, and the drawings that stand beside words of a list."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from events import activity_page, languages
from events.models import Activity, ActivityAccess, Aim, Language
from organisations.models import AccessFeature
from tests.factories.activities import make_activity

URDU = 'Urdu (<bdi lang="ur">اردو</bdi>)'


@pytest.mark.parametrize(
    ("name", "code", "autonym", "words"),
    [
        ("Urdu", "ur", "اردو", URDU),
        ("English", "en", "English", "English"),
        ("Romani", "rom", "", "Romani"),
        ("<b>", "x", "&", '&lt;b&gt; (<bdi lang="x">&amp;</bdi>)'),
    ],
)
def test_own_name_stands_behind_ours_where_it_is_another(name, code, autonym, words) -> None:
    assert languages.words(name, code, autonym) == words


@pytest.fixture
def activity(db: None) -> Activity:
    activity = make_activity()
    activity.languages.set(Language.objects.filter(slug__in=["english", "urdu"]))
    activity.aims.set(Aim.objects.filter(slug="practise-english"))
    activity.save()
    lift = AccessFeature.objects.get(slug="lift")
    ActivityAccess.objects.create(activity=activity, feature=lift, answer="yes")
    return activity


def test_activity_is_spoken_of_in_its_languages(client: Client, activity: Activity) -> None:
    html = client.get(f"/organisers/{activity.host.slug}/{activity.slug}/").content.decode()
    assert f"<dd>English, {URDU}</dd>" in html


def test_draft_says_the_same(activity: Activity) -> None:
    stored = activity_page.read(activity.pk, timezone.localdate())
    assert activity_page.of_draft(activity).languages == stored.languages == ["English", URDU]


def test_filter_is_found_by_who_speaks_the_language(client: Client, activity: Activity) -> None:
    html = client.get("/activities/").content.decode()
    assert re.search(rf'name="language" value="urdu"[^>]*><span>{re.escape(URDU)}</span>', html)
    Language.objects.get(slug="urdu").delete()
    assert "اردو" not in client.get("/activities/").content.decode()


def test_lists_are_drawn_on_the_page(client: Client, activity: Activity) -> None:
    html = client.get(f"/organisers/{activity.host.slug}/{activity.slug}/").content.decode()
    drawn = re.findall(r'class="pictogram[^>]*><use href="[^"#]*#([\w-]+)"/></svg>([^<]*)', html)
    assert ("languages", "Languages spoken") in drawn
    assert ("practise-english", "Practise English") in drawn
    assert "lift" in {drawing for drawing, _ in drawn}
