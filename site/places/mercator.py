"""The square world that web maps are drawn on (Web Mercator). Pure: degrees in, parts of the world out."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PIXELS = 256  # of the whole world at zoom 0; each zoom doubles them

Parts = NDArray[np.float64]


def world(latitudes: ArrayLike, longitudes: ArrayLike) -> tuple[Parts, Parts]:
    """How far east and how far south of the map's corner, each from 0 to 1.

    x = (λ + 180) / 360;  y = (1 − arsinh(tan φ) / π) / 2
    """
    phi = np.radians(np.asarray(latitudes, dtype=np.float64))
    x = (np.asarray(longitudes, dtype=np.float64) + 180) / 360
    return x, (1 - np.arcsinh(np.tan(phi)) / np.pi) / 2


def degrees(x: ArrayLike, y: ArrayLike) -> tuple[Parts, Parts]:
    """Latitudes and longitudes: `world` the other way round."""
    south = np.asarray(y, dtype=np.float64)
    latitudes = np.degrees(np.arctan(np.sinh(np.pi * (1 - 2 * south))))
    return latitudes, np.asarray(x, dtype=np.float64) * 360 - 180
