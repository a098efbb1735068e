"""How mixed a group of people is, how sure that is, and what of it may be told.

The mathematics (`indices`, `uncertainty`, `disclosure`, `distances`) is pure: numbers in, numbers out.
"""
