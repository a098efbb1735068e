"""Included by the demonstration's settings alone."""

from django.urls import path

from mingle.demo import views

urlpatterns = [
    path("", views.roles, name="demo"),
    path("as/<slug:slug>/", views.step_into, name="demo_step_into"),
    path("mail/", views.mail, name="demo_mail"),
]
