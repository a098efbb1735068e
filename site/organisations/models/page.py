"""The public pages of organisations: words and pictures. `Organisation` carries the facts."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester

from accounts import in_hand
from jobs.retention import Retention
from organisations.models.organisation import Organisation

BELOW_HOME = 3
LONGEST_LEAD = 160
"""How deep in the tree what stands below the home page is."""
RICH_TEXT = ["bold", "italic", "ul", "ol", "link"]


class SeenByAll(PagePermissionTester):
    """Our own views answer for the page, and Wagtail's dialog for private pages would change nothing."""

    def can_set_view_restrictions(self) -> bool:
        """What nobody may see yet is a draft."""
        return False


class EditorsPermissions(SeenByAll):
    """What a person may do with an organisation's page or an activity below it.

    Nobody outside platform staff holds Wagtail's publish right; its place is taken by the role in the
    organisation. What then goes live is decided by the action that every publication ends in.
    """

    def __init__(self, user: AbstractBaseUser, page: Page, organisation_id: int) -> None:
        super().__init__(user, page)
        if user.is_active and not user.is_superuser:
            mine = Organisation.objects.edited_by(user).filter(pk=organisation_id).exists()
            self.permissions = {"add", "change", "publish"} if mine else set()

    def can_lock(self) -> bool:
        return self.user.is_superuser

    def can_unlock(self) -> bool:
        return self.user.is_superuser

    def can_reorder_children(self) -> bool:
        """Activities stand by their dates, nowhere by their place in the tree."""
        return self.user.is_superuser

    def can_move(self) -> bool:
        """To another organisation: who answers for both."""
        return super().can_move() and (self.user.is_superuser or self.user.offices.exists())


class WholeVersions:
    """A version of a page is read past the second wall: what it names stays, whoever looks at it.

    Wagtail would leave out of it what the person in hand may not see, and save it so.
    """

    def with_content_json(self, content: dict[str, Any]) -> Any:
        with in_hand.held_by(None):
            return super().with_content_json(content)


class OrganisersPage(Page):
    """`/organisers/`: everyone who runs activities. Organisations' pages stand below it."""

    max_count = 1
    subpage_types: ClassVar[list[str]] = ["organisations.OrganisationPage"]
    content_panels = Page.content_panels
    promote_panels: ClassVar[list] = []

    class Meta:
        verbose_name = _("organisers")

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return SeenByAll(user, self)

    @classmethod
    def can_exist_under(cls, parent: Page) -> bool:
        """Below the home page only. Else Wagtail counts, for each page in a list, how many there are."""
        return parent.depth == BELOW_HOME - 1 and super().can_exist_under(parent)


class OrganisationPage(WholeVersions, Page):
    """An organisation's public page at `/organisers/<slug>/`."""

    retention = Retention(
        "summary body picture email phone website safeguarding_contact",
        until="a year after the organisation closed; as long as the declaration that names them",
        steps=("organisations.forget_closed_organisations", "organisations.forget_declarations"),
    )

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="page", editable=False
    )
    summary = models.CharField(_("in one sentence"), max_length=200, blank=True)
    body = RichTextField(_("about us"), features=RICH_TEXT, blank=True)
    picture = models.ForeignKey(
        "images.Picture",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    email = models.EmailField(
        _("public e-mail"), blank=True, help_text=_("The organisation's, never a person's own.")
    )
    phone = models.CharField(
        _("public phone"),
        max_length=30,
        blank=True,
        help_text=_("The organisation's, never a person's own number."),
    )
    website = models.URLField(_("website"), blank=True)
    safeguarding_contact = models.CharField(
        _("safeguarding lead"), max_length=LONGEST_LEAD, blank=True, editable=False
    )
    """Whom its declaration names, written when it is signed."""

    template = "organisations/organisation.html"
    parent_page_types: ClassVar[list[str]] = ["organisations.OrganisersPage"]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldPanel("email"),
                FieldPanel("phone"),
                FieldPanel("website"),
            ],
            heading=_("How to reach us"),
        ),
    ]
    promote_panels: ClassVar[list] = []

    class Meta:
        verbose_name = _("organisation's page")
        verbose_name_plural = _("organisations' pages")

    def with_content_json(self, content: dict[str, Any]) -> Any:
        """Who leads on safety is whom it declares now, whatever an older version says."""
        version = super().with_content_json(content)
        version.safeguarding_contact = self.safeguarding_contact
        return version

    def serializable_data(self) -> dict[str, Any]:
        """So no version keeps that name for longer than the declaration does."""
        return {**super().serializable_data(), "safeguarding_contact": ""}

    def permissions_for_user(self, user: AbstractBaseUser) -> PagePermissionTester:
        return EditorsPermissions(user, self, self.organisation_id)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """For the editor's preview alone: visitors are answered by `organisations.views.public`."""
        from organisations.views import public  # noqa: PLC0415 (it reads this model)

        return {
            **super().get_context(request, *args, **kwargs),
            **public.context(self.organisation, self, timezone.now()),
        }
