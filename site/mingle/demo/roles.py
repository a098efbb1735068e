"""Whose shoes a visitor may step into, and what to try in them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from mingle.demo import people

Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Role:
    """`tries` are five lines, each with the address where it is done; `start` is where signing in leads."""

    slug: str
    name: str
    who: str
    button: str
    colour: str
    pictogram: str
    start: str
    tries: tuple[Line, ...]
    person: people.Person | None = None


ROLES = (
    Role(
        slug="visitor",
        name=_("Visitor"),
        who=_("A young person or a parent with a phone. No account, no cookie."),
        button=_("Look around as a visitor"),
        colour="sky",
        pictogram="youth-club",
        start="/",
        tries=(
            (_("Find what is on near HX1 5JW for a 12-year-old."), "/activities/?near=HX1+5JW&age=12"),
            (_("Ask for free things only, at the weekend."), "/activities/?free=1&when=weekend"),
            (_("Spell it badly: search for “footbal”."), "/activities/?q=footbal"),
            (_("Find a way in without steps."), "/activities/?access=step-free"),
            (_("See everything that one club does."), "/organisers/calder-swifts/"),
        ),
    ),
    Role(
        slug="club",
        name=_("Club owner"),
        who=_("Sadia runs Calder Swifts Juniors: football, and a camp in the holidays."),
        button=_("Be the club owner"),
        colour="coral",
        pictogram="football",
        start="/organise/",
        person=people.CLUB,
        tries=(
            (_("Call off next Tuesday’s football, and say why."), "/organise/"),
            (_("Move one date by an hour: it keeps its place in families’ calendars."), "/organise/"),
            (_("Change a schedule and read, in words, what it will mean before you publish."), "/cms/"),
            (_("Read how well people mix, in words and drawings."), "/organise/mixing/calder-swifts/"),
            (_("Then look at what families see now."), "/activities/?organiser=calder-swifts"),
        ),
    ),
    Role(
        slug="teacher",
        name=_("Teacher"),
        who=_("Aisha teaches at Lantern Hill Academy and runs its clubs after school."),
        button=_("Be the teacher"),
        colour="marigold",
        pictogram="music",
        start="/cms/",
        person=people.SCHOOL,
        tries=(
            (_("Find “Young leaders’ course”, a draft, and publish it."), "/cms/"),
            (_("Make a new activity in term time only, and read its first dates in words."), "/cms/"),
            (_("Look at the ten schools that yours could twin with."), "/organise/schools/900103/twins/"),
            (_("Plan when you meet your twin."), "/organise/schools/900103/twinnings/"),
            (_("Find the school’s clubs as families do."), "/activities/?organiser=lantern-hill-academy"),
        ),
    ),
    Role(
        slug="recorder",
        name=_("Recorder"),
        who=_("Joe helps at the youth clubs. He looks after dates, not after pages."),
        button=_("Be the recorder"),
        colour="teal",
        pictogram="board-games",
        start="/organise/",
        person=people.RECORDER,
        tries=(
            (
                _("Take the register of the session that is on now: plus and minus, nothing else."),
                "/organise/",
            ),
            (_("Keep tonight’s registers in your phone, and count without a signal."), "/organise/"),
            (_("Put a line on the next date: “Bring a torch.”"), "/organise/"),
            (_("Try to open the CMS: it is not for recorders."), "/cms/"),
            (_("See the line that you wrote as families see it."), "/organisers/crossways-youth/"),
        ),
    ),
    Role(
        slug="officer",
        name=_("Officer"),
        who=_("Morgan answers for Calderdale: who may publish, and what is on where."),
        button=_("Be the officer"),
        colour="violet",
        pictogram="volunteering",
        start="/cms/",
        person=people.OFFICER,
        tries=(
            (_("Decide about “Hebble Paddlers”, who ask to run activities."), "/cms/desk/"),
            (_("Take an activity away from the public, then bring it back with the same dates."), "/cms/"),
            (
                _("Propose twins for all schools of Calderdale, and see what it would change."),
                "/cms/desk/rounds/",
            ),
            (
                _("Read of a club where different groups come on different days."),
                "/organise/mixing/brig-otters/",
            ),
            (_("See the place as the public does."), "/in/calderdale/"),
        ),
    ),
    Role(
        slug="lead",
        name=_("Safeguarding lead"),
        who=_("Ines reads what people worry about. Nobody else does: not the officer, not the clubs."),
        button=_("Be the safeguarding lead"),
        colour="coral",
        pictogram="get-together",
        start="/cms/concern/",
        person=people.LEAD,
        tries=(
            (_("Report a concern as a visitor does. Nobody asks who you are."), "/concern/"),
            (_("Read it here. The page notes who has read it."), "/cms/concern/"),
            (_("Take it on, write a note, and close it."), "/cms/concern/"),
            (_("Take an organisation off the site, and see what its page says then."), "/cms/concern/"),
            (_("See the mail that you got: it says nothing of what was said."), "/demo/mail/"),
        ),
    ),
)
