"""What is missing, said in the editor: in a side panel, and by Wagtail's content checks of the preview."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.userbar import ContentCheckerItem

from events.completeness import WORDS, missing


class MissingSidePanel(BaseSidePanel):
    """Counts and lists what families would still ask."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show what is missing")
        icon_name = "list-ul"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            return {**super().get_context_data(parent_context), "count": len(missing(self.panel.object))}

    name = "missing"
    title = _("What is missing")
    template_name = "events/editor/missing.html"
    order = 90

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        return {**super().get_context_data(parent_context), "missing": missing(self.object)}


def _rule(slug: str) -> str:
    return f"missing-{slug}"


class MissingFactsChecker(ContentCheckerItem):
    """Wagtail's content checks, and one more for each fact that the preview marks with `data-missing`.

    An element so marked never has an `aria-label`, so a rule that asks for one finds each mark.
    """

    axe_run_only = [*ContentCheckerItem.axe_run_only, *map(_rule, WORDS)]
    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        *(
            {
                "id": _rule(slug),
                "impact": "moderate",
                "selector": f'[data-missing="{slug}"]',
                "tags": ["best-practice"],
                "any": ["aria-label"],
                "enabled": True,
            }
            for slug in WORDS
        ),
    ]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        **{_rule(slug): {"error_name": _("Missing"), "help_text": words} for slug, words in WORDS.items()},
    }
