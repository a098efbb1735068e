"""The editable lists by their slugs, read once for many activities."""

from dataclasses import dataclass

from events.models import ActivityType, Aim, Language
from organisations.models import AccessFeature


@dataclass(frozen=True, slots=True)
class Lists:
    types: dict[str, ActivityType]
    aims: dict[str, Aim]
    languages: dict[str, Language]
    features: dict[str, AccessFeature]

    @classmethod
    def read(cls) -> "Lists":
        return cls(
            types={each.slug: each for each in ActivityType.objects.all()},
            aims={each.slug: each for each in Aim.objects.all()},
            languages={each.slug: each for each in Language.objects.all()},
            features={each.slug: each for each in AccessFeature.objects.all()},
        )
