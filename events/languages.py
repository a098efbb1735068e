"""What a language is called: by our name, and by that of those who speak it."""

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString


def words(name: str, code: str, autonym: str) -> SafeString:
    """Markup of "Urdu (اردو)": who speaks it finds it without reading English.

    `code` is BCP 47's, so that the second name is read aloud and drawn as that language is.
    """
    if autonym in {"", name}:
        return escape(name)
    return format_html('{} (<bdi lang="{}">{}</bdi>)', name, code, autonym)
