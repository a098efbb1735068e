"""The form on which a picture is added: what it shows, and whether the people on it agreed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from images import metadata
from images.models import PeopleConsent


class PictureField(WagtailImageField):
    """A picture's file, stripped before anything is measured on it.

    Wagtail reads only a file's head and fails where that is cut short; here that is words beside the field.
    """

    def to_python(self, data: Any) -> metadata.StrippedFile | None:
        try:
            file = super().to_python(data)
            return file and metadata.strip(file, file.name)
        except (metadata.UnreadablePicture, *metadata.BROKEN) as fault:
            raise ValidationError(
                _("We could not read this picture. Save it again as JPEG or PNG and try once more."),
                code="unreadable",
            ) from fault


class PictureForm(BaseImageForm):
    """Wagtail's picture form in our words and with our field for the file, wherever it has one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if consent := self.fields.get("people_consent"):
            # Without an answer it is "not asked yet". Were it required, Wagtail would park files that are
            # sent together, unstripped, until the answer came.
            consent.required = False
        if theirs := self.fields.get("file"):
            self.fields["file"] = PictureField(
                label=theirs.label,
                required=theirs.required,
                help_text=theirs.help_text,
                widget=theirs.widget,
            )

    class Meta(BaseImageForm.Meta):
        labels = {"description": _("What it shows, in words")}
        help_texts = {
            "description": _(
                "Say what somebody who cannot see the picture should know: “Girls and boys making bread "
                "at a long table”. Pages without it are harder to use."
            ),
            "people_consent": _("Everybody you can recognise must have agreed; children through a parent."),
        }

    def clean_people_consent(self) -> str:
        return self.cleaned_data["people_consent"] or PeopleConsent.NOT_ASKED
