"""Mail about concerns says where to sign in and nothing else."""

from smtplib import SMTPException

import pytest
from django.core.mail import EmailMessage

from organisations import tick
from organisations.actions import concerns, telling
from organisations.models import Concern
from tests.factories.concerns import make_concern, make_lead
from tests.factories.organisations import make_organisation, make_place
from tests.factories.people import make_officer, make_staff

pytestmark = pytest.mark.django_db


def test_each_lead_of_the_place_gets_one_mail_of_their_own(mailoutbox) -> None:
    spark = make_organisation("Spark")
    make_lead(spark.place, "one@example.org")
    make_lead(spark.place, "two@example.org")
    make_lead(None), make_lead(make_place("leeds")), make_officer(spark.place), make_staff()
    concern = make_concern("Somebody shouts", about=spark)
    assert tick.tell_of_concerns(dry_run=True) == 1
    assert (telling.tell_of_all(), telling.tell_of_all()) == (1, 0)
    assert [mail.to for mail in mailoutbox] == [["one@example.org"], ["two@example.org"]]
    assert mailoutbox[0].subject == f"There is a concern: {concern.reference}"
    assert " ".join(mailoutbox[0].body.split()) == (
        f"There is a concern. Its reference is {concern.reference}. Sign in here to read it: "
        "http://localhost:8000/cms/concern/ -- Mingle "
        "This mail never says what a concern is about. Please do not send it on."
    )


def test_where_nobody_may_read_it_staff_are_told_to_name_somebody(mailoutbox) -> None:
    make_concern(place=make_place())
    make_staff("staff@example.org")
    assert telling.tell_of_all() == 1
    [mail] = mailoutbox
    assert (mail.to, "/cms/safeguardinglead/" in mail.body) == (["staff@example.org"], True)
    make_lead(make_place(), "lead@example.org")
    assert telling.tell_of_all() == 1
    assert mailoutbox[1].to == ["lead@example.org"]


def test_only_whom_it_was_handed_to_hears_of_it(mailoutbox) -> None:
    spark = make_organisation()
    first, second = make_lead(spark.place), make_lead(spark.place, "second@example.org")
    concerns.hand_over(concern=make_concern(about=spark), to=second, by=first)
    telling.tell_of_all()
    assert [mail.to for mail in mailoutbox] == [["second@example.org"]]


def test_a_mail_server_that_is_away_is_asked_again_and_one_bad_address_stops_nobody(
    monkeypatch: pytest.MonkeyPatch, mailoutbox, caplog
) -> None:
    spark = make_organisation()
    for name in ("bad@example.org", "good@example.org"):
        make_lead(spark.place, name)
    make_concern(about=spark)
    away, send = {"bad@example.org", "good@example.org"}, EmailMessage.send

    def fail(mail: EmailMessage, *args: object, **options: object) -> int:
        if away & set(mail.to):
            raise SMTPException(f"refused {mail.to}")
        return send(mail, *args, **options)

    monkeypatch.setattr(EmailMessage, "send", fail)
    assert (telling.tell_of_all(), Concern.objects.untold().count()) == (0, 1)
    away.remove("good@example.org")
    assert (telling.tell_of_all(), telling.tell_of_all()) == (1, 0)
    assert [mail.to for mail in mailoutbox] == [["good@example.org"]]
    assert "example.org" not in caplog.text
