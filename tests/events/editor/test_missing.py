"""What families would still ask is said beside the editor, in the preview and by its content checks."""

from pathlib import Path

import pytest
from django.core.files.images import ImageFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from events.completeness import WORDS, missing
from events.editor.checks import MissingFactsChecker
from events.models import Activity, ActivityAccess
from images.models import Picture
from organisations.actions import members
from organisations.models import AccessFeature, Organisation, Role
from tests.events import cms
from tests.events.editor.test_editing import form
from tests.factories.activities import make_draft
from tests.factories.organisations import make_organisation
from tests.factories.people import make_staff, make_user
from tests.images.examples import jpeg_with_position

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(settings: object, tmp_path: Path) -> Picture:
    """A picture that nobody has put into words."""
    settings.MEDIA_ROOT = tmp_path
    file = ImageFile(SimpleUploadedFile("class 5.jpg", jpeg_with_position(), "image/jpeg"))
    return Picture.objects.create(title="class 5", file=file, description="")


def editor_of(host: Organisation) -> Client:
    """Somebody who joined as an editor and has no other right."""
    user = make_user()
    members.join(organisation=host, user=user, role=Role.EDITOR, by=None)
    return cms.signed_in(user)


def bare(picture: Picture) -> Activity:
    """A draft that says nothing of what families ask."""
    return make_draft(age_from=None, age_to=None, price=None, rules=[], picture=picture)


def test_each_fact_is_missing_until_it_is_said(picture: Picture) -> None:
    activity = bare(picture)
    assert [fact.slug for fact in missing(activity)] == list(WORDS)
    picture.description = "Three children carry a goal."
    activity.age_from, activity.price = 8, 0
    activity.alone, activity.welcome, activity.adults = "yes", "Amina", "Two coaches"
    activity.access = [
        ActivityAccess(feature=AccessFeature.objects.get(slug=slug), answer="no")
        for slug in ("step-free", *AccessFeature.objects.exclude(slug="step-free").values_list("slug")[0])
    ]
    assert [fact.slug for fact in missing(activity)] == ["dates"]


def test_side_panel_says_all_of_it_and_how_much(picture: Picture) -> None:
    activity = bare(picture)
    client = editor_of(activity.host)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[activity.pk])).content.decode()
    panel = html[html.index('class="missing-facts"') :]
    panel = panel[: panel.index("</ul>")]
    assert panel.count("<li>") == len(WORDS)
    assert "What the picture shows, in words" in panel


def preview(client: Client, address: str, data: dict) -> str:
    """The preview as the editor's panel asks for it: it sends the form, then shows what came of it."""
    sent = client.post(address, data)
    assert sent.json() == {"is_valid": True, "is_available": True}
    return client.get(address).content.decode()


def test_preview_of_an_activity_that_was_never_saved_shows_its_dates_and_marks() -> None:
    host = make_organisation("Savile Park Juniors")
    make_draft(host=host)
    client = editor_of(host)
    address = reverse("wagtailadmin_pages:preview_on_add", args=["events", "activity", host.page.pk])
    html = preview(client, address, form(host, title="Street ball"))
    assert "Street ball" in html
    assert 'data-missing="step-free"' in html
    assert 'data-missing="dates"' not in html
    assert "12 January" in html
    assert not Activity.objects.filter(title="Street ball").exists()


def test_preview_of_what_is_typed_over_a_public_page_leaves_the_page_alone(client: Client) -> None:
    draft = make_draft("As it was")
    draft.get_latest_revision().publish()
    signed_in = editor_of(draft.host)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk])
    data = form(draft.host, title="As typed", slug=draft.slug, rules=[], venue=draft.venue_id)
    html = preview(signed_in, address, data)
    assert ("As typed" in html, "data-missing" in html) == (True, True)
    public = client.get(Activity.objects.get(pk=draft.pk).url).content.decode()
    assert ("As it was" in public, "data-missing" in public) == (True, False)


def test_preview_marks_every_fact_and_the_checks_find_each_mark(picture: Picture) -> None:
    """axe finds a mark because its rule asks for an aria-label that no mark has."""
    activity = bare(picture)
    client = cms.signed_in(make_staff())
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[activity.pk])
    data = form(activity.host, age_from="", age_to="", price="", rules=[], picture=str(picture.pk))
    html = preview(client, address, data | {"venue": str(activity.venue_id), "slug": activity.slug})
    options = MissingFactsChecker().get_axe_configuration(None)
    rules = {rule["selector"]: rule for rule in options["spec"]["rules"]}
    for slug, words in WORDS.items():
        rule = rules[f'[data-missing="{slug}"]']
        assert f'data-missing="{slug}">{words}'.replace("'", "&#x27;") in html
        assert (rule["any"], rule["enabled"]) == (["aria-label"], True)
        assert rule["id"] in options["options"]["runOnly"]
        assert options["messages"][rule["id"]]["help_text"] == words


def test_preview_of_another_organisations_page_is_refused() -> None:
    stranger = editor_of(make_organisation("Another club"))
    host = make_organisation()
    draft = make_draft(host=host)
    for address in (
        reverse("wagtailadmin_pages:preview_on_edit", args=[draft.pk]),
        reverse("wagtailadmin_pages:preview_on_add", args=["events", "activity", host.page.pk]),
    ):
        sent = stranger.post(address, form(host))
        assert sent.status_code == 404
