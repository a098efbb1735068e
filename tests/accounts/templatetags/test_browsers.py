"""A browser in words that people know."""

import pytest

from accounts.templatetags.browsers import browser_words

WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"Mozilla/5.0 (iPhone; CPU iPhone OS 19_0) {WEBKIT} Version/19.0 Safari/604.1", "Safari on iPhone"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Edg/156.0.0.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Linux; Android 15; K) {CHROME}", "Chrome on Android"),
        (f"Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) {CHROME}", "Chrome on Chromebook"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 15.0; rv:150.0) Gecko/20100101 Firefox/150.0",
            "Firefox on Mac",
        ),
        ("curl/8.5.0", "Another browser"),
        ("", "Another browser"),
    ],
)
def test_browser_is_named(said: str, words: str) -> None:
    assert browser_words(said) == words
