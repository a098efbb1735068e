"""What is known of somebody who applies for a school because of a letter on paper."""

from django.utils.translation import gettext as _

from organisations.checks import Check, Sign
from organisations.models import Application
from organisations.slots import Part
from schools.models import PaperLetter


def waiting(application: Application) -> Part | None:
    """Who asked their school: it is for this that they apply."""
    found = [each for each in _letters(application) if each.school_id == application.urn]
    others = [each.twinning.other(each.school).name for each in found]
    return Part("schools/organise/applying.html", {"others": others}) if others else None


def letter(application: Application) -> Check | None:
    """Whether they have the letter to the school that they speak for; none where they used no code."""
    found = _letters(application)
    if not found:
        return None
    theirs = [each for each in found if each.school_id == application.urn]
    said = {"school": (theirs or found)[0].school}
    if theirs:
        words = _("They used the code of a letter that was posted to %(school)s.") % said
        return Check(_("Letter"), Sign.GOOD, words)
    words = _("They used the code of a letter to %(school)s. They apply for another one.") % said
    return Check(_("Letter"), Sign.LOOK, words)


def _letters(application: Application) -> list[PaperLetter]:
    rows = PaperLetter.objects.filter(application=application)
    return list(rows.select_related("school", "twinning__first", "twinning__second"))
