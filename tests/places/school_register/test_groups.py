from places.school_register import groups
from places.school_register.groups import FIVE, five


def test_the_list_names_each_code_once_and_maps_onto_the_five() -> None:
    codes = groups.codes()
    assert len({code.code for code in codes}) == len({code.column for code in codes}) == len(codes) == 20
    assert {code.group for code in codes} == {*FIVE, ""}
    assert {code.code for code in codes if not code.group} == {"UNCL", "REST"}


def test_codes_are_added_up_to_the_five() -> None:
    whole = {code.code: number for number, code in enumerate(groups.codes(), start=1)}
    found = five(whole)
    assert found.counts == {"white": 15, "mixed": 30, "asian": 60, "black": 48, "other": 18}
    assert (found.apart, found.incomplete, found.version) == (39, frozenset(), 1)


def test_chinese_pupils_are_asian_as_in_the_census() -> None:
    assert five({"CHNE": 4, "AIND": 3}).counts["asian"] == 7


def test_a_group_without_any_number_is_unknown_and_one_with_a_part_is_incomplete() -> None:
    found = five({"BAFR": 6, "BCRB": None, "WBRI": 0, "REST": None})
    assert found.counts == {"white": 0, "mixed": None, "asian": None, "black": 6, "other": None}
    assert found.apart is None
    assert found.incomplete == set(FIVE)
