"""What the CMS shows of places: places with their terms, and the bank holidays, to platform staff."""

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permissions import register_permission_policy

from looks.editors import LookedEditView
from places.forms.holiday import BankHolidayForm
from places.forms.place import PlaceForm
from places.models import BankHoliday, Place
from places.permissions import PlatformStaffOnly

register_permission_policy(Place, PlatformStaffOnly(Place, never={"delete"}))
register_permission_policy(BankHoliday, PlatformStaffOnly(BankHoliday))


class PlaceViewSet(ModelViewSet):
    model = Place
    icon = "site"
    list_display = ["name", "slug", "nation"]
    search_fields = ["name"]
    edit_view_class = LookedEditView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [
            FieldPanel("name"),
            FieldPanel("slug"),
            FieldPanel("introduction"),
            FieldPanel("area_codes"),
            MultiFieldPanel([FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")])], _("Centre")),
            MultiFieldPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")], _("Contact")),
            MultiFieldPanel(
                [
                    FieldPanel("safeguarding_name"),
                    FieldPanel("safeguarding_phone"),
                    FieldPanel("safeguarding_email"),
                ],
                _("Safeguarding"),
            ),
            FieldPanel("nation"),
            InlinePanel(
                "terms",
                [FieldPanel("name"), FieldRowPanel([FieldPanel("first_day"), FieldPanel("last_day")])],
                heading=_("Terms"),
                label=_("Term"),
                help_text=_(
                    "Half terms are two terms with the holiday between them. Activities “in term time” stop "
                    "with the last term given here."
                ),
            ),
        ],
        base_form_class=PlaceForm,
    )


class BankHolidayViewSet(ModelViewSet):
    model = BankHoliday
    icon = "date"
    list_display = ["date", "name", "nation"]
    list_filter = ["nation"]
    search_fields = ["name"]
    ordering = ["date", "nation"]
    edit_view_class = LookedEditView
    copy_view_enabled = False
    edit_handler = ObjectList(
        [FieldPanel("nation"), FieldPanel("date"), FieldPanel("name")], base_form_class=BankHolidayForm
    )


class PlacesViewSetGroup(ModelViewSetGroup):
    menu_label = _("Places")
    menu_icon = "site"
    menu_order = 300
    items = (PlaceViewSet, BankHolidayViewSet)


@hooks.register("register_admin_viewset")
def register_places() -> PlacesViewSetGroup:
    return PlacesViewSetGroup()
