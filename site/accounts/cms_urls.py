"""In front of Wagtail's own pages for signing in: each leads to ours, however it is asked for."""

from django.urls import path, re_path

from accounts import views

urlpatterns = [
    path("login/", views.lead, {"to": "account_login"}, name="lead_to_login"),
    path("logout/", views.lead_out, name="lead_to_logout"),
    re_path(r"^password_reset/", views.lead, {"to": "account_reset_password"}, name="lead_to_reset"),
]
