"""Every address, first match wins. Feeds, codes and files are one for all languages; pages follow theirs."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from mingle.one_transaction import one_transaction

handler500 = "mingle.errors.server_error"

urlpatterns: list = [
    path("cms/", include("accounts.cms_urls")),
    path("cms/", include(decorate_urlpatterns(wagtailadmin_urls.urlpatterns, one_transaction))),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("accounts.urls")),
    path("organise/", include("events.organise_urls")),
    path("organise/", include("organisations.organise_urls")),
    path("organise/", include("schools.organise_urls")),
    path("", include("images.urls")),
    path("", include("mingle.health_urls")),
    path("", include("events.feed_urls")),
    path("", include("schools.feed_urls")),
]

if settings.DEMO:
    urlpatterns += [
        path("demo/", include("mingle.demo.urls")),
        path("design/", include("mingle.demo.gallery_urls")),
    ]

urlpatterns += i18n_patterns(
    path("", include("schools.urls")),
    path("", include("events.urls")),
    path("", include("organisations.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
