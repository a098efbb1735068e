"""Organisations, their members, venues and public pages."""

from organisations.models.concern import (
    Concern,
    ConcernNote,
    ConcernReading,
    ConcernState,
    Outcome,
    SafeguardingLead,
)
from organisations.models.generation import INSTALLATION, Generation, Scope
from organisations.models.organisation import (
    EDITING_ROLES,
    Kind,
    Membership,
    Officer,
    Organisation,
    Role,
    State,
    Thread,
)
from organisations.models.page import EditorsPermissions, OrganisationPage, OrganisersPage, WholeVersions
from organisations.models.venue import AccessFeature, Answer, Venue, VenueAccess

__all__ = [
    "EDITING_ROLES",
    "INSTALLATION",
    "AccessFeature",
    "Answer",
    "Concern",
    "ConcernNote",
    "ConcernReading",
    "ConcernState",
    "EditorsPermissions",
    "Generation",
    "Kind",
    "Membership",
    "Officer",
    "Organisation",
    "OrganisationPage",
    "OrganisersPage",
    "Outcome",
    "Role",
    "SafeguardingLead",
    "Scope",
    "State",
    "Thread",
    "Venue",
    "VenueAccess",
    "WholeVersions",
]
