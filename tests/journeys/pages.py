"""Every page as people may meet it. What is checked on all pages goes through this one table.

`showcase.fill` makes what the addresses name. A new page, or a new state of one, is a line here.
"""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from mingle.demo.reading import same_every_time

PICKED = "&".join(
    f"pick={same_every_time('activity', host, title)}"
    for host, title in (
        ("calder-swifts", "Swifts Tuesday football"),
        ("calder-swifts", "Swifts Girls: just us"),
        ("crossways-youth", "Mixenden Fridays"),
    )
)
NEVER_HERE = "5f0c6a52-0000-4000-8000-000000000000"
COLOURS = "paper=0b3d2e&ink=ffffff&accent=ffd54a"
# Who is signed in: one who has everything, one in the middle of applying, one who has only just signed up,
# and one who speaks for a school.
OWNER = "owner-of-everything@everything.example"
APPLICANT = "applicant@everything.example"
NEWCOMER = "newcomer@everything.example"
HEAD = "head@everything.example"  # of a school
EVERYTHING = same_every_time("activity", "everything")
DATE = same_every_time("date", "everything")
OWN = "/organise/organisations/everything/"
ACTIVITY = f"/organise/activities/{EVERYTHING}/"
# On now; and what is not on at the moment.
OPEN_CODE, CLOSED_CODE = "23456789", "98765432"
DATE_NOW = same_every_time("date", "on-now")
TWINNINGS = "/organise/schools/900103/twinnings/"
TWINNING, TWINNING_ASKED, TWINNING_AGREED = (
    same_every_time("twinning", stands) for stands in ("running", "proposed", "agreed")
)
# A school without an account has been asked by letter.
ASKED, TWINNING_BY_LETTER = 900244, same_every_time("twinning", "by letter")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page by a name that a file may have. `sends` is the status of the answer."""

    name: str
    path: str
    sends: int = 200
    scripted: bool = False
    """Whether it has a script, and so is looked at without it too."""
    keeps_cookie: bool = False
    """Forms of people who sign in keep their token in a session."""
    by: str = ""
    """The address of who is signed in."""

    def __str__(self) -> str:
        return self.name


PAGES = (
    Shown("home", "/", scripted=True),
    Shown("place", "/in/calderdale/", scripted=True),
    Shown("list", "/activities/", scripted=True),
    Shown(
        "list-filtered",
        "/activities/?near=HX1&radius=5&age=9&age=12&for=girls&free=1",
        scripted=True,
    ),
    Shown("list-nothing", "/activities/?q=xylophone&day=sun", scripted=True),
    Shown("list-problems", "/activities/?near=nowhere&age=old&from=someday&when=never", scripted=True),
    Shown("list-page-2", "/activities/?page=2"),
    Shown("calendar", "/activities/?view=calendar", scripted=True),
    Shown("calendar-filtered", "/activities/?view=calendar&near=HX1&radius=5&age=12"),
    Shown("calendar-nothing", "/activities/?view=calendar&q=xylophone"),
    Shown("map", "/activities/?view=map", scripted=True),
    Shown("map-near", "/activities/?view=map&near=HX1&radius=3", scripted=True),
    Shown("map-nothing", "/activities/?view=map&q=xylophone"),
    Shown("our-list", f"/activities/?{PICKED}", scripted=True),
    Shown("our-list-one-gone", f"/activities/?{PICKED}&pick={NEVER_HERE}"),
    Shown("our-list-empty", "/activities/?pick=", scripted=True),
    Shown("embed", "/embed/?near=HX1&radius=5"),
    Shown("embed-colours", f"/embed/?count=3&{COLOURS}"),
    Shown("embed-nothing", "/embed/?q=xylophone"),
    Shown("embed-problems", "/embed/?count=99&paper=mauve"),
    Shown("embed-make", f"/embed/make/?type=football&{COLOURS}"),
    Shown("embed-make-problems", "/embed/make/?count=99&paper=mauve&near=nowhere"),
    Shown("activity", "/organisers/calder-swifts/swifts-tuesday-football/", scripted=True),
    Shown("activity-everything", "/organisers/everything/everything/", scripted=True),
    Shown("activity-nothing", "/organisers/nothing/nothing/"),
    Shown("activity-no-dates", "/organisers/everything/no-dates/"),
    Shown("activity-urdu", "/organisers/everything/urdu/"),
    Shown("activity-gone", "/organisers/everything/gone/", sends=410),
    Shown("organisation", "/organisers/everything/", scripted=True),
    Shown("organisation-nothing", "/organisers/empty/"),
    Shown("organisation-gone", "/organisers/closed/", sends=410),
    Shown("organisers", "/organisers/"),
    Shown("organisers-none", "/organisers/?q=xylophone"),
    Shown("schools", "/schools/"),
    Shown("schools-found", "/schools/?q=lantrn+hil&place=calderdale"),
    Shown("schools-none", "/schools/?q=xylophone&phase=primary"),
    Shown("school", "/schools/900103/", scripted=True),
    Shown("school-without-account", "/schools/900201/"),
    Shown("school-closed", "/schools/900204/"),
    Shown("school-may-close", "/schools/900210/"),
    Shown("concern", "/concern/", scripted=True),
    Shown("concern-about-activity", "/concern/?about=everything"),
    Shown("confirm-over", "/confirm/nonsense/", sends=404),
    Shown("answer", f"/r/{OPEN_CODE}"),
    Shown("answer-kiosk", f"/r/{OPEN_CODE}/kiosk", scripted=True),
    Shown("answer-closed", f"/r/{CLOSED_CODE}"),
    Shown("answer-nowhere", "/r/nonsense", sends=404),
    Shown("about", "/about/"),
    Shown("how-we-check", "/how-we-check-organisers/"),
    Shown("calendar-help", "/calendar-help/"),
    Shown("for-organisers", "/for-organisers/"),
    Shown("for-parents", "/for-parents/"),
    Shown("join", "/join/"),
    Shown("join-code", "/join/?code=7K2M-9QXD-4TBH-R0WC", by=NEWCOMER),
    Shown("no-such-page", "/no-such-page/", sends=404),
    Shown("sign-in", "/accounts/login/", scripted=True, keeps_cookie=True),
    Shown("sign-up", "/accounts/signup/", keeps_cookie=True),
    Shown("forgotten-password", "/accounts/password/reset/", keeps_cookie=True),
    Shown("own-account", "/accounts/", by=NEWCOMER),
    Shown("own-addresses", "/accounts/email/", by=NEWCOMER),
    Shown("own-sessions", "/accounts/sessions/", by=NEWCOMER),
    Shown("own-second-step", "/accounts/2fa/", by=NEWCOMER),
    Shown("own-password", "/accounts/password/change/", by=NEWCOMER),
    Shown("close-account", "/accounts/close/", by=NEWCOMER),
    Shown("closed-account", "/accounts/closed/"),
    Shown("apply", "/organise/apply/", by=NEWCOMER),
    *(
        Shown(f"apply-{step}", f"/organise/apply/{step}/", by=APPLICANT)
        for step in ("kind", "people", "contact", "lead", "deputy", "checks", "papers", "day", "sign")
    ),
    Shown("apply-so-far", "/organise/apply/", by=APPLICANT),
    Shown("own-dates", "/organise/", by=OWNER),
    Shown("registers-in-phone", "/organise/registers/", scripted=True),
    Shown("own-date", f"/organise/dates/{DATE}/", by=OWNER),
    Shown("own-register-not-yet", f"/organise/registers/{DATE}/", by=OWNER),
    Shown("own-activity", ACTIVITY, by=OWNER),
    Shown("own-poster", f"{ACTIVITY}poster/", by=OWNER),
    Shown("own-asking", f"{ACTIVITY}answers/", by=OWNER),
    Shown("own-asking-poster", f"{ACTIVITY}answers/poster/", by=OWNER),
    Shown("own-asking-slips", f"{ACTIVITY}answers/slips/", by=OWNER),
    Shown("own-asking-parents", f"{ACTIVITY}answers/slips/?for=parents", by=OWNER),
    Shown("own-type-slips", f"/organise/dates/{DATE_NOW}/slips/", by=OWNER),
    Shown("own-copy", f"{ACTIVITY}copy/", by=OWNER),
    Shown("own-together", f"{ACTIVITY}together/", by=OWNER),
    Shown("own-mixing", f"{ACTIVITY}mixing/", by=OWNER),
    Shown("own-mixing-all", "/organise/mixing/everything/", by=OWNER),
    Shown("own-mixing-nothing", f"/organise/dates/{DATE}/mixing/", by=OWNER),
    Shown("own-organisation", OWN, by=OWNER),
    Shown("own-members", f"{OWN}members/", by=OWNER),
    Shown("own-declaration", f"{OWN}declaration/", by=OWNER),
    Shown("own-timetable", "/organise/import/", by=OWNER),
    Shown("own-register-sheet", "/organise/registers/import/", by=OWNER),
    Shown("own-register-outnumbered", f"/organise/registers/{DATE_NOW}/", by=OWNER, scripted=True),
    Shown("own-school", "/organise/organisations/lantern-hill-academy/", by=HEAD),
    Shown("own-twinnings", TWINNINGS, by=HEAD),
    Shown("own-twinning", f"{TWINNINGS}{TWINNING}/", by=HEAD),
    Shown("own-twinning-asked", f"{TWINNINGS}{TWINNING_ASKED}/", by=HEAD),
    Shown("own-twinning-find", f"{TWINNINGS}new/?q=royd", by=HEAD),
    Shown("own-twinning-propose", f"{TWINNINGS}new/?with=900246", by=HEAD),
    Shown("own-twinning-programme", f"{TWINNINGS}{TWINNING}/programme/", by=HEAD),
    Shown("own-twinning-begin", f"{TWINNINGS}{TWINNING_AGREED}/programme/", by=HEAD),
    Shown("own-twinning-plan", f"{TWINNINGS}{TWINNING_AGREED}/programme/?from=hand", by=HEAD),
    Shown("school-twinned", "/schools/900106/", scripted=True),
    Shown("pair", f"/schools/twinnings/{TWINNING}/", scripted=True),
    Shown("own-twinning-by-letter", f"{TWINNINGS}{TWINNING_BY_LETTER}/", by=HEAD),
    Shown("own-letter", f"/organise/twinnings/{TWINNING_BY_LETTER}/letter/{ASKED}/", by=HEAD),
    Shown("demo", "/demo/", keeps_cookie=True),
    Shown("demo-mail", "/demo/mail/"),
    Shown("design", "/design/"),
)

LATER = timezone.localdate().replace(day=15) + datetime.timedelta(days=60)  # a whole month, full of dates
# What has a thousand answers, once `showcase.put_on_a_thousand` has run.
CROWDED = (
    Shown("many-home", "/", scripted=True),
    Shown("many-list", "/activities/", scripted=True),
    Shown("many-list-page-20", "/activities/?page=20"),
    Shown("many-list-filtered", "/activities/?near=HX1&radius=5&age=9&age=12&free=1"),
    Shown("many-calendar", f"/activities/?view=calendar&month={LATER:%Y-%m}", scripted=True),
    Shown("many-calendar-page-2", f"/activities/?view=calendar&month={LATER:%Y-%m}&page=2"),
    Shown("many-map", "/activities/?view=map", scripted=True),
    Shown("many-map-near", "/activities/?view=map&near=HX1&radius=3"),
    Shown("many-organisation", "/organisers/calder-swifts/"),
    Shown("many-activity", "/organisers/calder-swifts/swifts-tuesday-football/"),
    Shown("many-embed", "/embed/"),
)
