"""Holes in markup that is written once and filled in at every reading."""

from django import template
from django.utils.safestring import SafeString

from events import prepared

register = template.Library()


@register.simple_tag
def hole(*names: str) -> SafeString:
    """`{% hole "checked" name slug %}`: where `events.prepared` puts a word in."""
    return SafeString(prepared.hole("-".join(map(str, names))))  # nosec B703
