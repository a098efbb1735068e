"""Pages of words below home."""

from django.db import transaction

from mingle.demo import reading
from pages.models import HomePage, InformationPage


@transaction.atomic
def write() -> int:
    """Publish the pages that are missing and say how many."""
    home = HomePage.objects.get()
    known = set(home.get_children().values_list("slug", flat=True))
    missing = [page for page in reading.editorial_pages() if page.slug not in known]
    for words in missing:
        page = InformationPage(
            title=words.title, slug=words.slug, introduction=words.introduction, body=words.body
        )
        home.add_child(instance=page)
        page.save_revision().publish()
    return len(missing)
