"""Publishing many new activities at once.

What `events.actions.publishing` does for one after the other, in a fixed number of statements for all:

1. Give keys and places in the tree; write what the first saving of a page writes: revision and log.
2. Make the pages live, as publishing their revision does; write all their rows.
3. Write their dates, public from now on, their calendar entries, their listings and the generations.
4. Record each in the audit trail.

Words, cards, entries and meanings come from the functions that the actions call, in their forms for many.
"""

import datetime
from collections import Counter
from collections.abc import Sequence
from functools import partial
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from modelsearch.backends import get_search_backends
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision

from accounts import audit
from accounts.models import AuditEntry, User
from events import dates, listing
from events.actions import publishing, refreshing
from events.feeds import entries
from events.models import Activity, ActivityAccess, CalendarEntry, Occurrence, ScheduleRule
from mingle.demo.bulk.copying import copy_in, next_keys
from organisations.models import Generation, OrganisationPage, Scope
from organisations.models.generation import INSTALLATION


@transaction.atomic
def publish(drafts: Sequence[Activity], *, by: User, now: datetime.datetime) -> None:
    """The drafts are unsaved, of public organisations of one place; nobody is asked whether they may."""
    _stand_in_the_tree(drafts)
    revisions = _first_revisions(drafts, by, now)
    _go_live(drafts, revisions, now)
    _write_pages(drafts)
    copy_in(Revision, revisions)
    _log(drafts, by, now)
    _index(drafts)
    made = _write_dates(drafts, now)
    entries.write_first(made, now=now, store=partial(copy_in, CalendarEntry))
    listing.write_many([draft.pk for draft in drafts], generation=0, now=now)
    _raise_generations(drafts, now)
    _record(drafts, Counter(date.activity_id for date in made), by)


def _stand_in_the_tree(drafts: Sequence[Activity]) -> None:
    """Each becomes the last child of its host's page."""
    pages = {
        page.organisation_id: page
        for page in OrganisationPage.objects.filter(
            organisation__in={draft.host_id for draft in drafts}
        ).select_for_update(of=("page_ptr",))
    }
    last = {key: page.get_last_child() for key, page in pages.items()}
    content_type = ContentType.objects.get_for_model(Activity)
    for draft, key in zip(drafts, next_keys(Page, len(drafts)), strict=True):
        parent, before = pages[draft.host_id], last[draft.host_id]
        draft.pk = draft.id = draft.page_ptr_id = key
        draft.path = before._inc_path() if before else Page._get_path(parent.path, parent.depth + 1, 1)
        draft.depth = parent.depth + 1
        draft.numchild = 0
        draft.content_type = content_type
        draft.locale_id = parent.locale_id
        draft.draft_title = draft.title
        draft.set_url_path(parent)
        last[draft.host_id] = draft
    for key, number in Counter(draft.host_id for draft in drafts).items():
        Page.objects.filter(pk=pages[key].pk).update(numchild=F("numchild") + number)


def _first_revisions(drafts: Sequence[Activity], by: User, now: datetime.datetime) -> list[Revision]:
    """As `save_revision` makes them of pages that have just been added, children with their keys."""
    rules = [(draft, rule) for draft in drafts for rule in draft.rules.all()]
    answers = [(draft, answer) for draft in drafts for answer in draft.access.all()]
    for model, rows in ((ScheduleRule, rules), (ActivityAccess, answers)):
        for (draft, row), key in zip(rows, next_keys(model, len(rows)), strict=True):
            row.pk, row.activity = key, draft
    base = ContentType.objects.get_for_model(Page)
    return [
        Revision(
            pk=key,
            content_type=draft.content_type,
            base_content_type=base,
            object_id=str(draft.pk),
            user=by,
            created_at=now,
            content=draft.serializable_data(),
            object_str=str(draft),
        )
        for draft, key in zip(drafts, next_keys(Revision, len(drafts)), strict=True)
    ]


def _go_live(drafts: Sequence[Activity], revisions: Sequence[Revision], now: datetime.datetime) -> None:
    for draft, revision in zip(drafts, revisions, strict=True):
        draft.live, draft.has_unpublished_changes = True, False
        draft.latest_revision_id = draft.live_revision_id = revision.pk
        draft.latest_revision_created_at = now
        draft.first_published_at = draft.last_published_at = now
        draft.confirmed_on = timezone.localdate(now)


def _write_pages(drafts: Sequence[Activity]) -> None:
    copy_in(Page, drafts)
    copy_in(Activity, drafts)
    copy_in(ScheduleRule, [rule for draft in drafts for rule in draft.rules.all()])
    copy_in(ActivityAccess, [answer for draft in drafts for answer in draft.access.all()])
    for many, name in ((Activity.aims, "aim"), (Activity.languages, "language")):
        through = many.through
        copy_in(
            through,
            [
                through(activity_id=draft.pk, **{f"{name}_id": entry.pk})
                for draft in drafts
                for entry in getattr(draft, many.field.name).all()
            ],
        )


def _log(drafts: Sequence[Activity], by: User, now: datetime.datetime) -> None:
    """Wagtail's own log of pages: made, and published."""
    for action in ("wagtail.create", "wagtail.publish"):
        copy_in(
            PageLogEntry,
            [
                PageLogEntry(
                    page=draft,
                    content_type=draft.content_type,
                    label=draft.title,
                    action=action,
                    data={},
                    timestamp=now,
                    user=by,
                    content_changed=True,
                    revision_id=draft.live_revision_id if action == "wagtail.publish" else None,
                    uuid=uuid4() if action == "wagtail.publish" else None,
                )
                for draft in drafts
            ],
        )


def _index(drafts: Sequence[Activity]) -> None:
    """Wagtail's own indexes: what refers to what, and what the admin searches."""
    own = ContentType.objects.get_for_model(Activity)
    base = ContentType.objects.get_for_model(Page)
    copy_in(
        ReferenceIndex,
        [
            ReferenceIndex(
                content_type=own,
                base_content_type=base,
                object_id=str(draft.pk),
                to_content_type_id=to,
                to_object_id=key,
                model_path=model_path,
                content_path=content_path,
                content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
            )
            for draft in drafts
            for to, key, model_path, content_path in set(
                ReferenceIndex._extract_references_from_object(draft)
            )
        ],
    )
    for backend in get_search_backends(with_auto_update=True):
        backend.add_bulk(Activity, list(drafts))


def _write_dates(drafts: Sequence[Activity], now: datetime.datetime) -> list[Occurrence]:
    """With their keys."""
    year = dates.school_year(drafts[0].host.place)
    made: list[Occurrence] = []
    for draft in drafts:
        made += refreshing.first_dates(activity=draft, year=year, now=now)
    for occurrence, key in zip(made, next_keys(Occurrence, len(made)), strict=True):
        occurrence.pk, occurrence.public_since = key, now
    copy_in(Occurrence, made)
    return made


def _raise_generations(drafts: Sequence[Activity], now: datetime.datetime) -> None:
    """As if each had been published after the other: the n-th listing bears the n-th number."""
    copy_in(
        Generation,
        [Generation(scope=Scope.ACTIVITY, subject=draft.uuid, number=1, changed_at=now) for draft in drafts],
    )
    for subject, number in Counter(draft.host.uuid for draft in drafts).items():
        _raise(Scope.ORGANISATION, subject, number, now)
    last = _raise(Scope.INSTALLATION, INSTALLATION, len(drafts), now)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE events_listing SET generation = %s + place FROM unnest(%s::bigint[]) "
            "WITH ORDINALITY AS published (key, place) WHERE activity_id = key",
            [last - len(drafts), [draft.pk for draft in drafts]],
        )


def _raise(scope: Scope, subject: UUID, number: int, now: datetime.datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO organisations_generation (scope, subject, number, changed_at) "
            "VALUES (%s, %s, %s, %s) ON CONFLICT (scope, subject) DO UPDATE "
            "SET number = organisations_generation.number + excluded.number, "
            "changed_at = excluded.changed_at RETURNING number",
            [scope.value, subject, number, now],
        )
        return cursor.fetchall()[0][0]


def _record(drafts: Sequence[Activity], made: dict[int, int], by: User) -> None:
    copy_in(
        AuditEntry,
        [
            audit.entry(
                by=by,
                action="activity.published",
                subject=draft,
                organisation=draft.host.uuid,
                details=publishing.told(refreshing.Changes(created=made[draft.pk]), public=True),
            )
            for draft in drafts
        ],
    )
