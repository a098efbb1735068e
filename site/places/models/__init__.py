"""Places, their terms and holidays, the postcode directory, and the national register of schools."""

from places.models.holiday import BankHoliday
from places.models.place import Nation, Place
from places.models.postcode import Outcode, Postcode
from places.models.school import TEACHING, Gender, Phase, School, SchoolPupils, SchoolStatus, SchoolWord
from places.models.term import Term

__all__ = [
    "TEACHING",
    "BankHoliday",
    "Gender",
    "Nation",
    "Outcode",
    "Phase",
    "Place",
    "Postcode",
    "School",
    "SchoolPupils",
    "SchoolStatus",
    "SchoolWord",
    "Term",
]
