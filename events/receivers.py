"""Where Wagtail tells of pages, and organisations of themselves: everything ends in the actions.

Wagtail's views build their actions themselves, so its signals are the one point that every way in and out
passes. A receiver that fails takes the whole transaction with it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import (
    init_new_page,
    page_published,
    page_unpublished,
    post_page_move,
    pre_page_move,
)

from accounts.acting import person
from events.actions import copying, extending, hosts, moving, publishing, removal
from events.models import Activity, ActivityType, Aim, Language
from events.signals import activity_copied, activity_copying, activity_removing
from images.models import Picture
from organisations.models import AccessFeature, Organisation, OrganisationPage, Venue, VenueAccess
from organisations.signals import organisation_changed, organisation_changing, renamed
from places.models import Place
from places.signals import school_year_changed

Receiver = Callable[..., None]


def or_nothing(function: Receiver) -> Receiver:
    """If it fails, the transaction around it can only roll back, whoever catches the exception.

    Wagtail's admin turns a permission error into a redirect: what it wrote before would be kept otherwise.
    """

    @wraps(function)
    def guarded(**kwargs: Any) -> None:
        try:
            function(**kwargs)
        except Exception:
            if transaction.get_connection().in_atomic_block:
                transaction.set_rollback(True)
            raise

    return guarded


@receiver(init_new_page)
def belong_to_the_page_above(page: Page, parent: Page, **_: Any) -> None:
    if isinstance(page, Activity) and isinstance(parent.specific, OrganisationPage):
        page.host = parent.specific.organisation


@receiver(pre_save, sender=Activity)
def begin_as_a_draft(instance: Activity, raw: bool, **_: Any) -> None:
    """Whatever made the page, it is a draft of the organisation above it until it is published."""
    if raw or not instance._state.adding:
        return
    instance.live = False
    above = OrganisationPage.objects.filter(path=instance.path[: -instance.steplen])
    instance.host_id = above.values_list("organisation_id", flat=True).first() or instance.host_id


@receiver(page_published, sender=Activity)
@or_nothing
def activity_published(instance: Activity, **_: Any) -> None:
    """Wagtail sends this too for a page that is only scheduled; `arrive` looks at the row."""
    publishing.arrive(activity=instance, by=person())


@receiver(page_unpublished, sender=Activity)
@or_nothing
def activity_unpublished(instance: Activity, **_: Any) -> None:
    action = "activity.expired" if instance.expired else "activity.unpublished"
    publishing.settle(activity=instance, by=person(), action=action)


@receiver(pre_page_move, sender=Activity)
@or_nothing
def activity_moving(instance: Page, parent_page_after: Page, **_: Any) -> None:
    moving.decide(instance.specific, parent_page_after, by=person())


@receiver(post_page_move, sender=Activity)
@or_nothing
def activity_moved(instance: Page, **_: Any) -> None:
    moving.arrived(activity=instance.specific, by=person())


@receiver(activity_copying, sender=Activity)
@or_nothing
def activity_will_be_copied(instance: Activity, **_: Any) -> None:
    copying.decide(instance)


@receiver(activity_copied, sender=Activity)
@or_nothing
def activity_was_copied(instance: Activity, **_: Any) -> None:
    copying.renew(copy=instance, by=person())


@receiver(activity_removing, sender=Activity)
@or_nothing
def prepare_removal(instance: Activity, **_: Any) -> None:
    removal.prepare(page=instance, by=person())


@receiver(pre_delete, sender=Activity)
@receiver(pre_delete, sender=OrganisationPage)
@or_nothing
def refuse_removal(instance: Page, **_: Any) -> None:
    removal.decide(instance)


@receiver(page_published, sender=OrganisationPage)
@receiver(page_unpublished, sender=OrganisationPage)
@or_nothing
def organisation_page_changed(instance: OrganisationPage, **_: Any) -> None:
    hosts.page_changed(organisation=instance.organisation)


@receiver(organisation_changing)
@or_nothing
def organisation_will_change(organisation: Organisation, **_: Any) -> None:
    hosts.lock_all(organisation=organisation)


@receiver(organisation_changed)
@or_nothing
def organisation_has_changed(organisation: Organisation, by: Any, **_: Any) -> None:
    hosts.settle_all(organisation=organisation, by=by)


@receiver(renamed, sender=Organisation)
@or_nothing
def organisation_renamed(subject: Organisation, **_: Any) -> None:
    hosts.queue_texts(subject=subject)


@receiver(post_save, sender=Venue)
@or_nothing
def venue_changed(instance: Venue, created: bool, **_: Any) -> None:
    """However it is saved: by an action, by the CMS, by an import."""
    if not created:
        hosts.queue_texts(subject=instance)


@receiver(post_save, sender=ActivityType)
@receiver(post_save, sender=Aim)
@receiver(post_save, sender=Language)
@receiver(post_save, sender=AccessFeature)
@receiver(pre_delete, sender=ActivityType)
@receiver(pre_delete, sender=Aim)
@receiver(pre_delete, sender=Language)
@receiver(pre_delete, sender=AccessFeature)
@or_nothing
def list_changed(instance: hosts.Entry, **_: Any) -> None:
    """An entry is new, has another name or goes: who asks for it next is answered by the list as it is."""
    hosts.queue_texts(subject=instance)


@receiver(post_save, sender=Picture)
@or_nothing
def picture_changed(instance: Picture, created: bool, **_: Any) -> None:
    """Somebody on it has taken the consent back, or it shows something else."""
    if not created:
        hosts.queue_texts(subject=instance)


@receiver(pre_delete, sender=Picture)
@or_nothing
def picture_leaving(instance: Picture, **_: Any) -> None:
    hosts.queue_texts(subject=instance)


@receiver(post_save, sender=VenueAccess)
@receiver(post_delete, sender=VenueAccess)
@or_nothing
def venue_access_changed(instance: VenueAccess, **_: Any) -> None:
    hosts.queue_texts(subject=instance.venue)


@receiver(school_year_changed)
@or_nothing
def school_year_has_changed(places: list[Place], **_: Any) -> None:
    extending.follow_school_year(places=places, by=person())
