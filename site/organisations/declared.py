"""What follows from a declaration: how long it holds, and what parents read of it."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Declaration, Vetting
from places.models import Nation

TRAINING_HOLDS_YEARS = 2
"""Leads are trained again every two years, as guidance for schools and clubs has it."""

POLICE_CHECKS = {
    Nation.ENGLAND_AND_WALES: gettext_lazy("DBS"),
    Nation.SCOTLAND: gettext_lazy("Disclosure Scotland"),
    Nation.NORTHERN_IRELAND: gettext_lazy("AccessNI"),
}


def holds_until(declaration: Declaration, signed_on: datetime.date) -> datetime.date:
    """The last day: a year from signing, or its earliest component, whichever comes first.

    1. Twelve months, the day before the day of signing comes round.
    2. The insurance.
    3. The day by which the rules are gone through again.
    4. The training of lead and deputy, two years each.
    """
    ends = [
        years_after(signed_on, 1) - datetime.timedelta(days=1),
        declaration.insurance_until,
        declaration.policy_review_by,
        *(
            years_after(trained, TRAINING_HOLDS_YEARS)
            for trained in (declaration.lead_trained_on, declaration.deputy_trained_on)
            if trained
        ),
    ]
    return min(day for day in ends if day)


def years_after(day: datetime.date, years: int) -> datetime.date:
    """29 February is followed by 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def police_checks(declaration: Declaration, nation: str) -> str:
    """ "Everyone who helps (DBS, enhanced). Last looked at in May 2026." Empty where nothing is said."""
    if not declaration.vetting:
        return ""
    if declaration.vetting == Vetting.NOBODY:
        return _("No, nobody yet.")
    kind = ", ".join(
        part
        for part in (str(POLICE_CHECKS[Nation(nation)]), declaration.get_vetting_level_display().lower())
        if part
    )
    said = _("%(who)s (%(kind)s).") % {"who": declaration.get_vetting_display(), "kind": kind}
    if declaration.vetting_seen_on:
        said = f"{said} " + _("Last looked at in %(month)s.") % {
            "month": date_format(declaration.vetting_seen_on, "YEAR_MONTH_FORMAT")
        }
    return said


def insurance(declaration: Declaration) -> str:
    if not declaration.insurance_until:
        return ""
    return _("Yes, until %(day)s.") % {"day": date_format(declaration.insurance_until, "j F Y")}


def lead(declaration: Declaration) -> str:
    """ "Sam Okoro, head coach, 01632 960100" """
    return ", ".join(
        part for part in (declaration.lead_name, declaration.lead_role, declaration.lead_phone) if part
    )
