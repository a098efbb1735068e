"""Forms about something as it was when the page was drawn."""

from typing import Any

from django import forms

import looks


class LookedForm(forms.Form):
    """Its hidden field says what the person looks at; the form or its action compares it with `now`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, now: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.look_at(now)

    def look_at(self, now: str) -> None:
        self.now = now
        self.fields["seen"].initial = now

    def add_error(self, field: str | None, error: Any) -> None:
        """What is wrong with an old look is said above the form, by a page that shows what is there now:
        whoever sends that again has seen it."""
        if field == "seen":
            self.data = self.data.copy()
            self.data[self.add_prefix("seen")] = self.now
            field = None
        super().add_error(field, error)


class LookedModelForm(LookedForm, forms.ModelForm):
    """About some fields of a row. Its action holds the row and compares."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = tuple(str(name) for name in self._meta.fields or ())
        self.look_at(looks.version(self.instance, self.names))

    @property
    def said(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "seen"}

    @property
    def look(self) -> looks.Look:
        return looks.Look(self.names, self.cleaned_data["seen"])
