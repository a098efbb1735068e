"""A few real postcodes and outcodes, from the directory of November 2025."""

from places import outcodes
from places.models import Outcode, Postcode

HX1 = (53.72184, -1.86759)
HX1_1UJ = (53.724371, -1.8607031)


def make_outcode(
    code: str,
    position: tuple[float, float] | None = HX1,
    *,
    complete: bool = True,
    area_code: str = "E08000033",
) -> Outcode:
    """An outcode, known to this worker at its next question."""
    latitude, longitude = position or (None, None)
    outcodes.forget()
    return Outcode.objects.create(
        code=code,
        latitude=latitude,
        longitude=longitude,
        area_code=area_code,
        postcodes=1,
        complete=complete,
        edition=1,
    )


def make_postcode(
    code: str, position: tuple[float, float] | None = HX1_1UJ, *, area_code: str = "E08000033"
) -> Postcode:
    """A postcode as the directory writes it: "HX11UJ"."""
    latitude, longitude = position or (None, None)
    return Postcode.objects.create(code=code, latitude=latitude, longitude=longitude, area_code=area_code)
