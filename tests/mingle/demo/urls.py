"""The demonstration's addresses before everybody's, as its settings have them."""

from django.urls import include, path

from mingle.urls import handler500
from mingle.urls import urlpatterns as everybodys

__all__ = ["handler500", "urlpatterns"]

urlpatterns = [
    path("demo/", include("mingle.demo.urls")),
    path("design/", include("mingle.demo.gallery_urls")),
    *everybodys,
]
