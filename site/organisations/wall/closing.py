"""What Wagtail shows of everybody, or hands out as it was typed, and has no switch for."""

from typing import Any

from wagtail.admin import filters
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.images.views import chooser

from organisations.cells import safe

OF_EVERYBODY = ("owner", "edited_by", "site")


def close() -> None:
    """Filters of pages list every owner and editor of the installation, and choosers its favourite tags.

    Sheets of its reports hold what organisers typed, and staff open them.
    """
    for filter_set in (PageFilterSet, GenericPageFilterSet):
        for name in OF_EVERYBODY:
            filter_set.base_filters.pop(name, None)
            filter_set.declared_filters.pop(name, None)
    for module in (filters, chooser):
        setattr(module, "popular_tags_for_model", _no_tags)  # noqa: B010 (Wagtail offers nothing else)
    setattr(SpreadsheetExportMixin, "preprocess_field_value", _as_no_formula)  # noqa: B010


as_typed = SpreadsheetExportMixin.preprocess_field_value


def _as_no_formula(self: Any, field: str, value: Any, export_format: str) -> Any:
    cell = as_typed(self, field, value, export_format)
    return safe(cell) if isinstance(cell, str) else cell


def _no_tags(*_: object, **__: object) -> list:
    return []
