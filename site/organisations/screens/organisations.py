"""The organisations of an installation in the CMS: platform staff see all, officers those of their places."""

from typing import Any

from django.db.models import QuerySet
from django.forms import ModelForm
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.permissions import register_permission_policy

from accounts.models import User
from accounts.requests import SignedIn
from looks.editors import LookedEditView
from organisations import permissions
from organisations.actions import registration
from organisations.forms.registration import NameForm, RegistrationForm
from organisations.models import AccessFeature, Organisation
from organisations.policies import OfficersPolicy
from organisations.screens.members import MemberScreen, MembersScreen
from organisations.screens.rows import RowsViewSet, SavesItself, SaysNo, TheirEditor, TheirList
from organisations.screens.standing import StandingScreen
from places.permissions import PlatformStaffOnly

register_permission_policy(Organisation, OfficersPolicy(Organisation))
register_permission_policy(AccessFeature, PlatformStaffOnly(AccessFeature, never={"delete"}))


class OrganisationList(TheirList):
    members_url_name = standing_url_name = ""

    @staticmethod
    def rows(user: User) -> QuerySet[Organisation]:
        return permissions.overseen_by(user).select_related("place")

    def get_list_more_buttons(self, instance: Organisation) -> list[Button]:
        here = [instance.pk]
        return [
            *super().get_list_more_buttons(instance),
            Button(_("Members"), url=reverse(self.members_url_name, args=here), icon_name="user"),
            Button(_("Standing"), url=reverse(self.standing_url_name, args=here), icon_name="check"),
        ]


class RegisterOrganisation(SaysNo, generic.CreateView):
    """A new organisation gets its page and its group with it, so the action makes it."""

    request: SignedIn

    def get_panel(self) -> None:
        """The form's own fields, without panels."""

    def save_instance(self) -> Organisation:
        return registration.register(by=self.request.user, **self.form.cleaned_data)


class ChangeOrganisation(SavesItself, TheirEditor):
    """Its name and colour; its members and its standing have screens of their own."""

    rows = staticmethod(permissions.overseen_by)
    members_url_name = standing_url_name = ""

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        here = [self.object.pk]
        return [
            HeaderButton(_("Members"), url=reverse(self.members_url_name, args=here), icon_name="user"),
            HeaderButton(_("Standing"), url=reverse(self.standing_url_name, args=here), icon_name="check"),
        ]


class OrganisationViewSet(RowsViewSet):
    model = Organisation
    icon = "group"
    index_view_class = OrganisationList
    add_view_class = RegisterOrganisation
    edit_view_class = ChangeOrganisation
    edit_template_name = "organisations/screens/organisation.html"
    ordering = ["name", "pk"]
    list_display = ["name", "kind", "place", "state", "declaration_until"]
    list_filter = ["kind", "state", "place"]
    search_fields = ["name", "slug"]

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return NameForm if for_update else RegistrationForm

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        names = {f"{name}_url_name": self.get_url_name(name) for name in ("members", "member", "standing")}
        return super().get_common_view_kwargs(**names, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/members/", self.construct_view(MembersScreen), name="members"),
            path("<int:pk>/members/<uuid:person>/", self.construct_view(MemberScreen), name="member"),
            path("<int:pk>/standing/", self.construct_view(StandingScreen), name="standing"),
        ]


class AccessFeatureViewSet(ModelViewSet):
    model = AccessFeature
    icon = "help"
    edit_view_class = LookedEditView
    copy_view_enabled = False
    list_display = ["name", "slug", "position"]
    edit_handler = ObjectList(
        [
            FieldRowPanel([FieldPanel("name"), FieldPanel("slug"), FieldPanel("position")]),
            FieldPanel("question"),
        ]
    )


class OrganisationsViewSetGroup(ModelViewSetGroup):
    items = (OrganisationViewSet, AccessFeatureViewSet)
    menu_label = _("Organisations")
    menu_icon = "group"
    menu_order = 500
