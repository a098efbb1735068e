"""The map of what was found: its groups, its ground, and the picture of it that needs no script."""
