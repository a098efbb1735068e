"""What Wagtail shows of everybody and has no switch for."""

from wagtail.admin import filters
from wagtail.admin.views.pages.listing import GenericPageFilterSet, PageFilterSet
from wagtail.images.views import chooser

OF_EVERYBODY = ("owner", "edited_by", "site")


def close() -> None:
    """Filters of pages list every owner and editor of the installation, and choosers its favourite tags."""
    for filter_set in (PageFilterSet, GenericPageFilterSet):
        for name in OF_EVERYBODY:
            filter_set.base_filters.pop(name, None)
            filter_set.declared_filters.pop(name, None)
    for module in (filters, chooser):
        setattr(module, "popular_tags_for_model", _no_tags)  # noqa: B010 (Wagtail offers nothing else)


def _no_tags(*_: object, **__: object) -> list:
    return []
