"""Wagtail looks here for what the app registers."""

from events.editor import hooks

__all__ = ["hooks"]
