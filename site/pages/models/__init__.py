"""Editorial pages."""

from pages.models.editorial import HomePage, InformationPage

__all__ = ["HomePage", "InformationPage"]
