"""Covers as pages show them."""

from uuid import UUID
from xml.etree import ElementTree

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from design import pictograms
from images.covers import addresses, svg
from images.covers.geometry import THREADS, Cover

ID = UUID("9b2f2c58-3a86-41c2-8b7e-6f2d1c0a9e77")
slugs = st.sampled_from([*sorted(pictograms.drawings()), ""])
threads = st.sampled_from(sorted(THREADS))


@given(st.builds(Cover, st.uuids(), threads, threads, slugs))
def test_cover_is_small_whole_and_asks_for_nothing(cover: Cover) -> None:
    text = svg.write(cover)
    assert len(text.encode()) < 2500
    ElementTree.fromstring(text)
    for forbidden in ("<style", "<script", "style=", "currentColor", "url(", "<image"):
        assert forbidden not in text


@pytest.mark.parametrize("slug", sorted(pictograms.drawings()))
def test_cover_shows_the_pictogram_of_its_type(slug: str) -> None:
    drawing = pictograms.drawings()[slug].replace("currentColor", "#1d1b3a")
    assert drawing in svg.write(Cover(ID, "coral", "teal", slug))


def test_cover_without_a_drawing_for_its_type_shows_the_general_one() -> None:
    assert svg.write(Cover(ID, "coral", "teal", "quidditch")) == svg.write(
        Cover(ID, "coral", "teal", pictograms.FALLBACK)
    )


def test_address_of_a_cover_answers_with_it_for_ever(client: Client) -> None:
    cover = Cover(ID, "coral", "teal", "first-aid")
    answer = client.get(addresses.path(cover))
    assert answer.status_code == 200
    assert answer.content.decode() == svg.write(cover)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Set-Cookie" not in answer


@pytest.mark.parametrize(
    "path",
    [
        f"/covers/{ID}-black-teal-football.svg",
        f"/covers/{ID}-coral-football.svg",
        f"/covers/{ID}-coral-teal-.svg",
        f"/covers/{ID}-coral-teal-Foot.svg",
        "/covers/nothing-coral-teal-football.svg",
        f"/covers/{ID}-coral-teal-{'a' * 300}.svg",
    ],
)
def test_address_that_names_no_cover_is_not_found(client: Client, path: str, db: None) -> None:
    assert client.get(path).status_code == 404
