"""From the National Grid to latitude and longitude, by Ordnance Survey's OSTN15 grid of shifts."""

import numpy as np
from convertbng.cutil import convert_lonlat
from numpy.typing import ArrayLike, NDArray

Degrees = NDArray[np.float64]


def positions(eastings: ArrayLike, northings: ArrayLike) -> tuple[Degrees, Degrees]:
    """Latitudes and longitudes (WGS84, taken as ETRS89) of British National Grid references in metres.

    Exact to some millimetres, where one shift for the whole country (Helmert) is wrong by up to 5 m.
    NaN where the reference is NaN or lies outside the grid of shifts. References of Northern Ireland are on
    the Irish grid, which looks the same: the caller keeps them out.
    """
    east = np.asarray(eastings, dtype=np.float64)
    north = np.asarray(northings, dtype=np.float64)
    latitudes, longitudes = np.full(east.shape, np.nan), np.full(east.shape, np.nan)
    known = np.flatnonzero(~(np.isnan(east) | np.isnan(north)))
    if known.size:
        longitudes[known], latitudes[known] = convert_lonlat(east[known], north[known])
    return latitudes, longitudes
