"""Two places with two organisations in each, and in each of those one of everything, marked by its own word.

Whoever adds a model adds its rows: a function that makes some for one camp, marked by `camp.token` wherever
the model has words, in `MAKE`. Or, where nobody's rows are in it, its label with the reason in
`NOBODYS`. `test_every_model_has_marked_rows_or_a_reason` says so too. Whose a row is nobody has to say: what
appears while a camp is made is that camp's, whichever action made it.
"""

import dataclasses
from collections.abc import Callable

from allauth.account.models import EmailAddress

from accounts import second_factors
from accounts.models import User
from events.actions import vocabularies
from organisations.actions import members
from organisations.models import AccessFeature, Role
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_place, make_venue
from tests.factories.people import make_user
from tests.organisations.wall import counting, friend, making, twins
from tests.organisations.wall.camp import SHARED, Camp
from tests.organisations.wall.rows import keys_apart, snapshot

CAMPS = {"vexnorth": ("quillamber", "quillbrisk"), "vexsouth": ("quillcedar", "quilldenim")}

NOBODYS = {
    "pages.HomePage": "the platform's own page",
    "pages.InformationPage": "the platform's own pages",
    "organisations.OrganisersPage": "one page for all",
    "organisations.AccessFeature": "a list for all",
    "organisations.Officer": "a place's, made with the place",
    "organisations.SafeguardingLead": "a place's, made with the place",
    "organisations.DeclarationText": "one text for all",
    "events.ActivityType": "a list for all",
    "events.Language": "a list for all",
    "events.Aim": "a list for all",
    "events.FeedTag": "how recently a public feed was asked for",
    "events.CalendarWords": "words of public calendar entries, each kept once for all",
    "events.AnswerToken": "digests of random numbers; no view shows one",
    "events.AnswerSession": "keys of open sessions; no view shows one",
    "events.PageText": "public pages as text",
    "places.Place": "made with the place",
    "places.Term": "a place's, made with the place",
    "places.BankHoliday": "a nation's",
    "places.Postcode": "a register",
    "places.Outcode": "a register",
    "places.School": "a register",
    "places.SchoolWord": "words of a register",
    "places.SchoolPupils": "a register; no view shows it",
    "diversity.Baseline": "a census",
    "jobs.LastSuccess": "the installation's",
    "wagtailembeds.Embed": "not used",
    "wagtailimages.Image": "our own model stands in its place",
    "wagtailimages.Rendition": "our own model stands in its place",
    "wagtailadmin.Admin": "holds a right and no rows",
    "wagtailcore.Locale": "the installation's",
    "wagtailcore.Site": "the installation's",
    "wagtailcore.GroupSitePermission": "not used",
    "wagtailcore.APIToken": "no API is mounted",
    "wagtailcore.WorkflowContentType": "a model's, not an organisation's",
    "modelsearch.IndexEntry": "made from rows that are walled themselves",
    "auth.Permission": "the installation's",
    "contenttypes.ContentType": "the installation's",
    "sessions.Session": "each person's own, by their cookie",
}


@dataclasses.dataclass
class World:
    camps: list[Camp]
    officers: dict[str, User]
    leads: dict[str, User]
    both: User
    nobodys: User

    def of(self, token: str) -> Camp:
        return next(camp for camp in self.camps if camp.token == token)


# The one place: what is made for each camp, in this order.
MAKE: list[Callable[[Camp], None]] = [
    making.organisation,
    making.people,
    making.media,
    making.activities,
    making.talk,
    making.moderation,
    making.promises,
    making.looks,
    friend.run_together,
    twins.pairs,
    making.codes,
    counting.counts,
    making.worries,
]


def build() -> World:
    vocabularies.add_missing()
    AccessFeature.objects.get_or_create(slug="step-free", defaults={"name": "Step-free way in"})
    keys_apart()
    friend.make()
    world = World([], {}, {}, make_user("both@quillbothend.example"), make_user("nobodys@example.org"))
    seen = set(snapshot())
    for number, (place_token, tokens) in enumerate(CAMPS.items()):
        name = f"{place_token.removeprefix('vex').title()} town"  # public
        place = make_place(place_token, name=name, area_codes=[f"E0800000{number + 1}"])
        world.officers[place_token] = make_user(
            f"officer@{place_token}.example", first_name=f"{place_token}officer"
        )
        members.appoint(place=place, user=world.officers[place_token], by=None)
        second_factors.enrol_app(world.officers[place_token])
        world.leads[place_token] = make_lead(place, f"lead@{place_token}.example")
        make_venue(None, name=f"{place_token} {SHARED} park", place=place)
        seen |= set(snapshot())
        for token in tokens:
            camp = Camp(token, place)
            for make in MAKE:
                make(camp)
            camp.rows = set(snapshot()) - seen
            seen |= camp.rows
            world.camps.append(camp)
    for token in ("quillamber", "quillcedar"):
        camp = world.of(token)
        members.join(organisation=camp.organisation, user=world.both, role=Role.EDITOR, by=None)
        camp.rows |= set(snapshot()) - seen
        seen |= camp.rows
    second_factors.enrol_app(world.both)
    EmailAddress.objects.create(user=world.both, email=world.both.email, verified=True, primary=True)
    return world
