"""Included by the demonstration's settings alone."""

from django.urls import path

from mingle.demo import views

urlpatterns = [path("", views.gallery, name="gallery")]
