"""Organisations, their members, venues and public pages."""

from organisations.models.application import Application, ApplicationState
from organisations.models.concern import (
    Concern,
    ConcernNote,
    ConcernReading,
    ConcernState,
    Outcome,
    SafeguardingLead,
)
from organisations.models.declaration import (
    Declaration,
    DeclarationReminder,
    DeclarationText,
    Vetting,
    VettingLevel,
)
from organisations.models.generation import INSTALLATION, Generation, Scope
from organisations.models.invitation import Invitation
from organisations.models.letter import WaitingLetter
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
    "Application",
    "ApplicationState",
    "Concern",
    "ConcernNote",
    "ConcernReading",
    "ConcernState",
    "Declaration",
    "DeclarationReminder",
    "DeclarationText",
    "EditorsPermissions",
    "Generation",
    "Invitation",
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
    "Vetting",
    "VettingLevel",
    "WaitingLetter",
    "WholeVersions",
]
