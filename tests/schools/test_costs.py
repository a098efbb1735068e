"""What a coach costs, by the one formula."""

import pytest

from schools import costs


@pytest.mark.parametrize(
    ("miles", "span"),
    [
        (0.0, (180, 300)),  # 240 for half a day, a quarter to either side
        (2.1, (190, 330)),  # 240 + 4 × 2 × 1.4 × 2.1 = 263.52
        (12.4, (280, 480)),  # 20 km: 240 + 4 × 2 × 1.4 × 12.4 = 378.88
    ],
)
def test_a_coach_is_guessed_from_the_distance_in_whole_tens(miles, span):
    assert costs.coach(miles) == span


def test_the_farther_the_dearer():
    spans = [costs.coach(miles) for miles in (0.5, 2.0, 6.0, 12.4)]
    assert spans == sorted(spans)
    assert len(set(spans)) == 4
