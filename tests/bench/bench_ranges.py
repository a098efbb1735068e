"""How often the 95 % ranges of mixing hold the truth, simulated from a fixed seed. Run as a module.

The room's formula is prescribed; it is weakest where few people are mostly of one group. A series' range is
weakest where sessions are few, unlike and of very different sizes.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
TIMES = 20_000
LEAST_OF_A_ROOM, LEAST_OF_A_SERIES, MEAN, OFF = 0.88, 0.91, 0.95, 0.015


def main() -> int:
    """Print what was measured; 1 where a range holds the truth less often than it may, else 0."""
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    from tests.diversity import coverage  # noqa: PLC0415

    kept = True
    for what, found, least in (
        ("room", coverage.of_rooms(TIMES), LEAST_OF_A_ROOM),
        ("series", coverage.of_series(TIMES // 4), LEAST_OF_A_SERIES),
    ):
        for name, held in found.items():
            print(f"ranges     {what}, {name}: {held:.1%} of 95 % ranges hold the truth")
        mean = sum(found.values()) / len(found)
        print(
            f"ranges     {what}: {mean:.1%} on average, "
            f"{min(found.values()):.1%} at worst ({least:.0%} allowed)"
        )
        kept &= min(found.values()) >= least and abs(mean - MEAN) <= OFF
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
