"""The information pages that the frame of every page links to."""

from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from pages.models import HomePage, InformationPage

WORDS = Path(__file__).resolve().parents[1] / "words"


@transaction.atomic
def add_missing(*, home: HomePage) -> list[InformationPage]:
    """Add those that are missing, with words to begin with, and return them; what editors changed stays."""
    titles = {
        "about": (_("About Mingle"), _("Things to do where people meet who would not have met.")),
        "how-we-check-organisers": (
            _("How we check organisers"),
            _("What “Checked” means, and what it does not."),
        ),
        "calendar-help": (
            _("Help with calendars"),
            _("Keep the dates on your phone, and how to stop."),
        ),
        "for-organisers": (_("For organisers"), _("Let families find what you run.")),
    }
    there = set(InformationPage.objects.child_of(home).values_list("slug", flat=True))
    added = [
        InformationPage(
            title=title,
            slug=slug,
            introduction=introduction,
            body=(WORDS / f"{slug}.html").read_text(encoding="utf-8"),
            locale=home.locale,
        )
        for slug, (title, introduction) in titles.items()
        if slug not in there
    ]
    for page in added:
        home.add_child(instance=page)
        page.save_revision().publish()
    return added
