"""System checks of the page tree."""

from typing import Any

from django.core.checks import Error
from django.db import connection
from django.utils.translation import gettext as _

from pages import reserved
from pages.models import HomePage

OURS = {"organisers"}  # the one page of the tree that stands where a route is, on purpose


def no_page_hides_a_route(
    app_configs: object, databases: list[str] | None = None, **kwargs: Any
) -> list[Error]:
    """Asks the database only when told to: `check --database default`, and before every migration."""
    home = HomePage.objects.first() if databases and _has_pages() else None
    held = home.get_children().filter(slug__in=reserved.slugs() - OURS) if home else []
    return [
        Error(
            _("The page “%(title)s” stands at /%(slug)s/, which is one of our own addresses.")
            % {"title": page.title, "slug": page.slug},
            hint=_("Give the page another slug."),
            id="pages.E001",
        )
        for page in held
    ]


def _has_pages() -> bool:
    """An empty database is checked too, before its first migration makes the tables."""
    return HomePage._meta.db_table in connection.introspection.table_names()
