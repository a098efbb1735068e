"""Outcodes that Royal Mail no longer uses. Facts of the great recodings, told in words beside a search.

The directory keeps old postcodes, and where they were, without marking them, so this is all that can be said
for certain; a single old postcode of a living outcode is found where it was.
"""

RETIRED = frozenset(
    [
        *("AB1", "AB2", "AB3", "AB4", "AB5", "AB9"),  # Aberdeen, 1990: AB10 and upwards
        *("BS12", "BS17", "BS18", "BS19"),  # round Bristol: BS20 and upwards
        *("S30", "S31"),  # round Sheffield: S25 and upwards
        "NPT",  # Newport before it had numbers
        *("W1M", "W1N", "W1P", "W1R", "W1V", "W1X", "W1Y"),  # London's West End, 2000: W1B to W1U
    ]
)
