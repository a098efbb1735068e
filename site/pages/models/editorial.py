"""Pages written by the place's own people: home, information."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from pages import front, information, reserved

RICH_TEXT = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "hr"]


class HomePage(Page):
    """`/`: what is on near you."""

    max_count = 1
    headline = models.CharField(_("headline"), max_length=80)
    introduction = models.CharField(_("introduction"), max_length=240, blank=True)

    template = "pages/home.html"
    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the editor's preview alone: visitors are answered by `pages.views.front`."""
        shown = front.home(self, now=timezone.now(), generation=None)
        return {**super().get_context(request, *args, **kwargs), **shown.context()}


class InformationPage(Page):
    """Words: about, how we check organisers, help with calendars."""

    introduction = models.CharField(_("introduction"), max_length=240, blank=True)
    body = RichTextField(_("text"), features=RICH_TEXT, blank=True)

    parent_page_types: ClassVar[list[str]] = ["pages.HomePage", "pages.InformationPage"]
    content_panels = [*Page.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        verbose_name = _("information page")
        verbose_name_plural = _("information pages")

    def clean(self) -> None:
        """At the first level our own routes come first: a page of that name would never be seen."""
        super().clean()
        if self.slug in reserved.slugs() and self._is_below_home():
            raise ValidationError({"slug": _("The site itself uses this address. Choose another.")})

    def _is_below_home(self) -> bool:
        return not self.path or self.depth <= HomePage.objects.values_list("depth", flat=True)[0] + 1

    def get_template(self, request: HttpRequest, *args: Any, **kwargs: Any) -> str:
        return information.template(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the editor's preview alone: visitors are answered by `pages.views.information`."""
        return {**super().get_context(request, *args, **kwargs), **information.context(self)}
