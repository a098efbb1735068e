"""How exactly we know where somebody is: to about 500 metres, everywhere and for everything. Pure."""

# 0.005° of latitude is 556 m; 0.008° of longitude is 573 m in Cornwall, 528 m in Halifax, 446 m in Shetland.
LATITUDE_STEP, LONGITUDE_STEP = 0.005, 0.008


def rounded(latitude: float, longitude: float) -> tuple[float, float]:
    """The nearest point of the grid, at most 400 m away. Rounding twice is rounding once."""
    return _to_step(latitude, LATITUDE_STEP), _to_step(longitude, LONGITUDE_STEP)


def _to_step(degrees: float, step: float) -> float:
    # Adding nought turns a minus nought, which would be written "-0.000", into a plain one.
    return round(round(degrees / step) * step, 3) + 0.0
