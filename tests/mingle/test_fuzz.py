"""Nonsense in addresses and headers is answered in words, never with a 500."""

from urllib.parse import quote_from_bytes

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.activities import make_activity
from tests.factories.questions import NAMES

pytestmark = pytest.mark.slow

REQUESTS = 2000
ASKED = [*NAMES, "next", "lang", "count", "paper", "ink", "accent", "url", "maxwidth", "v"]
TELLING = [
    b"",
    b"0",
    b"-1",
    b"1e9",
    b"99999999999999999999",
    b"abc",
    b"1.5",
    b"NaN",
    b"\x00",
    b"HX1\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"HX1",
    b"hx1 1uj",
    b"ZZ99 9ZZ",
    b"HX1@53.72,-1.86",
    b"HX1@nan,inf",
    b"HX1@1e400,2",
    b"today",
    b"weekend",
    b"2027-02-30",
    b"0000-00-00",
    b"9999-12-31",
    b"10000-01-01",
    b"2027-03-28",
    b"mon",
    b"afterschool",
    b"step-free",
    b"football",
    b"girls",
    b"' OR 1=1 --",
    b"<script>alert(1)</script>",
    b"{{ 7*7 }}",
    b"%s%d{0}",
    b"../../etc/passwd",
    "عربي".encode(),
    b"a" * 10_000,
    b"list",
    b"calendar",
    b"map",
    b"distance",
    b"show",
    b"2026-09",
    b"2026-13",
    b"00000000-0000-0000-0000-000000000000",
    b"fffbf4",
    b"http://localhost:8000/activities/?near=HX1@53.72,-1.86&age=\xff",
    b"http://localhost:8000/organisers/%00/",
    b"http://[::1",
]
HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_IF_NONE_MATCH": st.sampled_from(["*", '"x"', 'W/"x", "y"', '"', "é", ",,,", '"' * 300]),
        "HTTP_IF_MODIFIED_SINCE": st.sampled_from(
            ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Zzz 9999 99:99:99 GMT", "0"]
        ),
        "HTTP_ACCEPT_ENCODING": st.sampled_from(["gzip", "br;q=1.0, gzip;q=0", "*", "gzip;q=zzz", ""]),
        "HTTP_HX_REQUEST": st.sampled_from(["true", "false", "\x7f"]),
        "HTTP_ACCEPT_LANGUAGE": st.sampled_from(["ur", "xx-yy;q=9", "*"]),
    },
)
VALUES = st.one_of(
    st.sampled_from(TELLING), st.binary(max_size=30), st.integers(-5, 100).map(lambda n: b"%d" % n)
)
QUERIES = st.lists(
    st.tuples(st.one_of(st.sampled_from(ASKED), st.text("abcq[]", max_size=5)), VALUES), max_size=6
)


@pytest.mark.django_db
def test_no_nonsense_makes_a_server_error(client):
    activity = make_activity("Sunday street football")
    occurrence = activity.occurrences.first()
    host = activity.host.slug
    addresses = [
        "/",
        "/activities/",
        "/embed/",
        "/embed/make/",
        "/embed/colours.css",
        "/oembed",
        "/activities/card.png",
        "/activities/calendar.ics",
        f"/activities/{activity.uuid}/calendar.ics",
        f"/occurrences/{occurrence.uuid}.ics",
        "/organisers/",
        f"/organisers/{host}/",
        f"/organisers/{host}/{activity.slug}/",
        f"/organisers/{host}/calendar.ics",
        f"/in/{activity.host.place.slug}/",
        "/organisers/nobody/nothing/",
        "/schools/",
        "/schools/900001/",
        "/schools/900001/calendar.ics",
        "/schools/twinnings/00000000-0000-4000-8000-000000000000/calendar.ics",
        "/occurrences/00000000-0000-0000-0000-000000000000.ics",
    ]
    client.raise_request_exception = False
    asked = failed = 0

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(
        address=st.sampled_from(addresses),
        query=QUERIES,
        headers=HEADERS,
        method=st.sampled_from(["GET", "HEAD"]),
    )
    def ask(address, query, headers, method):
        nonlocal asked, failed
        raw = "&".join(f"{name}={quote_from_bytes(value)}" for name, value in query)
        answer = client.generic(method, address, QUERY_STRING=raw, **headers)
        asked += 1
        failed += answer.status_code >= 500
        assert answer.status_code < 500, (address, raw, headers)
        assert not answer.cookies

    ask()
    print(f"{asked} requests, {failed} server errors")  # noqa: T201
    assert asked >= REQUESTS
    assert failed == 0
