"""The page tree that every installation has."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Locale, Page, Site

from organisations.models import OrganisersPage
from pages.models import HomePage


@transaction.atomic
def plant(*, hostname: str = "localhost", port: int = 80, site_name: str = "Mingle") -> HomePage:
    """Make sure that home, organisers' page and site exist, and return home. Can be called again."""
    locale = Locale.objects.get_or_create(language_code="en")[0]
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        for welcome in root.get_children().exact_type(Page):
            welcome.delete()
        root.refresh_from_db()
        home = HomePage(
            title=_("Mingle"),
            slug="home",
            headline=_("Meet people you wouldn’t have met."),
            introduction=_("Football, cooking, choirs, coding: things to do after school, near you."),
            locale=locale,
        )
        root.add_child(instance=home)
    if not OrganisersPage.objects.exists():
        home.add_child(instance=OrganisersPage(title=_("Organisers"), slug="organisers", locale=locale))
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": hostname, "port": port, "site_name": site_name, "root_page": home},
    )
    return home
