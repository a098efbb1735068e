"""What an information page shows, published or in preview."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from images import cards

PLAIN = "pages/information_page.html"
# Pages that carry more than their words: what stands below them is not for editors to change.
OF_ITS_OWN = {"about": "pages/about.html"}


def template(page: Page) -> str:
    return OF_ITS_OWN.get(page.slug, PLAIN)


def context(page: Any) -> dict[str, Any]:
    """Of an InformationPage, which imports this module."""
    return {
        "page": page,
        "body": expand_db_html(page.body),
        "address": f"{settings.PUBLIC_ADDRESS}{page.url or reverse('home')}",
        "social_picture": cards.site_address(),
    }
