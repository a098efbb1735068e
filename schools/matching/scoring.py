"""How much two schools differ, as a whole number that can be matched on.

The formulas live in `diversity.distances`. How they are weighed against each other is here alone.
"""

from collections.abc import Sequence

from diversity.distances import cross_contact, hellinger, jensen_shannon, joint_mixing, total_variation

__all__ = [
    "cross_contact",
    "difference",
    "hellinger",
    "jensen_shannon",
    "joint_mixing",
    "total_variation",
    "weight",
]

# What counts, and how much: the two parts add up to 1. Whoever changes policy changes these lines.
GROUPS_PART = 0.5  # how unlike the pupils' ethnic groups are: total variation
MEALS_PART = 0.5  # how unlike the shares of pupils with free school meals are: their gap

# A difference of 1 weighs this much. Weights stay under 2**24 / 2, up to which the matching is exact.
SCALE = 1_000_000


def difference(
    groups: Sequence[float], other_groups: Sequence[float], meals: float | None, other_meals: float | None
) -> float:
    """GROUPS_PART · ½ Σ |a_k − c_k| + MEALS_PART · |f_A − f_C|; 0 to 1.

    Groups are counts or shares, meals the share of pupils known to have them. Where that is unknown for one
    of the two, nobody knows the gap: the groups' difference stands for the whole, and unknown is never zero.
    """
    apart = total_variation(groups, other_groups)
    if meals is None or other_meals is None:
        return apart
    if not (0 <= meals <= 1 and 0 <= other_meals <= 1):
        raise ValueError(f"A share of pupils is from 0 to 1, not {meals!r} and {other_meals!r}.")
    return GROUPS_PART * apart + MEALS_PART * abs(meals - other_meals)


def weight(score: float) -> int:
    """The difference of two schools as the whole number that is matched on."""
    return round(SCALE * score)
