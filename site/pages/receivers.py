"""Editors' words are public at once: each change raises the generation in its own transaction.

Wagtail saves a page within a transaction and sends `post_save` before it ends, so words and number are seen
together. Its later signals (`page_published`, `page_unpublished`) come after the commit.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.models import Page
from wagtail.signals import post_page_move

from organisations.models import Generation
from pages.models import HomePage, InformationPage
from places.models import Place


def raise_generation(instance: Any, **kwargs: Any) -> None:
    """A page saved without its own class is looked at for what it is."""
    if not isinstance(instance, Page) or issubclass(
        instance.specific_class or Page, HomePage | InformationPage
    ):
        Generation.objects.raised()


def connect() -> None:
    for sender in (HomePage, InformationPage, Page, Place):
        post_save.connect(raise_generation, sender=sender, dispatch_uid="pages.generation")
    for sender in (HomePage, InformationPage, Place):
        post_delete.connect(raise_generation, sender=sender, dispatch_uid="pages.generation")
    post_page_move.connect(raise_generation, dispatch_uid="pages.generation")
