"""Every word on a page can be translated."""

import re

import pytest

from tests.test_tree import OURS, folder

# What is not a sentence: template code, tags, comments, the site's own name.
TRANSLATED = re.compile(r"{%\s*blocktrans.*?endblocktrans\w*\s*%}", re.DOTALL)
CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}", re.DOTALL)
STYLE = re.compile(r"{%\s*block \w*class\s*%}.*?{%\s*endblock")
COMMENT = re.compile(
    r"{%\s*comment.*?endcomment\s*%}|<!--.*?-->|<style.*?</style>|<script.*?</script>", re.DOTALL
)
SAID = re.compile(r"<[^>]*?\b(?:alt|title|placeholder|aria-label)=\"([^\"]*[A-Za-z]{2}[^\"]*)\"")
TAG = re.compile(r"<[^>]*>", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")
NAMES = re.compile(r"\b(Mingle|iPhone|Android|Google|Apple|Outlook|https?://\S+)\b")

TEMPLATES = [path for app in OURS for path in folder(app).rglob("templates/**/*.html")]


def bare_words(text: str) -> list[str]:
    """Words in a template that no translator will see."""
    text = STYLE.sub(" {%", TRANSLATED.sub(" ", COMMENT.sub(" ", text)))
    text = CODE.sub(" ", text)
    said = SAID.findall(text)
    plain = NAMES.sub(" ", ENTITY.sub(" ", TAG.sub("\n", text)))
    return said + re.findall(r"[A-Za-z]{2,}[^\n]*", plain)


def test_bare_words_are_found():
    assert bare_words('<p class="x">Hello there</p>') == ["Hello there"]
    assert bare_words('<img alt="A dog">{% translate "Hello" %}<b>Mingle</b>') == ["A dog"]
    assert bare_words("{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %}") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_says_nothing_outside_gettext(path):
    assert bare_words(path.read_text()) == []
