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
            (_("Open “Referee school” in the CMS: it has a draft that nobody has published yet."), "/cms/"),
            (_("Change a schedule and read, in words, what it will mean before you publish."), "/cms/"),
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
            (_("See what the editor says is missing, at the side."), "/cms/"),
            (_("Make a new activity in term time only, and read its first dates in words."), "/cms/"),
            (_("See the dates that the school runs together with others."), "/organise/"),
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
            (_("See every coming date of the youth clubs, by day."), "/organise/"),
            (_("Put a line on the next date: “Bring a torch.”"), "/organise/"),
            (_("Call a date off, then bring it back."), "/organise/"),
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
            (_("Take an activity away from the public: its address then says that it has gone."), "/cms/"),
            (_("Bring it back: its dates return with the same identity."), "/cms/"),
            (_("Look at all the dates of Calderdale in the next weeks."), "/organise/"),
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
