"""Markup written once and filled in at every reading."""

from events.prepared import Prepared, clean, hole, seal


def test_holes_are_filled_and_empty_items_go():
    markup = f"<ul><li>{hole('near')}</li><li><b>x</b> {hole('ages')}</li></ul><p>{hole('when')}</p>"
    card = Prepared(seal(markup, icons="/i.svg"), icons="/i.svg")
    assert card.filled({"ages": "9", "when": "now"}) == "<ul><li><b>x</b> 9</li></ul><p>now</p>"
    assert card.filled({"near": "1 mile", "when": "now"}) == "<ul><li>1 mile</li></ul><p>now</p>"


def test_a_paragraph_around_an_empty_hole_goes_unless_something_points_at_it():
    markup = f'<p class="card__notice"><b>!</b>{hole("notice")}</p><p id="found">{hole("found")}</p>'
    card = Prepared(seal(markup, icons="/i.svg"), icons="/i.svg")
    assert card.filled({}) == '<p id="found"></p>'
    assert card.filled({"notice": "Late"}) == '<p class="card__notice"><b>!</b>Late</p><p id="found"></p>'


def test_icons_are_found_where_this_release_has_them():
    text = seal('<use href="/static/sprite.123.svg#pin"/>', icons="/static/sprite.123.svg")
    assert (
        Prepared(text, icons="/static/sprite.456.svg").filled({})
        == '<use href="/static/sprite.456.svg#pin"/>'
    )


def test_nobody_can_type_a_hole():
    assert clean(f"a{hole('when')}b\x1e\x1f\x1d\tc") == "awhenb\tc"


def test_several_holes_of_one_name_say_the_same():
    text = seal(f"<h1>{hole('title')}</h1><title>{hole('title')}</title>", icons="/i.svg")
    assert Prepared(text, icons="/i.svg").filled({"title": "On"}) == "<h1>On</h1><title>On</title>"
