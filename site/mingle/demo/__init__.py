"""The demonstration: an invented year in a real place, roles to step into, and its mail.

`content/` holds the words, `loading` makes them true through the actions that everybody uses.
"""
