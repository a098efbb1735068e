"""Pages written by the place's own people: home, information."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

RICH_TEXT = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "hr"]


class HomePage(Page):
    """`/`: what is on near you."""

    max_count = 1
    headline = models.CharField(_("headline"), max_length=80)
    introduction = models.CharField(_("introduction"), max_length=240, blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home page")


class InformationPage(Page):
    """Words: about, how we check organisers, help with calendars."""

    introduction = models.CharField(_("introduction"), max_length=240, blank=True)
    body = RichTextField(_("text"), features=RICH_TEXT, blank=True)

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.InformationPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")
