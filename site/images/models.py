"""Our pictures: what they show in words, and whether the people on them agreed."""

from copy import copy as copy_of
from pathlib import PurePosixPath
from typing import Any, ClassVar
from uuid import uuid4

from django.core.files import File
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, ImageQuerySet
from wagtail.images.models import Image as WagtailImage
from wagtail.models import Collection

from accounts.in_hand import TheirManager
from images import metadata
from jobs.retention import Retention


class PeopleConsent(models.TextChoices):
    """Whether people can be recognised on a picture, and what they said."""

    NO_PEOPLE = "no-people", _("Nobody can be recognised")
    RECORDED = "recorded", _("Everybody agreed, children through their parents")
    NOT_ASKED = "not-asked", _("Not asked yet")


class Picture(AbstractImage):
    """A picture. `description`, Wagtail's own field, is what it shows, in words.

    Where and when it was taken is never kept: every way in (the form, several at once, code) ends in `save`,
    which strips a new file first.
    """

    retention = Retention(
        "file title description uploaded_by_user",
        until="until it is taken down; a year after the organisation closed",
        steps=("organisations.forget_closed_organisations",),
    )

    people_consent = models.CharField(
        _("people on it"), max_length=10, choices=PeopleConsent.choices, default=PeopleConsent.NOT_ASKED
    )

    # Without tags: everybody would see everybody's, and nothing here is found by them.
    admin_form_fields: ClassVar[tuple[str, ...]] = (
        *(name for name in WagtailImage.admin_form_fields if name != "tags"),
        "people_consent",
    )
    objects = TheirManager.from_queryset(ImageQuerySet)()

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=Q(people_consent__in=PeopleConsent.values), name="picture_people_consent_is_known"
            ),
        ]

    @property
    def may_be_shown(self) -> bool:
        """Nobody on it was left unasked."""
        return self.people_consent != PeopleConsent.NOT_ASKED

    def save(self, *args: Any, **kwargs: Any) -> None:
        upload: Any = self.file
        if upload and not upload._committed and not isinstance(upload.file, metadata.StrippedFile):
            self._put_in_place_of_upload(metadata.strip(upload.file, upload.name))
        super().save(*args, **kwargs)

    def copied(self, into: Collection) -> "Picture":
        """A picture of its own that shows the same: each goes when its collection's owner goes."""
        copy: Any = copy_of(self)
        copy.pk, copy._state.adding, copy.collection = None, True, into
        with self.file.open("rb") as original:
            copy.file = File(original, self.filename)
            copy.save()
        return copy

    def get_upload_to(self, filename: str) -> str:
        """A random name: people call files after children ("amina.jpg"), and renditions inherit the name."""
        return f"original_images/{uuid4().hex}{PurePosixPath(filename).suffix.lower()}"

    def _put_in_place_of_upload(self, stripped: metadata.StrippedFile) -> None:
        """Measures, size and fingerprint are then of what is kept."""
        self.file: Any = stripped
        self._set_image_file_metadata()


class Rendition(AbstractRendition):
    """A picture cut and scaled for a page; the only form that is ever served."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_a_filter"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image_id} {self.filter_spec}"
