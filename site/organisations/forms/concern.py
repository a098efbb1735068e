"""What somebody worries about. One question must be answered; all else may stay empty."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisations import visitor_forms
from organisations.actions.concerns import Told
from places.models import Place

PURPOSE = "concern"
LONGEST = 10_000


class ConcernForm(forms.Form):
    """`about` says what the page before was about; `token` is `visitor_forms`' own."""

    about = forms.CharField(required=False, widget=forms.HiddenInput)
    token = forms.CharField(required=False, widget=forms.HiddenInput)
    what = forms.CharField(
        label=_("What happened, or what worries you?"),
        max_length=LONGEST,
        help_text=_("Write as much or as little as you like. You do not need to be sure."),
        widget=forms.Textarea(attrs={"rows": 7, "autocomplete": "off"}),
        error_messages={"required": _("Tell us in a few words what worries you.")},
    )
    where = forms.CharField(
        label=_("Where was it, and when?"),
        required=False,
        max_length=500,
        help_text=_("The club, school or activity. Leave it empty if you do not know."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    place = forms.ChoiceField(
        label=_("Which area is it in?"),
        required=False,
        help_text=_("So that the right people read it."),
    )
    under_18 = forms.BooleanField(label=_("I am under 18"), required=False)
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=120,
        help_text=_("Only if you want to say it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    contact = forms.CharField(
        label=_("How can we reach you safely?"),
        required=False,
        max_length=200,
        help_text=_("Only if you want us to. A phone number or an e-mail, and when to use it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    website = forms.CharField(
        label=_("Leave this box empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, place_known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = [] if place_known else list(Place.objects.order_by("name").values_list("slug", "name"))
        if len(places) < 2:
            del self.fields["place"]
        else:
            self.fields["place"].choices = [("", _("I am not sure")), *places]

    def clean_website(self) -> str:
        """A trap for programs. A person who falls into it is told, and loses nothing."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Please take out what stands in this box, then send it again."))
        return ""

    def clean_token(self) -> str:
        if not visitor_forms.is_good(PURPOSE, self.cleaned_data["token"]):
            raise ValidationError(_("This page was open for a long time. Please press Send once more."))
        return self.cleaned_data["token"]

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(**{name: given[name] for name in ("what", "where", "name", "contact", "under_18")})
