import re

import pytest
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from wagtail.models import Site

from accounts.models import AuditEntry, User
from mingle.management.commands import set_up
from organisations.models import Officer
from places.models import Place, Postcode

pytestmark = [pytest.mark.django_db, pytest.mark.floor]

PLACE = {
    "place_name": "Calderdale",
    "place_slug": "calderdale",
    "place_area_codes": "E08000033",
    "place_nation": "england-and-wales",
    "place_contact_email": "young@place.example",
    "place_contact_phone": "01422 000000",
    "place_safeguarding_name": "Ada Pell",
    "place_safeguarding_phone": "01422 000001",
    "place_safeguarding_email": "safe@place.example",
    "place_latitude": "53.72",
    "place_longitude": "-1.86",
}
OFFICER = {"officer_email": "o@place.example", "officer_first_name": "Olu", "officer_last_name": "Bright"}
QUIET = {"no_input": True, "no_postcodes": True, "verbosity": 0}


def run(**options: str) -> None:
    call_command("set_up", **QUIET, **options)


def test_empty_installation_becomes_usable(client, settings) -> None:
    settings.PUBLIC_ADDRESS = "https://mingle.place.example"
    run(**PLACE, **OFFICER)
    place = Place.objects.get()
    officer = Officer.objects.get()
    assert (place.slug, place.area_codes, officer.place) == ("calderdale", ["E08000033"], place)
    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("mingle.place.example", 443)
    [message] = mail.outbox
    assert message.to == ["o@place.example"]
    link = re.search(r"https://mingle\.place\.example(/accounts/password/reset/key/\S+)", message.body)[1]
    form = client.get(link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "choirs-and-chess", "password2": "choirs-and-chess"})
    assert authenticate(email="o@place.example", password="choirs-and-chess") == officer.user


def test_first_officer_looks_after_the_installation_and_later_ones_do_not() -> None:
    run(**PLACE, **OFFICER)
    run(**{**OFFICER, "officer_email": "second@place.example"})
    staff = User.objects.order_by("pk").values_list("email", "is_superuser")
    assert list(staff) == [("o@place.example", True), ("second@place.example", False)]


def test_second_run_changes_what_is_said_and_keeps_the_rest() -> None:
    run(**PLACE, **OFFICER)
    before = Place.objects.get()
    run(place_contact_phone="01422 999999")
    after = Place.objects.get()
    assert (after.pk, after.contact_phone) == (before.pk, "01422 999999")
    assert (after.name, after.area_codes, after.latitude) == (before.name, before.area_codes, before.latitude)
    assert Officer.objects.count() == 1
    assert len(mail.outbox) == 1


def test_what_is_missing_is_said_with_its_option() -> None:
    with pytest.raises(CommandError) as stopped:
        run(**{**PLACE, "place_safeguarding_email": "", "place_area_codes": "E8"}, **OFFICER)
    assert "--place-safeguarding-email: This field is required." in str(stopped.value)
    assert "--place-area-codes: " in str(stopped.value)
    assert "for instance E08000033." in str(stopped.value)
    assert not Place.objects.exists()


def test_centre_is_the_middle_of_the_postcodes() -> None:
    for code, latitude, longitude in (("HX11AA", 53.70, -1.80), ("HX11AB", 53.80, -1.90)):
        Postcode.objects.create(code=code, latitude=latitude, longitude=longitude, area_code="E08000033")
    run(**{**PLACE, "place_latitude": "", "place_longitude": ""}, **OFFICER)
    place = Place.objects.get()
    assert (place.latitude, place.longitude) == (53.75, -1.85)


def test_centre_is_asked_for_where_no_postcodes_are_loaded() -> None:
    with pytest.raises(CommandError, match="the place's centre has to be given"):
        run(**{**PLACE, "place_latitude": "", "place_longitude": ""}, **OFFICER)


def test_mail_that_does_not_go_is_said_with_another_way_in(settings, monkeypatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise ConnectionRefusedError("nobody listens")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    with pytest.raises(
        CommandError, match=r"nobody listens \(MINGLE_MAIL\)\. They choose a password at http"
    ):
        run(**PLACE, **OFFICER)
    assert Officer.objects.count() == 1


def test_questions_are_asked_until_answered_well(monkeypatch) -> None:
    answers = iter(["Calderdale", "calderdale", "E08000033", "", "not an address", "young@place.example"])
    rest = iter(["01422 000000", "Ada Pell", "01422 000001", "safe@place.example", "53.72", "-1.86"])
    person = iter(["o@place.example", "Olu", "Bright"])
    every = (answer for part in (answers, rest, person) for answer in part)
    asked: list[str] = []
    monkeypatch.setattr("builtins.input", lambda question: asked.append(question) or next(every))
    monkeypatch.setattr(set_up.sys.stdin, "isatty", lambda: True, raising=False)
    call_command("set_up", no_postcodes=True, verbosity=0)
    assert Place.objects.get().contact_email == "young@place.example"
    assert sum(question.startswith("E-mail: ") for question in asked) == 2


def test_setting_up_is_audited() -> None:
    run(**PLACE, **OFFICER)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", "by")) == [
        ("place.set_up", None),
        ("staff.appointed", None),
        ("officer.appointed", None),
    ]
