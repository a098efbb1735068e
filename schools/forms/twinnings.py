"""What schools say to each other about being twins."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from looks.forms import LookedForm
from places.school_years import said
from schools.models.twinning import LINKS_UNLESS_CHOSEN, MOST_LINKS


class ContactForm(forms.Form):
    """Saying yes."""

    contact = forms.CharField(
        label=_("Whom can they ring or write to at your school?"),
        help_text=_("A grown-up’s name, and the school’s number or address. The other school sees it."),
        max_length=120,
    )


class ProposalForm(ContactForm):
    """`this` is the school year that runs now."""

    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    note = forms.CharField(
        label=_("What would you like to do together?"),
        help_text=_("Up to 500 letters. The other school reads it. Name no child."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    field_order = ["year", "note", "contact"]

    def __init__(self, *args: Any, this: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = self.fields["year"]
        assert isinstance(years, forms.ChoiceField)
        years.choices = [(str(each), said(each)) for each in (this, this + 1)]


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("Why not? (You need not say.)"),
        help_text=_("Only the officers of your two places read this. The other school never does."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LimitForm(LookedForm):
    most = forms.IntegerField(
        label=_("How many twinnings do you run at once, at most?"),
        min_value=0,
        max_value=MOST_LINKS,
        initial=LINKS_UNLESS_CHOSEN,
    )


class BrokerForm(forms.Form):
    """For officers. Schools are named by their numbers."""

    first = forms.IntegerField(label=_("One school’s register number"), min_value=100_000, max_value=999_999)
    second = forms.IntegerField(label=_("The other’s"), min_value=100_000, max_value=999_999)
    year = forms.TypedChoiceField(label=_("School year"), coerce=int)
    note = forms.CharField(
        label=_("A note to both schools"),
        help_text=_("Why they, and whom to ask. Both schools read it. Name no child."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, this: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = self.fields["year"]
        assert isinstance(years, forms.ChoiceField)
        years.choices = [(str(each), said(each)) for each in (this, this + 1)]
