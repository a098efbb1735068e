"""Anybody reports a concern: no account, no cookie, no script, nothing lost."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from organisations import permissions
from organisations.actions import concerns
from organisations.models import Concern, State
from organisations.views import concern as view
from pages import reserved
from tests.factories.activities import make_activity, make_draft
from tests.factories.concerns import make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_member

FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
WHAT = "A helper shouts at the little ones"


def opened(client: Client, about: str = "") -> dict[str, str]:
    """What the form sends when nothing is filled in."""
    answer = client.get("/concern/", {"about": about} if about else {})
    return {"website": "", **dict(FIELD.findall(answer.content.decode()))}


def send(client: Client, about: str = "", **said: str) -> HttpResponse:
    return client.post("/concern/", {**opened(client, about), "what": WHAT, **said})


def words(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def reference_in(answer: HttpResponse) -> str:
    found = re.search(r'<p class="concern__reference">([0-9A-Z]{4}-[0-9A-Z]{4})</p>', answer.content.decode())
    return found[1] if found else ""


@pytest.mark.django_db
def test_a_visitor_reports_and_gets_a_number_without_a_cookie(client: Client) -> None:
    place = make_place(safeguarding_name="Priya Nolan", safeguarding_phone="01632 960999")
    lead = make_lead(place)
    answer = send(client, where="The hall", contact="Text me", under_18="on")
    kept = Concern.objects.get()
    assert (answer.status_code, reference_in(answer), kept.place) == (200, kept.reference, place)
    assert (list(client.cookies), answer["Cache-Control"]) == ([], "no-store")
    assert concerns.read(concern=kept, by=lead).told == concerns.Told(
        WHAT, where="The hall", contact="Text me", under_18=True
    )


@pytest.mark.django_db
def test_page_says_first_whom_to_call_and_the_way_out_leads_elsewhere(client: Client) -> None:
    make_place(safeguarding_name="Priya Nolan", safeguarding_phone="01632 960999")
    answer = client.get("/concern/")
    html = answer.content.decode()
    numbers = re.findall(r'href="tel:(\d+)"', html)
    assert numbers == ["999", "08001111", "08088005000", "01632960999"]
    assert html.index("tel:01632960999") < html.index("<form")
    assert '<a class="button button--danger" href="https://www.bbc.co.uk/weather"' in words(answer)
    assert (list(answer.cookies), answer["Cache-Control"]) == ([], "no-store")


@pytest.mark.django_db
def test_organisation_and_activity_are_known_from_the_page_before(client: Client) -> None:
    activity = make_activity("Street football")
    host = activity.host
    html = client.get(f"/organisers/{host.slug}/{activity.slug}/").content.decode()
    assert html.count(f'href="/concern/?about={activity.uuid}"') == 2
    assert f'href="/concern/?about={host.slug}"' in client.get(f"/organisers/{host.slug}/").content.decode()
    assert f"Street football, {host.name}" in words(client.get("/concern/", {"about": str(activity.uuid)}))
    send(client, str(activity.uuid))
    kept = Concern.objects.get()
    assert (kept.organisation, kept.activity, kept.place) == (host, activity.uuid, host.place)
    assert list(kept.involved.all()) == [host]
    send(client, host.slug, what="Another worry")
    assert list(Concern.objects.values_list("organisation", "activity"))[0] == (host.pk, None)


@pytest.mark.django_db
def test_names_that_the_public_may_not_see_stay_hidden_but_are_known(client: Client) -> None:
    draft = make_draft("Secret draft")
    gone = make_organisation("Gone club", state=State.SUSPENDED)
    never = make_organisation("Never seen", public=False)
    pages = [
        words(client.get("/concern/", {"about": about})) for about in (str(draft.uuid), gone.slug, never.slug)
    ]
    assert [
        name in page for name, page in zip(("Secret draft", "Gone club", "Never seen"), pages, strict=True)
    ] == [
        False,
        False,
        False,
    ]
    send(client, gone.slug)
    send(client, never.slug, what="Another")
    assert list(Concern.objects.order_by("pk").values_list("organisation", flat=True)) == [gone.pk, None]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "about", ["nobody", "\x00", "é" * 500, "00000000-0000-4000-8000-000000000000", "a/b"]
)
def test_nonsense_about_whom_is_passed_over(client: Client, about: str) -> None:
    make_place()
    answer = client.post("/concern/", {**opened(client, about), "about": about, "what": WHAT})
    assert (answer.status_code, Concern.objects.get().organisation) == (200, None)


@pytest.mark.django_db
def test_it_never_goes_to_the_organisation_complained_about(client: Client, mailoutbox) -> None:
    spark = make_organisation("Spark")
    owner = make_member(spark)
    lead = make_lead(spark.place)
    send(client, spark.slug)
    assert (permissions.concerns_read_by(owner).count(), permissions.concerns_read_by(lead).count()) == (0, 1)
    assert mailoutbox == []


@pytest.mark.django_db
def test_sent_twice_it_is_one_concern_with_one_number(client: Client) -> None:
    make_place()
    form = {**opened(client), "what": WHAT}
    first, again = (client.post("/concern/", form) for _time in range(2))
    assert (Concern.objects.count(), reference_in(first)) == (1, reference_in(again))
    client.post("/concern/", {**form, "what": f"{WHAT}, and more"})
    assert Concern.objects.count() == 2


@pytest.mark.django_db
def test_an_empty_form_says_so_beside_the_question_and_keeps_the_rest(client: Client) -> None:
    make_place()
    answer = send(client, what="  ", where="The hall", contact="01632 960111")
    html = words(answer)
    assert "Tell us in a few words what worries you." in html
    assert ('value="The hall"' in html, 'value="01632 960111"' in html) == (True, True)
    assert Concern.objects.count() == 0


@pytest.mark.django_db
def test_a_trap_or_an_old_token_loses_no_word(client: Client) -> None:
    make_place()
    trapped = send(client, website="https://spam.example")
    assert ("Please take out what stands in this box" in words(trapped), WHAT in words(trapped)) == (
        True,
        True,
    )
    stale = send(client, token="made:up:token")
    assert ("Please press Send once more." in words(stale), WHAT in words(stale)) == (True, True)
    again = {"website": "", "what": WHAT, **dict(FIELD.findall(stale.content.decode()))}
    assert Concern.objects.count() == 0
    assert reference_in(client.post("/concern/", again)) == Concern.objects.get().reference


@pytest.mark.django_db
def test_another_site_cannot_send_it(client: Client) -> None:
    make_place()
    form = {**opened(client), "what": WHAT}
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://elsewhere.example"}):
        assert client.post("/concern/", form, headers=headers).status_code == 403
    assert Concern.objects.count() == 0
    assert client.post("/concern/", form, headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.django_db
def test_a_flood_from_one_address_is_asked_to_call_and_keeps_its_words(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_place()
    monkeypatch.setattr(view, "AN_HOUR", 2)
    answers = [send(client, what=f"{WHAT} {number}") for number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert ("Please call one of the numbers" in words(answers[2]), f"{WHAT} 2" in words(answers[2])) == (
        True,
        True,
    )
    assert Concern.objects.count() == 2


@pytest.mark.django_db
def test_a_school_behind_one_address_is_heard(client: Client) -> None:
    make_place()
    answers = [send(client, what=f"{WHAT} {number}") for number in range(40)]
    assert ({answer.status_code for answer in answers}, Concern.objects.count()) == ({200}, 40)


@pytest.mark.django_db
def test_where_there_are_several_places_one_may_say_which(client: Client) -> None:
    make_place("calderdale"), make_place("leeds")
    assert "Which area is it in?" in words(client.get("/concern/"))
    send(client, place="leeds")
    send(client, what="I do not know where")
    found = Concern.objects.order_by("pk").values_list("place__slug", flat=True)
    assert list(found) == ["leeds", None]
    assert "Select a valid choice" in words(send(client, place="nowhere"))


@pytest.mark.django_db
def test_every_page_and_error_leads_there(client: Client) -> None:
    activity = make_activity("Football")
    host = activity.host
    addresses = ["/", "/activities/", "/organisers/", "/no-such-page/", "/accounts/login/", "/embed/"]
    pages = [client.get(address) for address in addresses]
    host.state = State.SUSPENDED
    host.save()
    pages += [
        client.get(f"/organisers/{host.slug}/"),
        client.get(f"/organisers/{host.slug}/{activity.slug}/"),
    ]
    assert [page.status_code for page in pages] == [200, 200, 200, 404, 200, 200, 410, 410]
    assert ['href="/concern/' in page.content.decode() for page in pages] == [True] * 8


def test_error_pages_that_need_no_database_lead_there_and_say_whom_to_call() -> None:
    from django.template.loader import render_to_string  # noqa: PLC0415

    for name in ("400.html", "403.html", "404.html", "410.html", "500.html", "503.html"):
        assert 'href="/concern/"' in render_to_string(name)
    for name in ("500.html", "503.html"):
        assert "Childline: 0800 1111" in render_to_string(name)


@pytest.mark.django_db
def test_address_is_reserved_and_in_no_sitemap(client: Client) -> None:
    make_activity()
    assert "concern" in reserved.slugs()
    assert "/concern/" not in client.get("/sitemap.xml").content.decode()
    assert '<meta name="robots" content="noindex">' in client.get(reverse("concern")).content.decode()


def references_of_four_presses(together, all_look_before) -> list[object]:
    """All have found none before any is kept."""
    make_place()
    form = {**opened(Client()), "what": WHAT}
    all_look_before(Concern, "save", people=4)
    return together(*[lambda: reference_in(Client().post("/concern/", form))] * 4)


@pytest.mark.django_db(transaction=True)
def test_pressed_four_times_at_the_same_moment_it_is_one_concern(together, all_look_before) -> None:
    answers = references_of_four_presses(together, all_look_before)
    assert answers == [Concern.objects.get().reference] * 4


@pytest.mark.django_db(transaction=True)
def test_without_the_constraint_it_would_be_four(together, all_look_before, without_unique) -> None:
    """The negative control: the database takes the same form once more."""
    without_unique(Concern, "sent_with")
    answers = references_of_four_presses(together, all_look_before)
    assert sorted(answers) == sorted(Concern.objects.values_list("reference", flat=True))
    assert len(set(answers)) == 4
