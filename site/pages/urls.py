"""The first page, places, crawlers' files, and at the very end any other words.

The last pattern stands before Wagtail's own: no page of the CMS has a second address by its place.
"""

from django.urls import path, re_path

from pages.views import crawlers, front, information

urlpatterns = [
    path("", front.home, name="home"),
    path("in/<slug:slug>/", front.place, name="place"),
    path("in/<slug:slug>/card.png", front.place_card, name="place_card"),
    path("robots.txt", crawlers.robots, name="robots"),
    path("sitemap.xml", crawlers.sitemap_xml, name="sitemap"),
    path("sitemap-<int:number>.xml", crawlers.sitemap_xml, name="sitemap_part"),
    re_path(r"^(?P<path>(?:[\w-]+/)+)$", information.page, name="information"),
]
