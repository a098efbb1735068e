"""Pages are kept while they are true, and never a moment longer."""

import datetime
import gzip

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import RequestFactory
from django.utils import timezone, translation

from organisations import page_cache
from organisations.models import Generation
from organisations.page_cache import Entry, Page, PageCache, cached_page

pytestmark = pytest.mark.django_db
NOON = datetime.datetime(2027, 1, 12, 12, tzinfo=datetime.UTC)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[datetime.datetime]:
    """The time it is: replace the one item to let time pass."""
    hands = [NOON]
    monkeypatch.setattr(timezone, "now", lambda: hands[0])
    return hands


class View:
    """A public view that counts how often it was built."""

    def __init__(self, **answer: object) -> None:
        self.built = 0
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.built += 1
        return Page(f"page {self.built} for {request.get_full_path()}", **self.answer)


def ask(view: object, address: str = "/", **headers: str) -> HttpResponse:
    return cached_page(view)(RequestFactory().get(address, headers=headers))


def test_page_is_built_once_while_nothing_changes(django_assert_num_queries: object) -> None:
    view = View()
    first = ask(view)
    with django_assert_num_queries(1):
        second = ask(view)
    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert view.built == 1
    assert second["Cache-Control"] == "no-cache"


def test_change_is_visible_to_the_very_next_request() -> None:
    view = View()
    ask(view)
    Generation.objects.raised()
    assert ask(view).content == b"page 2 for /"


def test_page_built_while_a_change_commits_is_not_kept_as_new() -> None:
    built = []

    def view(request: HttpRequest) -> HttpResponse:
        built.append(request.generation)
        if len(built) == 1:
            Generation.objects.raised()
        return HttpResponse("page")

    ask(view)
    ask(view)
    assert built == [0, 1]


def test_database_from_a_backup_is_not_taken_for_the_one_before() -> None:
    Generation.objects.raised()
    view = View()
    ask(view)
    Generation.objects.update(changed_at=NOON)
    assert ask(view).content == b"page 2 for /"


def test_page_changes_at_midnight_in_london(clock: list[datetime.datetime]) -> None:
    view = View()
    clock[0] = datetime.datetime(2027, 6, 15, 22, 59, tzinfo=datetime.UTC)  # 23:59 in summer
    ask(view)
    clock[0] = datetime.datetime(2027, 6, 15, 23, 0, tzinfo=datetime.UTC)
    assert ask(view).content == b"page 2 for /"


def test_page_changes_at_the_moment_it_names(clock: list[datetime.datetime]) -> None:
    view = View(changes_at=[NOON + datetime.timedelta(minutes=30), NOON + datetime.timedelta(minutes=10)])
    ask(view)
    clock[0] = NOON + datetime.timedelta(minutes=9)
    assert ask(view).content == b"page 1 for /"
    clock[0] = NOON + datetime.timedelta(minutes=10)
    assert ask(view).content == b"page 2 for /"


def test_order_of_unlike_parameters_does_not_matter() -> None:
    view = View()
    ask(view, "/?day=mon&age=8&day=tue")
    ask(view, "/?age=8&day=mon&day=tue")
    assert view.built == 1
    ask(view, "/?age=8&day=tue&day=mon")
    assert view.built == 2


def test_languages_and_parts_are_kept_apart() -> None:
    view = View()
    ask(view)
    ask(view, hx_request="true")
    with translation.override("pl"):
        ask(view)
    assert view.built == 3
    ask(view, hx_request="true", hx_history_restore_request="true")
    assert view.built == 3


def test_reader_who_has_the_page_is_told_so() -> None:
    view = View()
    tag = ask(view)["ETag"]
    for sent in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        answer = ask(view, if_none_match=sent)
        assert (answer.status_code, answer.content, answer["ETag"]) == (304, b"", tag)
    assert ask(view, if_none_match='"other"').status_code == 200


def test_change_that_leaves_the_page_as_it_was_is_still_304() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        return HttpResponse("the same")

    tag = ask(view)["ETag"]
    Generation.objects.raised()
    assert ask(view, if_none_match=tag).status_code == 304


def test_head_has_the_headers_alone() -> None:
    view = View()
    whole = ask(view)
    head = cached_page(view)(RequestFactory().head("/"))
    assert head.content == b""
    assert dict(head.headers) == dict(whole.headers)
    assert head["Content-Length"] == str(len(whole.content))


def test_compressed_form_is_the_same_page_with_a_tag_of_its_own() -> None:
    view = View()
    plain, zipped = ask(view), ask(view, accept_encoding="br, gzip")
    assert gzip.decompress(zipped.content) == plain.content
    assert zipped["Content-Encoding"] == "gzip"
    assert zipped["ETag"] == plain["ETag"][:-1] + '-gzip"'
    assert ask(view, accept_encoding="gzip").content == zipped.content
    assert "Content-Encoding" not in ask(view, accept_encoding="br, gzip;q=0")
    assert {"Accept-Encoding", "HX-Request", "Cookie"} == set(plain["Vary"].split(", "))


def test_people_with_a_session_are_served_past_it() -> None:
    view = View()
    ask(view)
    answer = ask(view, cookie="sessionid=abc")
    assert answer.content == b"page 2 for /"
    assert answer["Cache-Control"] == "private, no-cache"
    assert len(page_cache.pages) == 1


def _with_token(request: HttpRequest) -> HttpResponse:
    return HttpResponse(get_token(request))


def _with_cookie(request: HttpRequest) -> HttpResponse:
    response = HttpResponse("page")
    response.set_cookie("a", "b")
    return response


def _not_to_be_stored(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page", headers={"Cache-Control": "no-store"})


def _missing(request: HttpRequest) -> HttpResponse:
    return HttpResponse("none", status=404)


@pytest.mark.parametrize("view", [_with_token, _with_cookie, _not_to_be_stored, _missing])
def test_what_is_one_persons_is_never_kept(view: object) -> None:
    ask(view)
    assert len(page_cache.pages) == 0


def test_full_postcode_is_never_kept() -> None:
    for address in (
        "/?near=HX1+1UJ",
        "/?near=hx11uj",
        "/?near=HX1%201UJ",
        "/?q=x&near=SW1A1AA",
        "/?q=HX1%C2%A01UJ",
        "/?q=HX1\u00a01UJ",
        "/?q=%EF%BC%A8%EF%BC%B81+1UJ",
    ):
        ask(View(), address)
    assert len(page_cache.pages) == 0
    ask(View(), "/?near=HX1")
    assert len(page_cache.pages) == 1


def test_gone_is_kept_and_answers_gone() -> None:
    view = View(status=410)
    tag = ask(view)["ETag"]
    assert ask(view, if_none_match=tag).status_code == 410
    assert view.built == 1


def test_post_goes_past() -> None:
    view = View()
    ask(view)
    assert cached_page(view)(RequestFactory().post("/")).content == b"page 2 for /"


def entry(body: bytes) -> Entry:
    return Entry((1, None), NOON, 200, "text/html", body, "tag")


def test_least_recently_used_page_leaves_when_the_budget_is_spent() -> None:
    cache = PageCache(budget=25)
    cache.put(("a",), entry(b"9 bytes.."))
    cache.put(("b",), entry(b"9 bytes.."))
    assert cache.get(("a",), (1, None), NOON - datetime.timedelta(1)) is not None
    cache.put(("c",), entry(b"9 bytes.."))
    assert [("a",) in cache, ("b",) in cache, ("c",) in cache] == [True, False, True]
    assert cache.weight == 20


def test_page_beyond_the_budget_is_not_kept_and_weighs_nothing() -> None:
    cache = PageCache(budget=5)
    cache.put(("a",), entry(b"too long"))
    assert (len(cache), cache.weight) == (0, 0)
    cache.put(("b",), entry(b"ok"))
    cache.put(("b",), entry(b"okay"))
    assert (len(cache), cache.weight) == (1, 5)
