"""Distances between positions on the ground. Pure: degrees in, miles out."""

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

# The mean radius of the Earth (IUGG R1, 6,371.0088 km) in statute miles of 1.609344 km.
EARTH_RADIUS_MILES = 6371.0088 / 1.609344


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """The great-circle distance, by the haversine formula.

    a = sin²(Δφ/2) + cos φ₁ · cos φ₂ · sin²(Δλ/2);  d = 2R · asin √a

    Within 0.6 % of the distance on the ellipsoid, which is less than the rounding of a visitor's position.
    """
    phi, other_phi = math.radians(latitude), math.radians(other_latitude)
    across = math.sin(math.radians(other_longitude - longitude) / 2)
    a = math.sin((other_phi - phi) / 2) ** 2 + math.cos(phi) * math.cos(other_phi) * across**2
    return 2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(min(1.0, a)))


def miles_from(
    latitude: float, longitude: float, latitudes: ArrayLike, longitudes: ArrayLike
) -> NDArray[np.float64]:
    """`miles_between` one position and many at once. A position that is not a number is infinitely far."""
    phi, phis = math.radians(latitude), np.radians(np.asarray(latitudes, dtype=np.float64))
    across = np.sin(np.radians(np.asarray(longitudes, dtype=np.float64) - longitude) / 2)
    a = np.sin((phis - phi) / 2) ** 2 + math.cos(phi) * np.cos(phis) * across**2
    miles = 2 * EARTH_RADIUS_MILES * np.arcsin(np.sqrt(np.minimum(1.0, a)))
    return np.where(np.isnan(miles), np.inf, miles)


def bounding_box(latitude: float, longitude: float, miles: float) -> tuple[float, float, float, float]:
    """South, west, north, east of a box that holds every position within that many miles.

    1. The box reaches as far north and south as the distance itself.
    2. East and west it reaches asin(sin d / cos φ), which is more than d / cos φ: the circle's widest
       points lie towards the pole.
    3. Where the circle holds a pole, or would pass the whole way round, the box has every longitude.
    """
    reach = max(0.0, miles) / EARTH_RADIUS_MILES
    phi = math.radians(latitude)
    if abs(phi) + reach >= math.pi / 2:
        south = -90.0 if phi - reach <= -math.pi / 2 else math.degrees(phi - reach)
        north = 90.0 if phi + reach >= math.pi / 2 else math.degrees(phi + reach)
        return south, -180.0, north, 180.0
    across = math.degrees(math.asin(min(1.0, math.sin(reach) / math.cos(phi))))
    return math.degrees(phi - reach), longitude - across, math.degrees(phi + reach), longitude + across
