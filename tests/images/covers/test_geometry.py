"""Cloth: the same for the same id for ever, different for different ids, and woven as it says."""

from pathlib import Path
from re import findall
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from images.covers.geometry import (
    BANDS,
    GAPS,
    GROUNDS,
    NIGHT,
    PAPER,
    PERIOD,
    THREADS,
    WEAVES,
    Cover,
    cloth,
    weft_is_over,
)

covers = st.builds(Cover, st.uuids(), st.sampled_from(sorted(THREADS)), st.sampled_from(sorted(THREADS)))


def test_cloth_of_a_known_id_never_changes() -> None:
    laid = cloth(Cover(UUID("9b2f2c58-3a86-41c2-8b7e-6f2d1c0a9e77"), "coral", "teal"))
    assert (laid.weave, laid.turned, laid.band, laid.columns[1] - laid.columns[0], laid.ground) == (
        "basket",
        False,
        72,
        88,
        "#fffbf4",
    )


@given(covers)
def test_cloth_is_the_same_each_time(cover: Cover) -> None:
    assert cloth(cover) == cloth(cover)


@given(covers, st.sampled_from([(640, 270), (640, 440), (1200, 630), (300, 300)]))
def test_cloth_covers_the_picture_from_edge_to_edge(cover: Cover, size: tuple[int, int]) -> None:
    laid = cloth(cover, *size)
    left, right, top, bottom = laid.reach
    pitch = laid.columns[1] - laid.columns[0]
    assert laid.columns[0] - left < pitch
    assert laid.rows[0] - top < pitch
    assert laid.columns[-1] + laid.band / 2 >= right - pitch
    assert laid.rows[-1] + laid.band / 2 >= bottom - pitch
    assert pitch > laid.band


@given(covers)
def test_runs_lie_over_exactly_the_crossings_of_the_weave(cover: Cover) -> None:
    laid = cloth(cover)
    for row, runs in enumerate(laid.runs):
        for number, x in enumerate(laid.columns):
            hidden = any(start <= x - laid.band / 2 and x + laid.band / 2 <= end for start, end in runs)
            assert hidden == weft_is_over(laid.weave, number, row)


def test_every_thread_goes_over_and_under_in_every_weave() -> None:
    for weave in WEAVES:
        period = PERIOD[weave]
        for one in range(period):
            assert {weft_is_over(weave, one, other) for other in range(period)} == {True, False}
            assert {weft_is_over(weave, other, one) for other in range(period)} == {True, False}
        for row in range(period):
            assert [weft_is_over(weave, c, row) for c in range(8)] == [
                weft_is_over(weave, c, row + period) for c in range(8)
            ]


def test_ids_made_one_after_the_other_look_different() -> None:
    first = 0x9B2F2C58_3A86_41C2_8B7E_000000000000
    laid = [cloth(Cover(UUID(int=first + n), "coral", "teal")) for n in range(200)]
    assert len(set(laid)) >= 195
    assert {one.weave for one in laid} == set(WEAVES)
    assert {one.band for one in laid} == set(BANDS)
    assert {one.columns[1] - one.columns[0] - one.band for one in laid} == set(GAPS)
    assert {one.turned for one in laid} == {True, False}
    neighbours = sum(a.weave == b.weave and a.band == b.band for a, b in zip(laid, laid[1:], strict=False))
    assert neighbours < 30


def test_covers_use_the_colours_of_the_tokens() -> None:
    root = Path(__file__).resolve().parents[3]
    light = (root / "static/css/tokens.css").read_text().split("prefers-color-scheme")[0]
    tokens = dict(findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    assert {name: tokens[name] for name in THREADS} == THREADS
    assert {name: tokens[f"{name}-pale"] for name in GROUNDS} == GROUNDS
    assert (tokens["night"], tokens["paper"]) == (NIGHT, PAPER)
