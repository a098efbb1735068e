"""Organisations, their members, venues and public pages."""

from organisations.models.generation import INSTALLATION, Generation, Scope
from organisations.models.organisation import Kind, Membership, Officer, Organisation, Role, State, Thread
from organisations.models.page import OrganisationPage, OrganisersPage
from organisations.models.venue import AccessFeature, Answer, Venue, VenueAccess

__all__ = [
    "INSTALLATION",
    "AccessFeature",
    "Answer",
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
]
