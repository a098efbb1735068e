"""Organisations, their members, venues and public pages."""

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
    "EditorsPermissions",
    "Generation",
    "Kind",
    "Membership",
    "Officer",
    "Organisation",
    "OrganisationPage",
    "OrganisersPage",
    "Role",
    "Scope",
    "State",
    "Thread",
    "Venue",
    "VenueAccess",
    "WholeVersions",
]
