"""Components: what they say to screen readers, and what they leave out when they have nothing to say."""

import re

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, Template
from django.template.loader import render_to_string


def drawn(name: str, **parameters: object) -> str:
    return " ".join(render_to_string(f"design/components/{name}.html", parameters).split())


class Activity(forms.Form):
    title = forms.CharField(label="Name", help_text="Short and clear.")
    days = forms.MultipleChoiceField(
        label="Days", choices=[("mon", "Monday")], widget=forms.CheckboxSelectMultiple, required=False
    )
    alone = forms.BooleanField(label="May come alone", required=False, help_text="Without an adult.")
    key = forms.CharField(widget=forms.HiddenInput, required=False)


def test_field_ties_hint_and_error_to_its_control() -> None:
    html = Activity({"title": ""})["title"].as_field_group()
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_helptext">Short and clear.</p>' in html
    assert 'id="id_title_error"' in html
    assert 'aria-invalid="true"' in html
    assert '<label class="field__label" for="id_title">Name</label>' in html
    assert html.index("id_title_error") < html.index("<input")


def test_field_without_a_fault_says_nothing_of_one() -> None:
    html = Activity({"title": "Choir"})["title"].as_field_group()
    assert "error" not in html.replace("id_title_error", "")
    assert "field--wrong" not in html


def test_field_of_many_boxes_is_a_group_with_a_legend() -> None:
    html = Activity()["days"].as_field_group()
    assert html.strip().startswith("<fieldset")
    assert "<legend" in html
    assert html.count("<label") == 1


def test_field_of_one_box_has_its_words_in_the_label() -> None:
    html = Activity()["alone"].as_field_group()
    assert html.count("<label") == 1
    assert html.index("<input") < html.index("May come alone")
    assert 'id="id_alone_helptext"' in html


def test_hidden_field_is_the_input_alone() -> None:
    assert Activity()["key"].as_field_group().strip() == '<input type="hidden" name="key" id="id_key">'


def test_icon_is_hidden_unless_it_has_a_label() -> None:
    bare = Template('{% icon "map-pin" %}').render(Context())
    named = Template('{% icon "map-pin" label=words %}').render(Context({"words": "Where <it> is"}))
    assert 'aria-hidden="true"' in bare
    assert "/static/icons/sprite.svg#map-pin" in bare
    assert 'role="img" aria-label="Where &lt;it&gt; is"' in named
    assert "aria-hidden" not in named


def test_icon_turns_only_where_it_is_told_to() -> None:
    assert "icon--turns" in Template('{% icon "arrow" turns=True %}').render(Context())
    assert "icon--turns" not in Template('{% icon "user" %}').render(Context())


@pytest.mark.parametrize("slug", ["football", "quidditch", '"><script>'])
def test_pictogram_always_names_one_that_is_drawn(slug: str) -> None:
    html = Template("{% pictogram slug %}").render(Context({"slug": slug}))
    assert ("#football" in html) == (slug == "football")
    assert ("#get-together" in html) == (slug != "football")
    assert "<script" not in html


def test_chip_says_what_it_takes_off() -> None:
    html = drawn("chip", label="Free", href="?", on=True, remove=True)
    assert "Take off:" in html
    assert 'aria-current="true"' in html
    assert "chip__count" not in html
    assert '<span class="chip__count">0</span>' in drawn("chip", label="Free", href="?", count=0)


def test_pagination_keeps_the_query_and_is_absent_for_one_page() -> None:
    pages = Paginator(range(60), 20)
    html = drawn("pagination", page=pages.page(2), last=3, query="age=12&amp;")
    assert 'rel="prev" href="?age=12&amp;amp;page=1"' in html
    assert "Page 2 of 3" in html
    assert 'rel="next"' not in drawn("pagination", page=pages.page(3), last=3, query="")
    assert drawn("pagination", page=Paginator([], 20).page(1), last=1, query="").strip() == ""


@pytest.mark.parametrize("kind", ["", "good", "warning", "stop"])
def test_notice_has_an_icon_and_its_words(kind: str) -> None:
    html = drawn("notice", kind=kind, title="Careful", text="Two dates fall into the <holidays>.")
    assert html.count("<svg") == 1
    assert "&lt;holidays&gt;" in html
    assert 'role="status"' not in html
    assert 'role="status"' in drawn("notice", kind=kind, text="Saved.", live=True)


def test_breadcrumb_names_the_page_itself_last_and_without_a_link() -> None:
    html = drawn("breadcrumb", steps=[("What’s on", "/activities/")], here="Choir")
    assert html.count("<a ") == 1
    assert "Choir</li>" in html


def test_picture_offers_its_forms_best_first_and_always_has_its_measures() -> None:
    plain = {"src": "/a.jpg", "alt": "A <door>", "width": 640, "height": 270}
    assert drawn("picture", **plain) == (
        '<img src="/a.jpg" alt="A &lt;door&gt;" width="640" height="270" decoding="async" loading="lazy">'
    )
    forms_ = [("image/avif", "/a.avif 320w, /b.avif 640w"), ("image/webp", "/a.webp 640w")]
    html = drawn("picture", **plain, sources=forms_, sizes="50vw", first=True)
    assert html.startswith(
        '<picture><source type="image/avif" srcset="/a.avif 320w, /b.avif 640w" sizes="50vw">'
        '<source type="image/webp" srcset="/a.webp 640w" sizes="50vw"><img src="/a.jpg"'
    )
    assert html.endswith('fetchpriority="high"></picture>')
    assert "lazy" not in drawn("picture", **plain, eager=True)


def test_social_card_is_large_only_with_a_picture() -> None:
    parameters = {"title": "Choir", "description": "Sing", "address": "https://mingle.example/choir/"}
    assert '<meta name="twitter:card" content="summary">' in drawn("social", **parameters)
    pictured = drawn("social", **parameters, image="https://mingle.example/c.png", image_alt="Woven")
    assert '<meta name="twitter:card" content="summary_large_image">' in pictured
    assert '<meta property="og:image:alt" content="Woven">' in pictured


@pytest.mark.parametrize("demo", [True, False])
def test_pages_say_that_they_are_a_demonstration_only_in_the_demo(settings: object, demo: bool) -> None:
    settings.DEMO = demo
    assert ("This is a demonstration." in render_to_string("404.html")) == demo


def test_mails_have_a_frame_in_words_and_one_as_a_page() -> None:
    html = Template(
        '{% extends "design/email/base.html" %}{% block title %}Hello{% endblock %}'
        '{% block button %}{% include "design/email/button.html" with href=link %}{% endblock %}'
    ).render(Context({"link": "https://mingle.example/a/?b=1&c=2"}))
    assert re.search(r">\s*Hello\s*</h1>", html)
    assert html.count("https://mingle.example/a/?b=1&amp;c=2") == 2
    assert "<script" not in html
    assert "<img" not in html
    words = Template(
        '{% extends "design/email/base.txt" %}{% block content %}{{ name }}{% endblock %}'
    ).render(Context({"name": "Tom & Aisha"}))
    assert words.startswith("Tom & Aisha\n")


def test_messages_are_read_out_once_each() -> None:
    class Message(str):
        level_tag = "success"

    html = drawn("messages", messages=[Message("Saved.")])
    assert html.count("Saved.") == 1
    assert 'role="status"' in html
    assert drawn("messages", messages=[]).strip() == ""
