import math

import numpy as np

from places import grid
from places.distance import miles_between

# Ordnance Survey's own test points of OSTN15: ETRS89 latitude, longitude, National Grid easting, northing.
# Facts from "OSTN15_OSGM15_TestInput_ETRStoOSGB.txt" and "…_TestOutput_…" in the developers' pack.
# Contains OS data © Crown copyright and database right 2016.
POINTS = [
    (49.92226394, -6.29977752, 91492.146, 11318.804),  # TP01 St Mary's, Scilly
    (49.96006138, -5.20304610, 170370.718, 11572.405),  # TP02 Lizard Point
    (50.93127938, -1.45051434, 438710.920, 114792.250),  # TP05 Southampton
    (51.37447026, 1.44454730, 639821.835, 169565.858),  # TP07 North Foreland
    (51.48936565, -0.11992557, 530624.974, 178388.464),  # TP09 Lambeth
    (51.85890896, -4.30852477, 241124.584, 220332.641),  # TP10 Carmarthen
    (52.75136687, 0.40153547, 562180.547, 319784.995),  # TP14 King's Lynn
    (53.80021520, -1.66379168, 422242.186, 433818.701),  # TP20 Pudsey, between Bradford and Leeds
    (54.97912274, -1.61657685, 424639.355, 565012.703),  # TP25 Newcastle
    (55.85399953, -4.29649016, 256340.925, 664697.269),  # TP26 Glasgow
    (57.48625001, -4.21926399, 267056.768, 846176.972),  # TP30 Inverness
    (57.81351838, -8.57854456, 9587.909, 899448.996),  # TP31 St Kilda
    (58.21262247, -7.59255561, 71713.132, 938516.404),  # TP32 Flannan Isles
    (59.03743871, -3.21454001, 330398.323, 1017347.016),  # TP35 Orkney
    (60.13308092, -2.07382823, 395999.668, 1138728.951),  # TP40 Foula, Shetland
]
METRES_A_MILE = 1609.344
ENOUGH = 0.2


def metres_off(latitudes: np.ndarray, longitudes: np.ndarray) -> list[float]:
    found = zip(latitudes, longitudes, POINTS, strict=True)
    return [METRES_A_MILE * miles_between(north, east, *point[:2]) for north, east, point in found]


def helmert(easting: float, northing: float) -> tuple[float, float]:
    """One shift for the whole country, from Ordnance Survey's "Guide to coordinate systems", annexes A to C.

    1. Easting and northing to latitude and longitude on Airy 1830, undoing the projection.
    2. To cartesian coordinates, through the seven parameters (OSGB36 to WGS84), and back on GRS80.
    """
    a, b, scale = 6377563.396, 6356256.909, 0.9996012717
    phi0, lambda0, east0, north0 = math.radians(49), math.radians(-2), 400000.0, -100000.0
    e2, n = 1 - b * b / (a * a), (a - b) / (a + b)

    def arc(phi: float) -> float:
        down, up = phi - phi0, phi + phi0
        return (
            b
            * scale
            * (
                (1 + n + 5 / 4 * n**2 + 5 / 4 * n**3) * down
                - (3 * n + 3 * n**2 + 21 / 8 * n**3) * math.sin(down) * math.cos(up)
                + (15 / 8 * n**2 + 15 / 8 * n**3) * math.sin(2 * down) * math.cos(2 * up)
                - 35 / 24 * n**3 * math.sin(3 * down) * math.cos(3 * up)
            )
        )

    phi = phi0 + (northing - north0) / (a * scale)
    while abs(northing - north0 - arc(phi)) > 1e-5:
        phi += (northing - north0 - arc(phi)) / (a * scale)
    nu = a * scale / math.sqrt(1 - e2 * math.sin(phi) ** 2)
    rho = a * scale * (1 - e2) * (1 - e2 * math.sin(phi) ** 2) ** -1.5
    eta2, t, sec, d = nu / rho - 1, math.tan(phi), 1 / math.cos(phi), easting - east0
    latitude = (
        phi
        - t / (2 * rho * nu) * d**2
        + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta2 - 9 * t**2 * eta2) * d**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * d**6
    )
    longitude = (
        lambda0
        + sec / nu * d
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * d**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * d**5
        - sec / (5040 * nu**7) * (61 + 662 * t**2 + 1320 * t**4 + 720 * t**6) * d**7
    )
    nu = a / math.sqrt(1 - e2 * math.sin(latitude) ** 2)
    x, y = (nu * math.cos(latitude) * part(longitude) for part in (math.cos, math.sin))
    z = nu * (1 - e2) * math.sin(latitude)
    rx, ry, rz = (math.radians(seconds / 3600) for seconds in (0.1502, 0.2470, 0.8421))
    s = 1 - 20.4894e-6
    x, y, z = (
        446.448 + s * x - rz * y + ry * z,
        -125.157 + rz * x + s * y - rx * z,
        542.060 - ry * x + rx * y + s * z,
    )
    a, b = 6378137.0, 6356752.3141
    e2, p = 1 - b * b / (a * a), math.hypot(x, y)
    phi = math.atan2(z, p * (1 - e2))
    for _ in range(10):
        nu = a / math.sqrt(1 - e2 * math.sin(phi) ** 2)
        phi = math.atan2(z + e2 * nu * math.sin(phi), p)
    return math.degrees(phi), math.degrees(math.atan2(y, x))


def test_positions_are_within_20_centimetres_of_ordnance_surveys_own() -> None:
    _, _, eastings, northings = zip(*POINTS, strict=True)
    assert max(metres_off(*grid.positions(eastings, northings))) < ENOUGH


def test_one_shift_for_the_whole_country_would_be_metres_off() -> None:
    """So the test above can tell the right way from the nearly right."""
    latitudes, longitudes = zip(*(helmert(*point[2:]) for point in POINTS), strict=True)
    off = metres_off(latitudes, longitudes)
    assert 1 < max(off) < 6
    assert sum(metres > ENOUGH for metres in off) == len(POINTS)


def test_what_has_no_reference_or_lies_off_the_grid_has_no_position() -> None:
    latitudes, longitudes = grid.positions([np.nan, 422242.186, 0], [433818.701, np.nan, 0])
    assert np.isnan(latitudes).all()
    assert np.isnan(longitudes).all()
    assert [part.size for part in grid.positions([], [])] == [0, 0]
