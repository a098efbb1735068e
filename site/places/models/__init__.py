"""Places, their terms and holidays, and the postcode directory."""

from places.models.holiday import BankHoliday
from places.models.place import Nation, Place
from places.models.postcode import Outcode, Postcode
from places.models.term import Term

__all__ = ["BankHoliday", "Nation", "Outcode", "Place", "Postcode", "Term"]
