"""A page's form offers, and takes, only what the person in hand may see."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import ModelChoiceField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea
from wagtail.admin.widgets import BaseChooser

from accounts import in_hand
from images.models import Picture
from organisations.models import Venue
from organisations.wall import rows

WORDS = {
    Picture: gettext_lazy("Choose one of your own pictures."),
    Venue: gettext_lazy("Choose one of your own venues or a shared one."),
}
# A text that is JSON, but not as the editor sends it.
UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, ExporterException)
NO_TEXT = "null"  # the editor's word for an empty one


class OnlyTheirs:
    """For forms of pages. Wagtail makes a drop-down's rows once, when the class is built; here they are made
    for the person who fills it in. What the page has already stays."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows_of = [form for formset in getattr(self, "formsets", {}).values() for form in formset.forms]
        for form in (self, *rows_of):
            _look_up_keys_only(form)
        if not in_hand.anybody():
            return
        self.texts_refused: dict[str, str] = {}
        for form in (self, *rows_of):
            _narrow(form)
        if self.is_bound:
            self._refuse_links()

    def _refuse_links(self) -> None:
        """A link to somebody else's page would tell where it is: it is taken out before anything reads it."""
        self.data = self.data.copy()
        for name, field in self.fields.items():
            if isinstance(field.widget, DraftailRichTextArea):
                self._refuse_links_in(name)

    def _refuse_links_in(self, name: str) -> None:
        """What cannot be read cannot be looked through, so nothing of it is kept."""
        key = self.add_prefix(name)
        if key not in self.data:
            return
        try:
            self.fields[name].widget.converter.to_database_format(self.data[key])
            content = json.loads(self.data[key]) or {}
            entities = content.get("entityMap", {}).values()
            foreign = [each for each in entities if self._is_foreign(name, each)]
        except UNREADABLE:
            self.data[key] = NO_TEXT
            self.texts_refused[name] = _("We could not read this text. Write it again.")
            return
        for entity in foreign:
            entity["data"] = {"url": ""}
        if foreign:
            self.data[key] = json.dumps(content)
            self.texts_refused[name] = _("Link to one of your own pages, or give a whole address.")

    def _is_foreign(self, name: str, entity: dict[str, Any]) -> bool:
        if entity["type"] != "LINK":
            return False
        return "id" in entity["data"] and not self._may_link_to(name, entity["data"]["id"])

    def _may_link_to(self, name: str, key: Any) -> bool:
        before = str(self.initial.get(name) or "")
        return f'id="{key}"' in before or rows.page(self.for_user, str(key), {})

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for name, words in getattr(self, "texts_refused", {}).items():
            self.add_error(name, ValidationError(words))
        return cleaned


def _look_up_keys_only(form: Any) -> None:
    """A form that is shown again looked up whatever was sent as what is chosen, and failed with nonsense."""
    for field in form.fields.values():
        if isinstance(field.widget, BaseChooser):
            field.bound_data = _key_or_nothing


def _key_or_nothing(sent: Any, _initial: Any) -> Any:
    return sent if str(sent).isdecimal() else None


def _narrow(form: Any) -> None:
    for name, field in form.fields.items():
        if isinstance(field, ModelChoiceField):
            field.queryset = _theirs_or_there_already(field.queryset, form.initial.get(name))
            if words := WORDS.get(field.queryset.model):
                field.error_messages["invalid_choice"] = words


def _theirs_or_there_already(offered: QuerySet, key: Any) -> QuerySet:
    theirs = in_hand.narrow(offered)
    if key is None or theirs is offered or isinstance(key, list):
        return theirs
    return theirs | offered.filter(pk=getattr(key, "pk", key))
