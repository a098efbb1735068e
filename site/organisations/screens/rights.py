"""The form of a group: what its panels of rights offer is read once for all of them, and so is what it has.

Wagtail's panels read each kind of right by itself, collections twice for each row, and a page three times.
"""

import functools
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from django.forms import BaseFormSet, Form
from django.utils.functional import cached_property
from wagtail.admin.forms.collections import BaseGroupCollectionMemberPermissionFormSet
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Collection, GroupCollectionPermission, Page
from wagtail.users.forms import BaseGroupPagePermissionFormSet
from wagtail.users.views.groups import CreateView, EditView, get_permission_panel_classes

from organisations import provisioned

WAGTAILS = ("wagtailcore", "wagtaildocs", "wagtailimages")
"""Apps in whose names the panels keep rights."""


class Offered:
    """What one form offers and what its group has."""

    def __init__(self, group: Group | None) -> None:
        self.group = group

    @cached_property
    def collections(self) -> list[Collection]:
        return list(provisioned.staff_collections())

    @cached_property
    def rights(self) -> list[Permission]:
        names = {name for panel in get_permission_panel_classes() for name in _codenames(panel)}
        ours = Permission.objects.filter(content_type__app_label__in=WAGTAILS, codename__in=names)
        return list(ours.select_related("content_type"))

    @cached_property
    def had(self) -> list[GroupCollectionPermission]:
        if self.group is None or self.group.pk is None:
            return []
        had = self.group.collection_permissions.select_related("permission__content_type", "collection")
        return list(had.order_by("collection"))


def _codenames(panel: type[BaseFormSet]) -> set[str]:
    if issubclass(panel, BaseGroupPagePermissionFormSet):
        return set(Page.permission_codenames)
    return {codename for codename, *_words in panel.permission_types}


def _offer(field: Any, rows: Iterable[Model]) -> None:
    """What is sent is checked against the database all the same."""
    choices = field.iterator(field)
    field.choices = [choices.choice(row) for row in rows]


class Panel(BaseFormSet):
    """One that is told what to offer."""

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        self.offered = offered
        super().__init__(*args, **kwargs)

    def add_fields(self, form: Form, index: Any) -> None:
        super().add_fields(form, index)
        names = _codenames(type(self))
        _offer(form.fields["permissions"], [each for each in self.offered.rights if each.codename in names])


class PagesPanel(Panel, BaseGroupPagePermissionFormSet):
    def add_fields(self, form: Form, index: Any) -> None:
        super().add_fields(form, index)
        form.fields["page"].widget = KnownPageChooser(self.known)

    @cached_property
    def known(self) -> dict[int, Page]:
        pages = [row["page"].specific_deferred for row in self.initial or []]
        if pages:
            Page.objects.annotate_parent_page(pages)
        return {page.pk: page for page in pages}


class CollectionsPanel(Panel, BaseGroupCollectionMemberPermissionFormSet):
    def __init__(
        self, data: Any = None, files: Any = None, instance: Group | None = None, *, offered: Offered
    ) -> None:
        """Past Wagtail's own beginning, which reads what the group has, and no more."""
        self.offered, self.instance = offered, instance or Group()
        BaseFormSet.__init__(self, data, files, initial=self._had(), prefix=self.default_prefix)

    def _had(self) -> list[dict[str, Any]]:
        names = _codenames(type(self))
        own = [each for each in self.offered.had if each.permission.codename in names]
        return [
            {"collection": collection, "permissions": [each.permission for each in rights]}
            for collection, rights in groupby(own, lambda each: each.collection)
        ]

    def add_fields(self, form: Form, index: Any) -> None:
        super().add_fields(form, index)
        _offer(form.fields["collection"], self.offered.collections)


class KnownPageChooser(AdminPageChooser):
    """Shows a page that has been read with its parent."""

    def __init__(self, known: dict[int, Page]) -> None:
        self.known = known
        super().__init__(show_edit_link=False, can_choose_root=True)

    def get_instance(self, value: Any) -> Page | None:
        return self.known.get(value) or super().get_instance(value)

    def get_value_data_from_instance(self, instance: Page) -> dict[str, Any]:
        if instance.pk not in self.known:
            return super().get_value_data_from_instance(instance)
        above = instance._parent_page
        shown = super(AdminPageChooser, self).get_value_data_from_instance(instance)
        return {**shown, "parent_id": above and above.pk}


@functools.cache
def _shared(panel: type[BaseFormSet]) -> Any:
    """One of Wagtail's panels as one of ours."""
    ours = PagesPanel if issubclass(panel, BaseGroupPagePermissionFormSet) else CollectionsPanel
    return type(panel.__name__, (ours, panel), {})


class ReadsOnce:
    """For the views that show the form."""

    @cached_property
    def permission_panel_forms(self) -> list[BaseFormSet]:
        offered = Offered(getattr(self, "object", None))
        return [
            _shared(each)(offered=offered, **self.get_permission_panel_form_kwargs(each))
            for each in get_permission_panel_classes()
        ]


class NewGroup(ReadsOnce, CreateView):
    pass


class GroupEditor(ReadsOnce, EditView):
    pass
