"""Wagtail looks here for what the app registers."""

from events.editor import guards, hooks

__all__ = ["guards", "hooks"]
