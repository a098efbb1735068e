"""Documents are PDF, by name and by what is in them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm

BEGINS = b"%PDF-"


class DocumentForm(BaseDocumentForm):
    """Wagtail looks at the name only; a page of script may call itself .pdf too."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            file.seek(0)
            begins = file.read(len(BEGINS))
            file.seek(0)
            if begins != BEGINS:
                raise ValidationError(_("This is not a PDF. Save it as PDF and try once more."))
        return file
