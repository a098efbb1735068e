"""The questions that parents are told to ask before they leave a child with anybody, and what we know.

After the Department for Education's guidance on after-school clubs. What nobody has answered stays a
question: a parent who reads it knows what to ask.
"""

from typing import NamedTuple

from django.utils.translation import gettext as _

from events.activity_page import Content
from organisations import declared
from organisations.models import Declaration


class Question(NamedTuple):
    asked: str
    answer: str
    """Empty where nobody has said."""


def questions(content: Content) -> list[Question]:
    """All of them, in the order in which the guidance has them."""
    activity, contact = content.activity, content.host.page
    said = content.declaration or Declaration()
    checks = declared.police_checks(said, content.host.place.nation)
    return [
        Question(_("Who keeps children safe here?"), contact.safeguarding_contact or declared.lead(said)),
        Question(_("Which adults are there?"), activity.adults),
        Question(_("Has every helper had a police check (DBS)?"), checks),
        Question(_("May I see your rules for keeping children safe?"), said.policy_where),
        Question(_("Who can give first aid?"), said.first_aid),
        Question(_("What happens if there is a fire or an accident?"), said.emergencies),
        Question(_("Are you insured?"), declared.insurance(said)),
        Question(_("Do I stay, or drop off?"), activity.get_stay_display() if activity.stay else ""),
        Question(_("Who may take my child home?"), said.collecting),
        Question(_("Do you take photos? Who sees them?"), said.photographs),
    ]
