"""Who should twin with whom. Pure: plain numbers in, pairs out; no Django, no database.

`candidates` says who is near enough, `scoring` how much two schools differ, `pairing` which pairs are best
for all of them together (`blossoms` solves it, `bargaining` helps it to begin, `ties` decides between those
as heavy), `comparing` what simpler ways would have given; `proposing` goes through all of it for one round.
"""
