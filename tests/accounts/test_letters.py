"""Every mail about an account has words of ours."""

import re
from pathlib import Path

import allauth
import pytest
from django.utils import timezone

from accounts import letters

ROOT = Path(allauth.__file__).parent
SENT = re.compile(r'"((?:account|mfa)/email/\w+)"')
# Of ways to sign in that are closed here.
CLOSED = {"account/email/login_code", "account/email/password_reset_code", "account/email/email_confirm"}


def test_there_are_words_for_every_mail_that_allauth_sends() -> None:
    sources = [*(ROOT / "account").rglob("*.py"), *(ROOT / "mfa").rglob("*.py")]
    sent = {name for path in sources for name in SENT.findall(path.read_text())}
    assert sent - CLOSED <= set(letters.LETTERS)
    assert len(sent) > 10


@pytest.mark.parametrize("name", letters.LETTERS)
def test_letter_says_the_same_as_text_and_in_our_frame(name: str) -> None:
    letter = letters.LETTERS[name]
    link = "http://testserver/some/where/?a=1&b=2"
    links = {"password_reset_url": link, "signup_url": link}
    context = {**links, "code": "BCDF-GHJK", "timestamp": timezone.now()}
    mail = letters.compose(name, to="amira@example.org", context=context)
    [(html, kind)] = mail.alternatives
    assert (mail.subject, mail.to, kind) == (str(letter.subject), ["amira@example.org"], "text/html")
    assert str(letter.words) in mail.body
    assert ("BCDF-GHJK" in mail.body, "BCDF-GHJK" in html) == (True, True)
    assert (link in mail.body) is bool(letter.link)
    assert ("It was done on" in mail.body) is letter.warns
    assert "<h1" in html
