"""Every word on a page can be translated."""

import ast
import re
from collections.abc import Iterator

import pytest

from tests.test_plain_english import GETTEXT
from tests.test_tree import OURS, ROOT, folder

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

# A sentence, or a line of a form: what begins with a capital letter and has more than one word.
SENTENCE = re.compile(r"[A-Z][a-z’']*(?: \S+)+\Z")
REMARK = re.compile(r"/\*.*?\*/|^\s*//.*$", re.DOTALL | re.MULTILINE)
QUOTED = re.compile(r"""(["'`])((?:(?!\1)[^\n\\]|\\.)*)\1""")
SHOWN = re.compile(
    r"""(?:textContent|innerHTML|innerText|title|ariaLabel|alt|placeholder)\s*=\s*(["'`])(.*?)\1"""
)

# Read by whoever sets the site up, works on it or runs the demonstration, in English.
UNTRANSLATED = {
    "migrations",
    "management",
    "demo",
    "launcher",
    "embedded",
    "settings",
    "models",
    "install.py",
    "school_register",
}

SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))
SOURCES = [
    path
    for app in OURS
    for path in sorted(folder(app).rglob("*.py"))
    if UNTRANSLATED.isdisjoint(path.relative_to(folder(app)).parts)
]
TEMPLATES = [path for app in OURS for path in folder(app).rglob("templates/**/*.html")]


def bare_words(text: str) -> list[str]:
    """Words in a template that no translator will see."""
    text = STYLE.sub(" {%", TRANSLATED.sub(" ", COMMENT.sub(" ", text)))
    text = CODE.sub(" ", text)
    said = SAID.findall(text)
    plain = NAMES.sub(" ", ENTITY.sub(" ", TAG.sub("\n", text)))
    return said + re.findall(r"[A-Za-z]{2,}[^\n]*", plain)


def bare_sentences(source: str) -> list[str]:
    """Sentences in Python that no translator will see; documentation and errors for programmers are none."""
    tree = ast.parse(source)
    left = set(map(id, _out_of_sight(tree)))
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in left and SENTENCE.match(node.value)
    ]


def _out_of_sight(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in GETTEXT:
                yield from ast.walk(node)
            case ast.Raise(exc=ast.Call(func=ast.Name(id=name))) if name != "ValidationError":
                yield from ast.walk(node)
            case ast.Expr(value=ast.Constant()):
                yield node.value


def words_in_script(source: str) -> list[str]:
    """Scripts have no gettext: what they show stands in the page's markup, which has."""
    code = REMARK.sub("", source)
    shown = [words for _, words in SHOWN.findall(code) if re.search(r"[A-Za-z]{2}", words)]
    return shown + [words for _, words in QUOTED.findall(code) if SENTENCE.match(words)]


def test_bare_words_are_found():
    assert bare_words('<p class="x">Hello there</p>') == ["Hello there"]
    assert bare_words('<img alt="A dog">{% translate "Hello" %}<b>Mingle</b>') == ["A dog"]
    assert bare_words("{% blocktranslate trimmed %}Hello {{ name }}{% endblocktranslate %}") == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_says_nothing_outside_gettext(path):
    assert bare_words(path.read_text()) == []


def test_bare_sentences_are_found():
    assert bare_sentences('"""A docstring."""\nx = _("Hello there")\ny = "Hello all"\nz = "hello there"') == [
        "Hello all"
    ]
    assert bare_sentences('raise ValueError("No such thing")\nraise ValidationError("Type a day.")') == [
        "Type a day."
    ]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_source_says_nothing_outside_gettext(path):
    assert bare_sentences(path.read_text()) == []


def test_words_in_scripts_are_found():
    assert words_in_script(
        '/* A "Big dog". */ line.textContent = "kept"; say(`Kept here`); go("next-step")'
    ) == [
        "kept",
        "Kept here",
    ]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_script_says_nothing_of_its_own(path):
    assert words_in_script(path.read_text()) == []
