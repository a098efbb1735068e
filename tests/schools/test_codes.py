"""Codes on paper: enough of chance, easy to read and to type, kept as digests alone."""

import pytest
from django.test import override_settings

from schools import codes


def test_a_code_is_sixteen_letters_of_five_bits_each_in_groups():
    assert len(set(codes.LETTERS)) == 32
    groups = codes.drawn().split("-")
    assert [len(group) for group in groups] == [4, 4, 4, 4]
    assert set("".join(groups)) <= set(codes.LETTERS)


def test_a_thousand_codes_differ_and_use_every_letter_in_every_place():
    drawn = [codes.drawn().replace("-", "") for _number in range(1000)]
    assert len(set(drawn)) == 1000
    assert all({code[place] for code in drawn} == set(codes.LETTERS) for place in range(codes.LENGTH))


@pytest.mark.parametrize(
    "typed",
    [
        "7K1M-9QX0-4TBH-R0WV",
        "7k1m9qx04tbhr0wv",
        " 7K1M 9QX0  4TBH R0WV ",
        "7KIM–9QXO–4TBH–ROWU",  # read wrongly from paper, with another dash
        "7klm.9qxo.4tbh.rowu",
    ],
)
def test_a_code_is_the_same_however_it_is_typed(typed):
    assert codes.digest(typed) == codes.digest("7K1M9QX04TBHR0WV")


@pytest.mark.parametrize(
    "typed", ["", "7K1M-9QX0-4TBH-R0W", "7K1M-9QX0-4TBH-R0WVV", "٣K1M9QX04TBHR0WV", "\0"]
)
def test_another_code_has_another_digest(typed):
    assert codes.digest(typed) != codes.digest("7K1M9QX04TBHR0WV")


def test_a_digest_is_made_with_the_key_of_the_installation():
    here = codes.digest("7K1M9QX04TBHR0WV")
    with override_settings(SECRET_KEY="another"):
        assert codes.digest("7K1M9QX04TBHR0WV") != here
    assert len(here) == 64
