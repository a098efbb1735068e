"""Whatever stands in the address, the page comes, or a shorter address."""

from urllib.parse import quote_from_bytes

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories.activities import make_activity
from tests.factories.questions import NAMES

pytestmark = pytest.mark.django_db

ASKED = [*NAMES, "unheard-of"]
ODD = [
    *[
        "",
        "0",
        "-1",
        "1",
        "9",
        "9999",
        "99999999999999999999",
        "%00",
        "foot%00ball",
        "%FF%FE",
        "%ED%A0%80",
        "%C2",
    ],
    *["1e5", "nan", "inf", "9" * 5000, "x" * 10_000, "2027-01-01", "0000-00-00", "9999-12-31", "0001-01-01"],
    *[
        "31/2/2027",
        "HX1",
        "HX11UJ",
        "HX1@53.725,-1.864",
        "HX1@unknown",
        "HX1@91.0,0.0",
        "BT1",
        "@",
        "@,",
        "'--",
    ],
    *[
        "%27%20OR%201=1",
        "<script>alert(1)</script>",
        "..%2F..",
        "football",
        "step-free",
        "mon",
        "evening",
        "week",
    ],
    *[
        "girls",
        "distance",
        "match",
        "show",
        "2026-09",
        "00000000-0000-0000-0000-000000000007",
        "%F0%9F%8F%8A",
        "%02%03",
    ],
    *["%1E%1F%1D", "a b c d e f g h i j k", "the", "&amp;", "%25", "+", "#", ";"],
    *["%E2%80%AE", "%D8%A7%D8%B1%D8%AF%D9%88", "é"],
]
VALUES = (
    st.sampled_from(ODD)
    | st.binary(max_size=40).map(quote_from_bytes)
    | st.text(max_size=40).map(lambda text: quote_from_bytes(text.encode("utf-8", "surrogatepass")))
)


@pytest.fixture
def something_on():
    return make_activity("Street football")


@given(st.lists(st.tuples(st.sampled_from(ASKED), VALUES), max_size=6), st.booleans())
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nonsense_gets_a_page(something_on, pairs, by_htmx):
    query = "&".join(f"{name}={value}" for name, value in pairs)
    response = Client().get(
        "/activities/", QUERY_STRING=query, headers={"HX-Request": "true"} if by_htmx else {}
    )
    assert response.status_code in (200, 302)
    if response.status_code == 302:
        again = Client().get(response.headers["Location"])
        assert again.status_code in (200, 302)
        assert "<script>alert(1)" not in again.content.decode()
    body = response.content.decode()
    assert "<script>alert(1)" not in body
    assert not set(body) & set("\0\x02\x03\x1d\x1e\x1f")


@pytest.mark.slow
@pytest.mark.parametrize("name", ASKED)
def test_every_parameter_with_every_oddity_keeps_the_rest(client, something_on, name):
    for value in ODD:
        rest = "alone=1" if name == "free" else "free=1"
        response = client.get("/activities/", QUERY_STRING=f"{name}={value}&{rest}")
        assert response.status_code in (200, 302), value
        if response.status_code == 200:
            assert f'name="{rest[:-2]}" value="1" checked' in response.content.decode(), value
        else:
            assert rest in response.headers["Location"], value
