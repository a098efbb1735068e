"""What an officer looks at beside an application: the register, the e-mail's domain, who else is like it.

A check decides nothing. It says what was found, and whether it speaks for the application.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramSimilarity
from django.utils.translation import gettext as _

from organisations.forms.phones import digits
from organisations.models import Application, Kind, Organisation, OrganisationPage
from places.models import School
from places.school_register.names import to_find

LIKE = 0.4
"""From this similarity of trigrams two names are shown side by side: “Spark Boxing”, “Spark Boxing Club”."""
MOST_SHOWN = 5

ANYBODYS = {
    *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.co.uk"),
    *("yahoo.com", "yahoo.co.uk", "icloud.com", "btinternet.com", "aol.com", "proton.me", "sky.com"),
}
"""Domains where everybody can have an address: they speak neither for nor against."""


class Sign(StrEnum):
    GOOD = "good"
    LOOK = "look"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    title: str
    sign: Sign
    found: str


Finder = Callable[[Application], Check | None]

_finders: list[Finder] = []


def made_by(finder: Finder) -> None:
    """A higher app that knows more of an application says so in its `ready()`. Twice is the same as once."""
    if finder not in _finders:
        _finders.append(finder)


def of(application: Application) -> list[Check]:
    """All of them, in the order in which an officer reads them."""
    further = (finder(application) for finder in _finders)
    own = [in_the_register(application), email_domain(application), *duplicates(application)]
    return [*own, *(check for check in further if check)]


def in_the_register(application: Application) -> Check:
    title = _("Register")
    if application.kind != Kind.SCHOOL:
        number = application.charity_number or application.governing_body
        found = _("Look it up: %(number)s") % {"number": number} if number else _("It gave no number.")
        return Check(title, Sign.UNKNOWN, found)
    if application.urn is None:
        return Check(title, Sign.LOOK, _("It gave its name only. Look up its number."))
    school = School.objects.filter(pk=application.urn).first()
    if school is None and not School.objects.exists():
        found = _("No school register is loaded here. Look up number %(urn)s.") % {"urn": application.urn}
        return Check(title, Sign.UNKNOWN, found)
    if school is None:
        return Check(title, Sign.LOOK, _("No school has number %(urn)s.") % {"urn": application.urn})
    return _of_school(title, school, application)


def _of_school(title: str, school: School, application: Application) -> Check:
    """Whether the register's school is called so, is open, and lies in the place."""
    found = [_("Number %(urn)s is %(name)s.") % {"urn": school.urn, "name": school.name}]
    same = to_find(school.name) == to_find(application.name)
    if not school.is_teaching:
        found.append(_("The register says: %(status)s.") % {"status": school.get_status_display().lower()})
    here = application.place is None or school.area_code in application.place.area_codes
    if not here:
        found.append(
            _("It is in %(where)s, not in this place.") % {"where": school.authority or _("another")}
        )
    good = same and school.is_teaching and here
    return Check(title, Sign.GOOD if good else Sign.LOOK, " ".join(found))


def email_domain(application: Application) -> Check:
    """Whether the person signs in with an address of the club that they speak for."""
    title = _("E-mail")
    own = application.applicant.email.rpartition("@")[2].lower()
    public = {application.email.rpartition("@")[2].lower(), _host(application.website)} - {""}
    said = {"own": own, "public": ", ".join(sorted(public))}
    if own in ANYBODYS:
        return Check(title, Sign.UNKNOWN, _("They write from %(own)s, as anybody can.") % said)
    if own in public:
        return Check(title, Sign.GOOD, _("They write from %(own)s, which is the club’s.") % said)
    return Check(title, Sign.LOOK, _("They write from %(own)s. The club’s is %(public)s.") % said)


def duplicates(application: Application) -> list[Check]:
    """Organisations and open applications of the place with a name like it, or with its phone."""
    found = [*_like_by_name(application), *_same_phone(application)]
    if found:
        return [Check(_("Like it"), Sign.LOOK, words) for words in dict.fromkeys(found)]
    return [Check(_("Like it"), Sign.GOOD, _("Nothing here has a name or phone like it."))]


def _like_by_name(application: Application) -> list[str]:
    like = TrigramSimilarity("name", application.name)
    here = Organisation.objects.filter(place=application.place).annotate(like=like).filter(like__gte=LIKE)
    asking = Application.objects.open().filter(place=application.place).exclude(pk=application.pk)
    asking = asking.annotate(like=like).filter(like__gte=LIKE)
    return [
        *(
            _("%(name)s is here already (%(state)s).")
            % {"name": one.name, "state": one.get_state_display().lower()}
            for one in here.order_by("-like")[:MOST_SHOWN]
        ),
        *(_("%(name)s asks too.") % {"name": one.name} for one in asking.order_by("-like")[:MOST_SHOWN]),
    ]


def _same_phone(application: Application) -> list[str]:
    mine = _phones(application)
    pages = OrganisationPage.objects.filter(organisation__place=application.place).exclude(phone="")
    same = [name for name, phone in pages.values_list("organisation__name", "phone") if digits(phone) in mine]
    asking = Application.objects.open().filter(place=application.place).exclude(pk=application.pk)
    too = [one.name for one in asking.order_by("started_at") if one.name and mine & _phones(one)]
    return [
        *(_("%(name)s has the same phone.") % {"name": name} for name in same[:MOST_SHOWN]),
        *(_("%(name)s asks too, with the same phone.") % {"name": name} for name in too[:MOST_SHOWN]),
    ]


def _phones(application: Application) -> set[str]:
    """The public one and those of the two adults."""
    given = (application.phone, application.first_phone, application.second_phone)
    return {digits(phone) for phone in given if phone}


def _host(website: str) -> str:
    return (urlsplit(website).hostname or "").removeprefix("www.")
