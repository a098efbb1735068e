"""People and groups in the CMS, for platform staff: their forms list groups that staff made, and no others.

Wagtail's list every group and collection, of which there is one for each organisation.
"""

from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.forms.collections import CollectionForm
from wagtail.admin.forms.view_restrictions import BaseViewRestrictionForm
from wagtail.admin.views.pages import listing
from wagtail.users.forms import UserCreationForm, UserEditForm
from wagtail.users.views.bulk_actions.assign_role import RoleForm
from wagtail.users.views.bulk_actions.delete import DeleteBulkAction
from wagtail.users.views.groups import GroupViewSet, get_permission_panel_classes
from wagtail.users.views.users import DeleteView, UserFilterSet, UserViewSet

from accounts.actions import people
from accounts.models import User
from accounts.requests import SignedIn
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


WHAT_CLOSING_DOES = gettext_lazy(
    "They are signed out everywhere at once and leave every organisation. What they did stays, and says “a "
    "former member”. You cannot undo this."
)


class CloseAccount(DeleteView):
    """A person is not deleted from under what they did: their account is closed, as they could do it.

    Wagtail's own way fails where anything must be kept, and takes memberships, the last owner's too.
    """

    request: SignedIn
    page_title = gettext_lazy("Close this account")
    confirmation_message = WHAT_CLOSING_DOES
    success_message = gettext_lazy("The account of %(object)s is closed.")

    def form_valid(self, form: Form) -> HttpResponse:
        done = self.get_success_message()
        try:
            people.close(user=self.object, by=self.request.user)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(self.request.get_full_path())
        messages.success(self.request, done)
        return redirect(self.get_success_url())


class CloseAccounts(DeleteBulkAction):
    """The same for many: all of them or none."""

    display_name = gettext_lazy("Close accounts")
    aria_label = gettext_lazy("Close the accounts of the selected people")
    template_name = "organisations/screens/close_accounts.html"
    confirmation_message = WHAT_CLOSING_DOES

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "by": self.request.user}

    @classmethod
    def execute_action(cls, objects: list[User], **kwargs: Any) -> tuple[int, int]:
        for user in objects:
            people.close(user=user, by=kwargs["by"])
        return len(objects), 0

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            messages.error(self.request, " ".join(refusal.messages))
            return redirect(self.request.get_full_path())

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        return ngettext(
            "%(number)d account is closed.", "%(number)d accounts are closed.", num_parent_objects
        ) % {"number": num_parent_objects}


class PeopleViewSet(UserViewSet):
    filterset_class = PeopleFilters
    delete_view_class = CloseAccount
    delete_template_name = "organisations/screens/close_account.html"

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
