"""The activity's form: what cannot be true together, said beside the field."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from events import asked, dates
from events.models import Activity, Joining
from organisations.models import Organisation, OrganisationPage, Venue
from organisations.wall.forms import OnlyTheirs


class ActivityForm(OnlyTheirs, WagtailAdminPageForm):
    """Knows the host from the page above, and with it whose venues and which terms hold."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody needs to think of an address: an empty one is made from the title.
        self.fields["slug"].required = False
        self._fix_address()
        self.host = _host(self.parent_page)
        if self.host and not self.instance.host_id:
            self.instance.host = self.host
        if self.host and "rules" in self.formsets:
            year = dates.school_year(self.host.place)
            for form in self.formsets["rules"].forms:
                form.school_year = year

    def _fix_address(self) -> None:
        """Shared links rest on the address: once public, only platform staff change it.

        An old version or a draft of another address brings that back for nobody else either.
        """
        if self.instance.first_published_at and not (self.for_user and self.for_user.is_superuser):
            field = self.fields["slug"]
            field.disabled = True
            field.help_text = _("People have this address by now, so it stays.")
            self.initial["slug"] = Page.objects.values_list("slug", flat=True).get(pk=self.instance.pk)

    def clean_venue(self) -> Venue | None:
        return self._usable(self.cleaned_data.get("venue"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._check_ages(cleaned)
        if cleaned.get("joining") == Joining.BOOK and not cleaned.get("booking_address"):
            self.add_error("booking_address", _("Give the address where people book, or join another way."))
        self._check_access()
        self._check_rule_venues()
        self._keep_rules_identity()
        return cleaned

    def _check_ages(self, cleaned: dict[str, Any]) -> None:
        youngest, oldest = cleaned.get("age_from"), cleaned.get("age_to")
        if youngest is not None and oldest is not None and youngest > oldest:
            self.add_error("age_to", _("The oldest age must not be below the youngest."))

    def _check_access(self) -> None:
        """Each access feature once."""
        seen = set()
        for form in self._kept("access"):
            feature = form.cleaned_data.get("feature")
            if feature in seen:
                form.add_error("feature", _("This is answered twice. Keep one."))
            seen.add(feature)

    def _check_rule_venues(self) -> None:
        for form in self._kept("rules"):
            try:
                self._usable(form.cleaned_data.get("venue"))
            except ValidationError as error:
                form.add_error("venue", error)

    def _keep_rules_identity(self) -> None:
        """Each rule of the draft once: a line sent twice is itself and a new one."""
        loaded = {rule.uuid: rule for rule in self.instance.rules.all()}
        forms = self._kept("rules")
        for form in forms:
            if form.instance.pk is not None:
                loaded.pop(form.instance.uuid, None)
        for form in forms:
            form.keep_identity(loaded)
            loaded.pop(form.instance.uuid, None)

    def _kept(self, name: str) -> list[Any]:
        """The child forms that are valid so far and not marked for deletion."""
        if name not in self.formsets:
            return []
        forms = [form for form in self.formsets[name].forms if form.is_valid()]
        return [form for form in forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]

    def _usable(self, venue: Venue | None) -> Venue | None:
        """The host's own venue, a shared one, or one of who runs it too; another's is as good as unknown."""
        if venue and self.host and not self._venues().filter(pk=venue.pk).exists():
            raise ValidationError(_("Choose one of your own venues or a shared one."))
        return venue

    def _venues(self) -> QuerySet[Venue]:
        if self.instance.pk:
            return asked.venues_for(Activity.objects.select_related("host").get(pk=self.instance.pk))
        return Venue.objects.usable_by(self.host)


def _host(parent: Any) -> Organisation | None:
    page = parent.specific if parent else None
    return page.organisation if isinstance(page, OrganisationPage) else None
