"""Activities, their schedules and dates, and what browsing reads."""

from events.models.activity import Activity, ActivityAccess, Audience, CoOrganiser, Joining, Stay, YesNo
from events.models.answers import (
    CODE_LENGTH,
    LETTERS,
    MOST_SENT,
    AnswerCode,
    AnswerSession,
    AnswerToken,
)
from events.models.batch import BatchTaken
from events.models.confirmation import ConfirmationRequest
from events.models.count_day import CountDay
from events.models.feed_tag import FeedTag
from events.models.listing import Listing
from events.models.occurrence import HAPPENING, CalendarEntry, CalendarWords, Occurrence, State
from events.models.page_text import PageText
from events.models.register import Counter, Question, Register, Source
from events.models.rendering import RenderQueue
from events.models.review import Review, Verdict
from events.models.schedule import ScheduleRule
from events.models.suspension import Suspension
from events.models.timetable import Timetable, TimetableDraft, Work
from events.models.vocabularies import ActivityType, Aim, Language

__all__ = [
    "CODE_LENGTH",
    "HAPPENING",
    "LETTERS",
    "MOST_SENT",
    "Activity",
    "ActivityAccess",
    "ActivityType",
    "Aim",
    "AnswerCode",
    "AnswerSession",
    "AnswerToken",
    "Audience",
    "BatchTaken",
    "CalendarEntry",
    "CalendarWords",
    "CoOrganiser",
    "ConfirmationRequest",
    "CountDay",
    "Counter",
    "FeedTag",
    "Joining",
    "Language",
    "Listing",
    "Occurrence",
    "PageText",
    "Question",
    "Register",
    "RenderQueue",
    "Review",
    "ScheduleRule",
    "Source",
    "State",
    "Stay",
    "Suspension",
    "Timetable",
    "TimetableDraft",
    "Verdict",
    "Work",
    "YesNo",
]
