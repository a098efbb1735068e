"""Which browser somebody signed in with, in words that they know."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that stands in what a browser says of itself: most claim to be others as well.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Macintosh": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def browser_words(said: str) -> str:
    """`Mozilla/5.0 (iPhone; …) … Safari/604.1` is "Safari on iPhone"."""
    browser = next((name for mark, name in BROWSERS.items() if mark in said), "")
    device = next((name for mark, name in DEVICES.items() if mark in said), "")
    if browser and device:
        return _("%(browser)s on %(device)s") % {"browser": browser, "device": device}
    return browser or device or _("Another browser")
