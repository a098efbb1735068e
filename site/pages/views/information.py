"""Pages of words: about, how we check organisers, help with calendars."""

from django.http import Http404, HttpRequest
from django.views.decorators.http import require_safe
from wagtail.models import Site

from organisations.page_cache import Page, cached_page, render
from pages import information
from pages.models import InformationPage


@cached_page
@require_safe
def page(request: HttpRequest, path: str) -> Page:
    """The information page below home at that path. Other pages have addresses of their own."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        raise Http404
    found = (
        InformationPage.objects.live().public().filter(url_path=f"{site.root_page.url_path}{path}").first()
    )
    if found is None:
        raise Http404
    return render(request, information.template(found), information.context(found))
