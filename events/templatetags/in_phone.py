"""What a page gives its scripts that keep registers in the phone."""

import json

from django import template

from accounts.models import User
from events import stored_registers
from events.wording.registers import waiting_words

register = template.Library()


@register.simple_tag
def words_of_waiting() -> str:
    """`{% words_of_waiting as words %}`: JSON for an attribute."""
    return json.dumps(waiting_words())


@register.simple_tag
def sign_of(user: User) -> str:
    """`{% sign_of user as person %}`: whether the same person is signed in again, and no more."""
    return stored_registers.person(user)
