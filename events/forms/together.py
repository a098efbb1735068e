"""Naming another organisation to run an activity with."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.models import Organisation


class InviteForm(forms.Form):
    """By its name, or by the address of its page: nobody scrolls through a list of thousands."""

    organisation = forms.CharField(
        label=gettext_lazy("Which organisation?"),
        help_text=gettext_lazy("Its name as on its page, or the page's address."),
        max_length=300,
    )

    def clean_organisation(self) -> Organisation:
        text = " ".join(self.cleaned_data["organisation"].split())
        public = Organisation.objects.public(timezone.localdate()).select_related("place")
        slug = text.rstrip("/").rpartition("/")[2].casefold()
        found: list[Any] = list(public.filter(slug=slug)) or list(public.filter(name__iexact=text)[:2])
        if not found:
            raise forms.ValidationError(
                _("We do not know it. Look for it under Organisers and copy its name or address.")
            )
        if len(found) > 1:
            raise forms.ValidationError(_("Several have this name. Give the address of its page."))
        return found[0]
