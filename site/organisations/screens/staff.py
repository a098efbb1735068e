"""People and groups in the CMS, for platform staff: their forms list groups that staff made, and no others.

Wagtail's list every group and collection, of which there is one for each organisation.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.forms import Form
from wagtail.admin.forms.collections import CollectionForm
from wagtail.admin.forms.view_restrictions import BaseViewRestrictionForm
from wagtail.admin.views.pages import listing
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail.users.views.groups import GroupViewSet, get_permission_panel_classes
from wagtail.users.views.users import UserFilterSet, UserViewSet

from organisations import provisioned
from organisations.screens.rights import GroupEditor, NewGroup

PAGES_SHOWN = 20
"""Of a list of pages, each with its menus: fifty take half a second."""


class StaffGroups(Form):
    """What a role or an office brought with it stays as it is, ticked nowhere: actions give and take it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            self.fields["groups"].queryset = provisioned.staff_groups()

    def clean_groups(self) -> list[Group]:
        person = self.instance
        kept = provisioned.our_groups().filter(user=person) if person.pk else []
        return [*self.cleaned_data["groups"], *kept]


class PersonForm(StaffGroups, UserEditForm):
    pass


class NewPersonForm(StaffGroups, UserCreationForm):
    pass


class PeopleFilters(UserFilterSet):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["group"].queryset = provisioned.staff_groups()

    class Meta(UserFilterSet.Meta):
        pass


class PeopleViewSet(UserViewSet):
    filterset_class = PeopleFilters

    def get_form_class(self, for_update: bool = False) -> type[Form]:
        return PersonForm if for_update else NewPersonForm


class StaffGroupViewSet(GroupViewSet):
    """Others are 404 here, whoever asks for them."""

    add_view_class = NewGroup
    edit_view_class = GroupEditor

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"queryset": provisioned.staff_groups(), **kwargs})


def shorten() -> None:
    """Forms that Wagtail gives no other way to: a group's rights, a role for many, who may see a page."""
    for panel in get_permission_panel_classes():
        if "collection" in panel.form.base_fields:
            panel.form.base_fields["collection"].queryset = provisioned.staff_collections()
    CollectionForm.base_fields["parent"].queryset = provisioned.staff_collections()
    RoleForm.base_fields["role"].queryset = provisioned.staff_groups()
    listing.IndexView.paginate_by = PAGES_SHOWN
    _shorten_privacy()


def _shorten_privacy() -> None:
    whole = BaseViewRestrictionForm.__init__

    def begin(form: Any, *args: Any, **kwargs: Any) -> None:
        whole(form, *args, **kwargs)
        form.fields["groups"].queryset = provisioned.staff_groups()

    BaseViewRestrictionForm.__init__ = begin
