"""Woven covers: what an activity without a photograph shows.

`geometry` computes the cloth from the activity's id; `svg` and `png` write it.
"""
