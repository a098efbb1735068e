"""What a year as twins takes of a school: hours and coaches. Each figure stands here, to be changed here.

A coach with its driver for half a day is thought of as

    price = HALF_DAY + A_MILE × road miles there and back,    road miles = ROADS × miles in a straight line

and is said as a span of SPREAD to either side, in whole STEPs. It is a guess that helps a school to ask for
offers, and every page that shows it says so; a figure that the school was told takes its place.

- ROADS: Boscoe, Henry and Zdeb, "A nationwide comparison of driving distance versus straight-line distance
  to hospitals" (The Professional Geographer 64, 2012) measured 1.417 on average in the United States.
- HALF_DAY, A_MILE, SPREAD: no official statistic gives what schools pay for a coach. They are this project's
  assumption of what a firm asks in term time for 49 seats and four hours, and no more than that. An officer
  who knows what the schools of the place pay puts that here.
"""

import math

ROADS = 1.4
HALF_DAY = 240
"""Pounds."""
A_MILE = 4
"""Pounds for each mile by road."""
SPREAD = 0.25
STEP = 10

MEETINGS = 3
"""One at a neutral place, one at each school."""
COACHES = 2
"""For each school in the year: to the neutral place, and to the other school."""
MEETING_HOURS = 3
"""Of a class and its teachers, with the way there and back."""
PLANNING_HOURS = 8
"""Of one teacher: two hours for each meeting, and two to get to know the other teacher."""


def road_miles(miles: float) -> float:
    return ROADS * miles


def coach(miles: float) -> tuple[int, int]:
    """From and to, in pounds, for one coach there and back between schools so far apart."""
    price = HALF_DAY + A_MILE * 2 * road_miles(miles)
    return (
        STEP * math.floor((1 - SPREAD) * price / STEP),
        STEP * math.ceil((1 + SPREAD) * price / STEP),
    )
