"""The choices of the form of filters, in words."""

from django.utils.translation import gettext_lazy as _

from events.query import DAYS
from events.wording import short_weekday_words, weekday_words

WHEN_WORDS = {
    "today": _("Today"),
    "tomorrow": _("Tomorrow"),
    "weekend": _("This weekend"),
    "week": _("Next 7 days"),
    "month": _("Next 31 days"),
}
TIME_WORDS = {
    "morning": _("Morning, before 12"),
    "afterschool": _("After school, 3 to 6 pm"),
    "evening": _("Evening, 6 pm or later"),
}
VIEW_WORDS = {
    "list": _("List"),
    "calendar": _("Calendar"),
    "map": _("Map"),
}
VIEW_ICONS = {"list": "list", "calendar": "calendar", "map": "map-pin"}
AUDIENCE_WORDS = {
    "girls": _("Made for girls"),
    "boys": _("Made for boys"),
    "women": _("Made for women"),
    "families": _("Made for families"),
}
# Below a heading that says "Made for".
SHORT_AUDIENCE_WORDS = {
    "girls": _("Girls"),
    "boys": _("Boys"),
    "women": _("Women"),
    "families": _("Families"),
}
SORT_WORDS = {
    "match": _("Best match"),
    "date": _("Next date"),
    "distance": _("Distance"),
    "title": _("A to Z"),
}
MILES = (1, 2, 3, 5, 10, 20, 50)
AGES = range(0, 20)


def day_words(day: str) -> str:
    return weekday_words(DAYS.index(day))


def short_day_words(day: str) -> str:
    return short_weekday_words(DAYS.index(day))
