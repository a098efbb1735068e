"""As whom the world is crawled, what is theirs, and what they must be able to reach of it."""

import dataclasses

from accounts.models import User
from organisations.models import Role
from tests.organisations.wall.world import World

DATES = frozenset({"organise", "organise_date", "organise_activity"})
CMS = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_explore",
        "wagtailadmin_pages:add",
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:copy",
        "wagtailadmin_pages:delete",
        "wagtailadmin_pages:history",
        "wagtailadmin_pages:revisions_revert",
        "wagtailadmin_pages:revisions_view",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailimages:index",
        "wagtailimages:edit",
        "wagtailimages_chooser:choose",
        "wagtailimages_chooser:chosen",
        "venues:index",
        "venues:edit",
        "venue_chooser:choose",
        "venue_chooser:chosen",
    }
)
DESK = frozenset(
    {
        "organisation:index",
        "organisation:edit",
        "organisation:members",
        "organisation:standing",
        "desk",
        "desk_application",
        "desk_round",
        "desk_twinning",
    }
)
TWINS = frozenset({"twinning", "twinning_programme"})
TOGETHER = frozenset({"organise_together"})
REGISTERS = frozenset({"register", "registers_ready"})
CORRECTIONS = frozenset({"register_corrections"})
CONCERNS = frozenset({"concern:index", "concern:concern"})


@dataclasses.dataclass
class Session:
    """A person, and which camps and places are theirs."""

    name: str
    user: User
    tokens: frozenset[str]
    reaches: frozenset[str] = frozenset()  # views that must show something of theirs


def owner(world: World) -> Session:
    return next(each for each in everybody(world) if each.name == "owner")


def everybody(world: World) -> list[Session]:
    """Each role, each officer, somebody in two organisations, and somebody in none."""
    a, b = (camp for camp in world.camps if camp.place.slug == "vexnorth")
    north, south = frozenset({"vexnorth"}), frozenset({"vexsouth"})
    c, d = (camp for camp in world.camps if camp.place.slug == "vexsouth")
    editing = CMS | DATES | TWINS | TOGETHER | REGISTERS
    reach = {Role.OWNER: editing | CORRECTIONS, Role.EDITOR: editing, Role.RECORDER: DATES | REGISTERS}
    answering = CMS | DESK | DATES | CORRECTIONS
    return [
        *(
            Session(role.value, person, frozenset({a.token}) | north, reach[role])
            for role, person in a.people.items()
        ),
        Session("officer", world.officers["vexnorth"], frozenset({a.token, b.token}) | north, answering),
        Session("officer", world.officers["vexsouth"], frozenset({c.token, d.token}) | south, answering),
        Session("lead", world.leads["vexnorth"], frozenset({a.token, b.token}) | north, CONCERNS),
        Session(
            "editor of two",
            world.both,
            frozenset({a.token, c.token}) | north | south,
            CMS | DATES | REGISTERS,
        ),
        Session("nobody's", world.nobodys, frozenset()),
    ]
