"""What an activity is like, in the words that cards, pages and feeds share: ages, price, who it is for."""

from decimal import Decimal

from django.utils.translation import gettext as _

from events.models import Audience

NO_LIMIT = 99
"""The oldest age that can be given: nobody means it to the letter."""


def ages_words(youngest: int | None, oldest: int | None) -> str:
    """ "Ages 8–14", "Age 12", "Ages 8 and over", "Up to age 11", "All ages"."""
    if oldest is not None and oldest >= NO_LIMIT:
        oldest = None
    if youngest is None and oldest is None:
        return _("All ages")
    if oldest is None:
        return _("Ages %(age)s and over") % {"age": youngest}
    if youngest is None:
        return _("Up to age %(age)s") % {"age": oldest}
    if youngest == oldest:
        return _("Age %(age)s") % {"age": youngest}
    return _("Ages %(youngest)s–%(oldest)s") % {"youngest": youngest, "oldest": oldest}


def price_words(price: Decimal | None) -> str:
    """ "Free", "50p", "£2", "£2.50", "£1,250"; "Price varies" where the organiser gave none."""
    if price is None:
        return _("Price varies")
    if price == 0:
        return _("Free")
    if price < 1:
        return _("%(pence)sp") % {"pence": f"{price * 100:.0f}"}
    amount = f"{price:,.2f}".removesuffix(".00")
    return _("£%(amount)s") % {"amount": amount}


def price_each_words(price: Decimal | None) -> str:
    """As `price_words`, where other sums may stand beside it: "£2 each time"."""
    return _("%(price)s each time") % {"price": price_words(price)} if price else price_words(price)


def audience_words(audience: str) -> str:
    """ "For girls"; of everyone, "For everyone"."""
    return {
        Audience.EVERYONE: _("For everyone"),
        Audience.GIRLS: _("For girls"),
        Audience.BOYS: _("For boys"),
        Audience.WOMEN: _("For women"),
        Audience.FAMILIES: _("For families"),
    }[Audience(audience)]
