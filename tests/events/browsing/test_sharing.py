"""What a shared link to a search says."""

import uuid

import pytest
from django.http import QueryDict

from events.browsing import sharing
from events.query import Known, parse
from places.near import Near

KNOWN = Known(
    types={"football": "Football", "chess": "Chess", "bsl": "BSL lessons"},
    access={"step-free": "Step-free way in"},
    languages={"urdu": "Urdu"},
    aims={"get-online": "Get online"},
    places={"calderdale": "Calderdale"},
)
HX1 = Near("HX1", 53.72, -1.86, "HX1")


def said(question: str) -> str:
    query = parse(QueryDict(question), KNOWN, locate=lambda text: HX1)
    return sharing.title(query, KNOWN, {"savile-park": "Savile Park Juniors"})


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("", "What’s on"),
        ("view=map", "What’s on"),
        (
            "type=football&free=1&age=12&near=HX1&radius=5",
            "Free football for 12-year-olds within 5 miles of HX1",
        ),
        ("near=HX1&radius=1", "Things to do within 1 mile of HX1"),
        ("type=football&for=girls&when=weekend", "Football for girls, this weekend"),
        ("for=girls&age=13", "Things to do for girls, age 13"),
        ("access=step-free", "Things to do · Step-free way in"),
        ("access=step-free&ask=1", "Things to do · Not known: Step-free way in"),
        ("age=7&age=12&free=1", "Free things to do for ages 7 and 12"),
        ("age=0", "Things to do, age 0"),
        ("type=chess&type=football", "Chess and football"),
        ("type=bsl", "BSL lessons"),
        ("type=bsl&free=1", "Free BSL lessons"),
        ("q=choir", "“choir”"),
        ("q=choir&free=1", "Free “choir”"),
        ("q=girls&type=football", "Football with “girls”"),
        ("place=calderdale", "Things to do in Calderdale"),
        ("organiser=savile-park", "Things to do with Savile Park Juniors"),
        ("from=2027-03-24", "Things to do from Wednesday 24 March 2027"),
        ("to=2027-03-24", "Things to do until Wednesday 24 March 2027"),
        (
            "day=sat&alone=1&access=step-free&language=urdu&aim=get-online&time=evening",
            "Things to do · Saturday · Evening, 6 pm or later · Can come alone · Step-free way in · Urdu"
            " · Get online",
        ),
        (f"pick={uuid.UUID(int=1)}", "Our list: 1 activity"),
        (f"pick={uuid.UUID(int=1)}&pick={uuid.UUID(int=2)}", "Our list: 2 activities"),
    ],
)
def test_title_says_what_was_asked(question: str, title: str) -> None:
    assert said(question) == title


def test_description_says_how_many_and_nothing_false_where_there_are_none() -> None:
    assert sharing.description(2) == "2 activities. See when, where, what it costs and who runs it."
    assert sharing.description(1) == "1 activity. See when, where, what it costs and who runs it."
    assert "0" not in sharing.description(0)


def test_picture_is_one_of_a_few_whatever_is_typed() -> None:
    def path(question: str) -> str:
        return sharing.picture(parse(QueryDict(question), KNOWN, locate=lambda text: HX1), KNOWN)

    assert path("q=a") == path("q=b&near=HX1") == path("")
    assert path("type=chess&q=a") == path("type=chess")
    assert "/activities/card/chess.png?v=" in path("type=chess")
    assert path("type=chess&type=football") == path("")
