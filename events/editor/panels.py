"""How the editor of an activity is laid out: in the order in which a family asks."""

from typing import Any

from django.forms import CheckboxSelectMultiple, RadioSelect, Select
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.panels.base import get_form_for_model

from events.editor.summary import DatesSummaryPanel
from events.forms.activity import ActivityForm
from events.forms.rule import ScheduleRuleForm
from events.models.activity import Activity
from events.models.schedule import ScheduleRule


class RulesPanel(InlinePanel):
    """The schedule's rules, each checked by `ScheduleRuleForm`."""

    def get_form_options(self) -> dict[str, Any]:
        options = super().get_form_options()
        formset = options["formsets"]["rules"]
        # Built only now, so that the venue's field is the chooser and never a list of everybody's venues.
        formset["form"] = get_form_for_model(
            ScheduleRule, form_class=ScheduleRuleForm, fields=formset["fields"], widgets=formset["widgets"]
        )
        return options


class ContactPanel(Panel):
    """Shows the organisation's contact, which is kept on its own page."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "events/editor/contact.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            parent = getattr(self.form, "parent_page", None)
            return {**super().get_context_data(parent_context), "page": parent.specific if parent else None}


WHAT = MultiFieldPanel(
    [
        TitleFieldPanel("title", help_text=_("A few words that a 13-year-old would say.")),
        FieldPanel("summary", help_text=_("What happens, in one plain sentence.")),
        FieldPanel("type", widget=Select),
        FieldPanel("body"),
        FieldPanel("picture", help_text=_("Optional: without one we weave a cover for you.")),
        FieldRowPanel([FieldPanel("age_from"), FieldPanel("age_to"), FieldPanel("audience")]),
        FieldPanel("aims", widget=CheckboxSelectMultiple),
    ],
    heading=_("What and for whom"),
)
WHEN = MultiFieldPanel(
    [
        RulesPanel(
            "rules",
            [
                FieldRowPanel([FieldPanel("first_date"), FieldPanel("start"), FieldPanel("end")]),
                FieldRowPanel([FieldPanel("repeat"), FieldPanel("season")]),
                FieldPanel("weekdays"),
                FieldPanel("interval"),
                FieldRowPanel([FieldPanel("until"), FieldPanel("times")]),
                FieldRowPanel([FieldPanel("left_out"), FieldPanel("added")]),
                FieldPanel("venue"),
            ],
            label=_("Dates"),
        ),
        DatesSummaryPanel(),
    ],
    heading=_("When"),
)
WHERE = MultiFieldPanel(
    [FieldPanel("venue", help_text=_("Find it by its postcode or name."))], heading=_("Where")
)
TAKING_PART = MultiFieldPanel(
    [
        FieldPanel("joining", widget=RadioSelect),
        FieldPanel("booking_address"),
        FieldRowPanel([FieldPanel("price"), FieldPanel("price_note"), FieldPanel("places")]),
        FieldRowPanel([FieldPanel("alone"), FieldPanel("parent_form")]),
    ],
    heading=_("How to take part"),
)
FIRST_TIME = MultiFieldPanel(
    [FieldPanel("welcome"), FieldPanel("bring"), FieldPanel("watch_first")], heading=_("Your first time")
)
GETTING_THERE = MultiFieldPanel(
    [FieldPanel("bus"), FieldPanel("step_free_way"), FieldPanel("parking")], heading=_("Getting there")
)
GOOD_TO_KNOW = MultiFieldPanel(
    [
        InlinePanel(
            "access",
            [
                FieldRowPanel(
                    [FieldPanel("feature", widget=Select), FieldPanel("answer"), FieldPanel("checked_on")]
                ),
                FieldPanel("note"),
            ],
            label=_("Access feature"),
            heading=_("Access"),
            help_text=_(
                "Say no where it is no: people plan with it. What you leave out counts as not known."
            ),
        ),
        FieldPanel("entrance_picture"),
        FieldPanel("languages", widget=CheckboxSelectMultiple),
        FieldRowPanel([FieldPanel("stay"), FieldPanel("adults")]),
        FieldPanel("food"),
    ],
    heading=_("Good to know"),
)
CONTACT = MultiFieldPanel([ContactPanel()], heading=_("Contact"))

EDIT_HANDLER = TabbedInterface(
    [
        ObjectList(
            [WHAT, WHEN, WHERE, TAKING_PART, FIRST_TIME, GETTING_THERE, GOOD_TO_KNOW, CONTACT],
            heading=_("Activity"),
        ),
        ObjectList([FieldPanel("slug"), PublishingPanel()], heading=_("Address and publishing")),
    ],
    base_form_class=ActivityForm,
)


def install() -> None:
    """Give the model its editor. Models know nothing of forms, so this is done when the app is ready."""
    Activity.edit_handler = EDIT_HANDLER
    Activity.base_form_class = ActivityForm
