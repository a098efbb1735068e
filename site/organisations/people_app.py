"""Wagtail's app of people and groups, with our screens in place of its own."""

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleConfig(WagtailUsersAppConfig):
    user_viewset = "organisations.screens.staff.PeopleViewSet"
    group_viewset = "organisations.screens.staff.StaffGroupViewSet"
