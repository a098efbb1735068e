"""Words that a child of eleven can read: reading grade 6 at most, by Flesch and Kincaid.

0.39 × words a sentence + 11.8 × syllables a word − 15.59, as textstat computes it, which
guesses syllables by hyphenation. A single short sentence says little of how hard a text is, so strings are
measured alone from fifteen words, and all of them together.
"""

import ast
import re
from collections.abc import Iterator
from html import unescape

import pytest
import textstat

from mingle.demo import reading
from pages.actions.information import WORDS
from tests.test_tree import OURS, ROOT, folder

HARDEST = 6
LONG = 15
GETTEXT = {
    "_",
    *("gettext", "gettext_lazy", "gettext_noop"),
    *("ngettext", "ngettext_lazy"),
    *("pgettext", "pgettext_lazy"),
}
TRANSLATED = re.compile(r"""{%\s*translate\s+"([^"]*)"|\b_\("([^"]*)"\)""")
BLOCKS = re.compile(r"{%\s*blocktranslate\b[^%]*%}(.*?){%\s*endblocktranslate", re.DOTALL)
PLURAL = re.compile(r"{%\s*plural\s*%}")
HOLES = re.compile(r"{{.*?}}|%\(\w+\)[sd]")
ENDS = re.compile(r"</(?:p|li|dt|dd|h\d)>")
TAGS = re.compile(r"<[^>]+>")
# Licences say what has to be said, word for word.
PRESCRIBED = re.compile(r"©|Licence v3")


def plain(text: str) -> str:
    """Without markup; what ends a block ends a sentence, and a hole is a word."""
    text = TAGS.sub(" ", ENDS.sub(". ", HOLES.sub("it", text)))
    return " ".join(unescape(text).split())


def grade(text: str) -> float:
    textstat.set_lang("en")
    return textstat.flesch_kincaid_grade(text)


def said_in_template(text: str) -> Iterator[str]:
    for pair in TRANSLATED.findall(text):
        yield "".join(pair)
    for block in BLOCKS.findall(text):
        yield from PLURAL.split(block)


def said_in_python(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in GETTEXT:
            yield from (
                part.value
                for part in node.args
                if isinstance(part, ast.Constant) and isinstance(part.value, str)
            )


def interface() -> list[str]:
    """Every string that is shown to somebody."""
    found = []
    for app in OURS:
        for path in sorted(folder(app).rglob("*")):
            if path.suffix in {".html", ".txt"} and "templates" in path.parts:
                found += said_in_template(path.read_text())
            elif path.suffix == ".py" and "migrations" not in path.parts:
                found += said_in_python(path.read_text())
    return list(dict.fromkeys(said for said in map(plain, found) if not PRESCRIBED.search(said)))


def too_hard(texts: dict[str, str]) -> dict[str, float]:
    grades = {name: grade(plain(text)) for name, text in texts.items()}
    return {name: found for name, found in grades.items() if found > HARDEST}


def test_hard_words_are_found() -> None:
    said = "Participation necessitates prior registration with the organisation responsible for safeguarding."
    assert too_hard(
        {"hard": said, "easy": "Come and play. You need not tell anybody before you come."}
    ).keys() == {"hard"}
    assert list(said_in_python('_("One") + gettext("Two") + other("Three")')) == ["One", "Two"]
    assert list(
        said_in_template('{% translate "One" %}{% blocktranslate trimmed %}Two{% endblocktranslate %}')
    ) == [
        "One",
        "Two",
    ]


def test_strings_are_easy_each_and_together() -> None:
    strings = interface()
    long = {said: said for said in strings if len(said.split()) >= LONG}
    assert too_hard(long) == {}
    assert too_hard({"all together": ". ".join(strings)}) == {}


@pytest.mark.parametrize("path", sorted(WORDS.glob("*.html")), ids=lambda path: path.stem)
def test_pages_of_words_are_easy(path) -> None:
    assert too_hard({path.stem: path.read_text()}) == {}


def test_pages_of_the_demonstration_are_easy() -> None:
    pages = {page.slug: f"{page.introduction}. {page.body}" for page in reading.editorial_pages()}
    assert too_hard(pages) == {}


def test_what_the_demonstration_says_of_organisations_and_activities_is_easy() -> None:
    said = {}
    for slug, facts in reading.organisations().items():
        said[slug] = f"{facts['summary']} {facts.get('body', '')}"
        for activity in facts["activity"]:
            said[activity["title"]] = f"{activity['summary']} {activity.get('body', '')}"
    assert too_hard({name: text for name, text in said.items() if len(text.split()) >= LONG}) == {}


def test_what_organisers_are_told_of_figures_is_easy() -> None:
    text = (ROOT / "docs" / "measures.md").read_text()
    section = text.partition("## For an organiser")[2].partition("\n## ")[0]
    parts = [part.replace("**", "") for part in re.split(r"\n\n|\n- ", section) if part.strip()]
    assert len(parts) > 9
    assert too_hard({part[:40]: part for part in parts}) == {}
