"""Registers in plain words: why nothing is shown, and what one could try."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from diversity.disclosure import Interval
from diversity.reading import Advice, Reading, Silence, Standing

STANDINGS: Mapping[Standing, Promise] = {
    Standing.WELL_BELOW: gettext_lazy("People here are well below as mixed as the people around you."),
    Standing.ABOUT: gettext_lazy("People here are about as mixed as the people around you."),
    Standing.ABOVE: gettext_lazy("People here are more mixed than the people around you."),
}

ADVICE: Mapping[Advice, Promise] = {
    Advice.SAME_SESSION: gettext_lazy(
        "Different groups come on different days. Plan one session in four for all of them together."
    ),
    Advice.ONE_GROUP: gettext_lazy(
        "Nearly all are of one group. Run a session together with a club or a school whose people are others."
    ),
    Advice.WHO_IS_MISSING: gettext_lazy(
        "Some who live near do not come. Ask a group that they trust what keeps them away: the day, the "
        "price, the way there, or the words of the poster."
    ),
    Advice.MEET_AGAIN: gettext_lazy("Meet again. Once is not enough to get to know each other."),
    Advice.ASK_AGAIN: gettext_lazy(
        "More answers make the figures surer. Say who sees the answers, and that nobody has to give one."
    ),
}


def in_100(chance: float) -> int:
    return round(chance * 100)


def count_words(count: int | Interval) -> str:
    """ "12"; "1–4" where no more may be told."""
    return f"{count[0]}–{count[1]}" if isinstance(count, tuple) else str(count)


def apart_words(read: Reading) -> str:
    """Two lists are never read as one."""
    if not read.apart:
        return ""
    return ngettext(
        "On %(days)s other count day people were asked with another list of groups. "
        "It is not in these figures.",
        "On %(days)s other count days people were asked with another list of groups. "
        "They are not in these figures.",
        read.apart,
    ) % {"days": read.apart}


def silence_words(read: Reading, *, may_stand: bool) -> list[str]:
    """Why no figure is shown, and what would change that. `may_stand`: words could be told to the reader,
    once there are answers enough."""
    if read.silence == Silence.OPEN:
        return [
            _("This session is still open. So far %(number)s answered.") % {"number": read.answered},
            _("You can read what it means two hours after it ends."),
        ]
    if read.silence == Silence.NOBODY_ASKED:
        return [
            _("Nobody was asked about groups yet, so there is nothing to read."),
            _("A count day would change that."),
        ]
    if read.silence == Silence.FEW_ANSWERED:
        return [
            _("Too few of those who came answered. Those who did not could change the picture."),
            _("We show figures when 70 in 100 or more answer."),
        ]
    if read.silence == Silence.TOO_FEW:
        why = _("Too few people answered to show figures: they could point at one child.")
        return [why, *_in_words(read, may_stand)]
    return []


def _in_words(read: Reading, may_stand: bool) -> list[str]:
    if read.standing:
        return [str(STANDINGS[read.standing])]
    if may_stand:
        return [_("After three count days with 20 answers together you can read in words how mixed you are.")]
    return [_("20 people who answer at one session would change that.")]
