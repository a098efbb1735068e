"""Using the CMS in tests as a person does: what the form shows is what is sent, but for what is changed."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import querydict_from_html

from accounts import second_factors
from accounts.models import User


def signed_in(user: User) -> Client:
    """With the second factor that their work needs."""
    if second_factors.is_missing(user):
        second_factors.enrol_app(user)
    client = Client()
    client.force_login(user)
    return client


def edit(client: Client, page: Page, revision: int | None = None, **changes: Any) -> HttpResponse:
    """Open the editor, on an old revision if one is given, change fields and press a button."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    opened = reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, revision]) if revision else address
    data = form(client.get(opened).content.decode())
    for name, value in changes.items():
        data.setlist(name.replace("__", "-"), value if isinstance(value, list) else [value])
    return client.post(address, data, follow=True)


def publish(client: Client, page: Page, **changes: Any) -> HttpResponse:
    return edit(client, page, **{"action__publish": "1"}, **changes)


def in_bulk(client: Client, action: str, *pages: Page, **data: Any) -> HttpResponse:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages)
    return client.post(f"{address}?{query}&next=/cms/", data, follow=True)


def said(response: HttpResponse) -> str:
    """What the CMS told the person."""
    return " ".join(str(message) for message in response.context["messages"])


def form(html: str) -> QueryDict:
    data = querydict_from_html(html, form_id="page-edit-form").copy()
    for name in [name for name in data if name.startswith("action-")]:
        del data[name]
    return data
