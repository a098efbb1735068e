"""The CMS says no in words. What was typed is kept as a draft, and nobody sees a server error.

`events.receivers` refuses the same things behind these hooks, for whatever does not pass the CMS.
"""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.models import Page

from accounts.requests import SignedIn
from events.actions import copying, moving, publishing, removal, reviews
from events.models import Activity
from organisations.models import OrganisationPage
from organisations.refusals import (
    AwaitsReview,
    MayNotCopy,
    MayNotMove,
    MayNotPublish,
    MayNotRemove,
    Refused,
)

Answer = HttpResponse | None


@hooks.register("before_publish_page")
def refuse_to_publish(request: SignedIn, page: Page) -> Answer:
    """The draft has been saved by now; only going live is refused."""
    try:
        _decide_to_publish([page], request)
    except AwaitsReview as wait:
        _ask_for_a_look([page], request)
        home = messages.button(reverse("wagtailadmin_home"), _("What comes next"))
        messages.success(request, str(wait), buttons=[home])
        return redirect("wagtailadmin_pages:edit", page.pk)
    except MayNotPublish as refusal:
        messages.warning(request, _("Saved as a draft. %(reason)s") % {"reason": refusal})
        return redirect("wagtailadmin_pages:edit", page.pk)
    return None


@hooks.register("before_unpublish_page")
def hold_what_leaves(request: SignedIn, page: Page) -> Answer:
    """Pages that leave together are held together, so that two people never wait for each other."""
    _hold([page])
    return None


@hooks.register("before_delete_page")
def refuse_to_delete(request: SignedIn, page: Page) -> Answer:
    try:
        if request.method == "POST":
            removal.prepare(page=page, by=request.user)
        else:
            removal.decide(page)
    except MayNotRemove as refusal:
        return _back(request, page, refusal)
    return None


@hooks.register("before_copy_page")
def refuse_to_copy(request: SignedIn, page: Page) -> Answer:
    """An organisation has one page. Copies of activities start as drafts, so they are never an alias."""
    try:
        if Page.objects.descendant_of(page, inclusive=True).type(OrganisationPage).exists():
            raise MayNotCopy(_("An organisation has one page only, so it cannot be copied."))
        if request.POST.get("alias") and issubclass(page.specific_class, Activity):
            raise MayNotCopy(_("A copy of an activity has dates of its own, so it cannot be an alias."))
        for activity in Activity.objects.descendant_of(page, inclusive=True):
            copying.decide(activity)
    except MayNotCopy as refusal:
        return _back(request, page, refusal)
    return None


@hooks.register("after_copy_page")
def renew_the_copy(request: SignedIn, page: Page, copy: Page) -> Answer:
    if isinstance(copy.specific, Activity):
        copying.renew(copy=copy.specific, by=request.user)
    return None


@hooks.register("before_move_page")
def refuse_to_move(request: SignedIn, page: Page, destination: Page) -> Answer:
    try:
        _decide_to_move([page], destination, request)
    except MayNotMove as refusal:
        return _back(request, page, refusal)
    return None


@hooks.register("before_bulk_action")
def refuse_in_bulk(request: SignedIn, action: str, objects: Iterable, view: Any) -> Answer:
    """All or none: where one page may not, the words name it and nothing happens."""
    pages = [each for each in objects if isinstance(each, Page)]
    if not pages:
        return None
    try:
        if action == "publish":
            _decide_to_publish_many(_with_drafts_below(pages, view), request)
        elif action == "delete":
            for page in pages:
                removal.prepare(page=page, by=request.user)
        elif action == "move":
            _decide_to_move(pages, view.cleaned_form.cleaned_data["chooser"], request)
        _hold(pages)
    except Refused as refusal:
        return _back(request, pages[0], refusal)
    return None


def _decide_to_publish(pages: Iterable[Page], request: SignedIn) -> None:
    for page in pages:
        if isinstance(page, Activity):
            publishing.decide(page, by=request.user)


def _decide_to_publish_many(pages: list[Page], request: SignedIn) -> None:
    """Where some wait for the officer, all of these are sent to the officer, and none is published."""
    try:
        _decide_to_publish(pages, request)
    except AwaitsReview:
        _ask_for_a_look(pages, request)
        raise


def _ask_for_a_look(pages: Iterable[Page], request: SignedIn) -> None:
    for page in pages:
        if isinstance(page, Activity):
            reviews.ask(activity=page, by=request.user)


def _with_drafts_below(pages: list[Page], view: Any) -> list[Page]:
    """The latest drafts of what is to be published together."""
    chosen = list(pages)
    if view.cleaned_form.cleaned_data.get("include_descendants"):
        for page in pages:
            chosen += page.get_descendants().not_live()
    return [page.get_latest_revision_as_object() for page in chosen]


def _decide_to_move(pages: Iterable[Page], destination: Page, request: SignedIn) -> None:
    for page in pages:
        specific = page.specific
        if isinstance(specific, Activity):
            moving.decide(specific, destination, by=request.user)


def _hold(pages: Iterable[Page]) -> None:
    for page in pages:
        below = Page.objects.descendant_of(page, inclusive=True)
        publishing.lock_all(Activity.objects.filter(pk__in=below.values("pk")))


def _back(request: SignedIn, page: Page, refusal: Refused) -> HttpResponse:
    messages.error(request, str(refusal))
    above = page.get_parent()
    return redirect("wagtailadmin_explore", above.pk) if above else redirect("wagtailadmin_home")
