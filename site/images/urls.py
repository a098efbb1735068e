"""Addresses of pictures. Of what is uploaded only `media/images/`, the renditions, has any."""

from django.urls import path, re_path

from images import views

urlpatterns = [
    re_path(
        r"^covers/(?P<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})"
        r"-(?P<warp>[a-z]{3,8})-(?P<weft>[a-z]{3,8})-(?P<slug>[a-z0-9-]{1,40})\.svg$",
        views.cover,
        name="cover",
    ),
    path("card.png", views.site_card, name="site_card"),
    path("media/images/<str:name>", views.rendition, name="rendition"),
]
