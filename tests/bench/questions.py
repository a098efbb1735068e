"""Questions as families ask them, a different one each time, the same in every run."""

import random
from collections.abc import Sequence

WORDS = ["football", "footbal", "swim", "swmi", "cooking", "chess", "music", "friday", "street", "gimnastics"]


def different(
    number: int, *, types: Sequence[str], access: Sequence[str], near: tuple[float, float]
) -> list[str]:
    """So many addresses of lists, all different. Positions lie on the grid that addresses use."""
    chance = random.Random(number)  # noqa: S311 - the same questions in every run
    found: dict[str, None] = {}
    while len(found) < number:
        found[_question(chance, types, access, near)] = None
    return list(found)


def _question(
    chance: random.Random, types: Sequence[str], access: Sequence[str], near: tuple[float, float]
) -> str:
    parts: list[str] = []

    def perhaps(share: float, part: str) -> None:
        if chance.random() < share:
            parts.append(part)

    perhaps(0.3, f"q={chance.choice(WORDS)}")
    north = round((near[0] + chance.uniform(-0.15, 0.15)) / 0.005) * 0.005
    east = round((near[1] + chance.uniform(-0.15, 0.15)) / 0.008) * 0.008
    perhaps(0.6, f"near=HX1@{north:.3f},{east:.3f}&radius={chance.choice([1, 2, 5, 10, 20])}")
    day = f"{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    perhaps(0.4, chance.choice(["when=today", "when=weekend", "when=week", "when=month", f"from=2027-{day}"]))
    perhaps(0.3, f"day={chance.choice(['mon', 'tue', 'sat'])}")
    perhaps(0.2, f"time={chance.choice(['morning', 'afterschool', 'evening'])}")
    perhaps(0.5, f"age={chance.randrange(4, 18)}")
    perhaps(0.3, f"type={chance.choice(types)}")
    perhaps(0.15, f"access={chance.choice(access)}")
    perhaps(0.3, "free=1")
    perhaps(0.3, f"page={chance.randrange(2, 4)}")
    return "/activities/?" + "&".join(parts)
