"""Pages of words, and that nothing else can be reached by its place in the tree."""

import pytest
from django.test import Client

from organisations.models import Organisation
from pages.actions import information, tree
from pages.models import HomePage, InformationPage
from tests.factories.activities import make_activity, make_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def home() -> HomePage:
    planted = tree.plant()
    information.add_missing(home=planted)
    return planted


def page(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("about", "Why we do this"),
        ("how-we-check-organisers", "What the badge does not mean"),
        ("calendar-help", "Many look every few hours, some only once a day."),
        ("for-organisers", "What we need from you"),
    ],
)
def test_installation_begins_with_real_words(client: Client, slug: str, words: str) -> None:
    assert words in page(client, f"/{slug}/")


@pytest.mark.usefixtures("home")
def test_about_page_names_whose_data_we_use(client: Client) -> None:
    assert "Open Government Licence" in page(client, "/about/").partition("<footer")[0]
    assert "Open Government Licence" not in page(client, "/how-we-check-organisers/").partition("<footer")[0]


def test_adding_again_keeps_what_editors_wrote(home: HomePage) -> None:
    about = InformationPage.objects.get(slug="about")
    about.body = "<p>Ours.</p>"
    about.save()
    assert information.add_missing(home=home) == []
    assert InformationPage.objects.get(slug="about").body == "<p>Ours.</p>"


def test_editors_words_show_at_once_and_leave_at_once(client: Client, home: HomePage) -> None:
    about = InformationPage.objects.get(slug="about")
    page(client, "/about/")
    about.body = "<p>Ours.</p>"
    about.save_revision().publish()
    assert "<p>Ours.</p>" in page(client, "/about/")
    about.unpublish()
    assert client.get("/about/").status_code == 404


def test_page_below_a_page_has_its_address(client: Client, home: HomePage) -> None:
    about = InformationPage.objects.get(slug="about")
    child = about.add_child(
        instance=InformationPage(title="Who we are", slug="who", body="<p>Us.</p>", locale=home.locale)
    )
    assert child.url == "/about/who/"
    assert "<p>Us.</p>" in page(client, "/about/who/")


def test_draft_is_not_found(client: Client, home: HomePage) -> None:
    home.add_child(instance=InformationPage(title="Soon", slug="soon", live=False, locale=home.locale))
    assert client.get("/soon/").status_code == 404


def test_unknown_words_are_not_found_in_words(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "We can’t find that page" in response.content.decode()


def test_no_page_of_the_cms_has_a_second_address(client: Client, home: HomePage) -> None:
    """Wagtail would serve a live page of a suspended organisation by its place in the tree."""
    activity = make_activity("Hidden club night")
    Organisation.objects.filter(pk=activity.host_id).update(state="suspended")
    draft = make_draft("Secret")
    for path in (activity.url, draft.url, activity.host.page.url):
        assert client.get(path).status_code in (404, 410), path
        assert client.get(f"/home{path}").status_code == 404
    for url_path in (activity.url_path, activity.host.page.url_path):
        assert client.get(url_path).status_code == 404


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize(
    "path", ["/a%00b/", "/%FF%FE/", "/" + "x" * 3000 + "/", "/../../etc/passwd/", "/a//b/", "/about//"]
)
def test_nonsense_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_preview_of_an_information_page_shows_the_draft(home: HomePage) -> None:
    about = InformationPage.objects.get(slug="about")
    about.body = "<p>Not yet out.</p>"
    assert "Not yet out." in about.make_preview_request().content.decode()
