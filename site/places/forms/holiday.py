"""Editing a bank holiday."""

from wagtail.admin.forms import WagtailAdminModelForm

from places.models import BankHoliday, Place
from places.signals import school_year_changed


class BankHolidayForm(WagtailAdminModelForm):
    """Tells whoever keeps dates that a nation's holidays have changed, of the nation it was before too."""

    def save(self, commit: bool = True) -> BankHoliday:
        nations = {self.initial.get("nation"), self.cleaned_data["nation"]}
        holiday = super().save(commit)
        if commit and self.has_changed():
            places = list(Place.objects.filter(nation__in=nations - {None}))
            school_year_changed.send(sender=BankHoliday, places=places)
        return holiday
