"""What search engines ask for first."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.page_cache import Page, cached_page
from pages.feeds import sitemap
from pages.public_addresses import addresses

# Calendar apps keep to robots.txt too, so feeds stay open; what searches and filters give is without end. The
# list of one type or of one place may be read: the longest rule that fits an address holds.
ROBOTS = """\
User-agent: *
Disallow: /activities/?*
Allow: /activities/?type=
Disallow: /activities/?type=*&
Allow: /activities/?place=
Disallow: /activities/?place=*&
Disallow: /embed/?*
Disallow: /cms/
Disallow: /accounts/
Disallow: /organise/
Disallow: /demo/
Disallow: /r/

Sitemap: {site}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        ROBOTS.format(site=settings.PUBLIC_ADDRESS),
        content_type="text/plain; charset=utf-8",
        headers={"Cache-Control": "public, max-age=3600"},
    )


@cached_page
@require_safe
def sitemap_xml(request: HttpRequest, number: int | None = None) -> Page:
    """All pages in one file; where they are too many, a file of files and the files by number."""
    entries = [(f"{settings.PUBLIC_ADDRESS}{path}", at) for path, at in addresses(timezone.localdate())]
    files = [entries[first : first + sitemap.MOST] for first in range(0, len(entries), sitemap.MOST)]
    if number is None and len(files) > 1:
        return _xml(
            sitemap.index(
                (f"{settings.PUBLIC_ADDRESS}/sitemap-{at}.xml", None) for at in range(1, len(files) + 1)
            )
        )
    if number is not None and not 1 <= number <= len(files):
        raise Http404
    return _xml(sitemap.urlset(files[(number or 1) - 1]))


def _xml(text: str) -> Page:
    return Page(text, content_type="application/xml; charset=utf-8")
