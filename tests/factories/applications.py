"""Applications for tests, as somebody has filled them in."""

from accounts.models import User
from organisations.actions import applications, declarations
from organisations.models import Application
from tests.factories.organisations import answers, make_place
from tests.factories.people import make_user


def application_answers(**said: object) -> dict[str, object]:
    return {
        "place": make_place(),
        "kind": "club",
        "name": "Spark Boxing",
        "charity_number": "",
        "governing_body": "England Boxing",
        "first_name": "Sam Okoro",
        "first_role": "head coach",
        "first_phone": "01632 960100",
        "second_name": "Bea Lund",
        "second_role": "secretary",
        "second_phone": "01632 960101",
        "second_email": "bea@spark.example",
        "summary": "Boxing for everybody.",
        "email": "hello@spark.example",
        "phone": "01632 960102",
        "website": "https://spark.example",
        **said,
    }


def make_application(by: User | None = None, *, sent: bool = True, **said: object) -> Application:
    by = by or make_user(first_name="Sam", last_name="Okoro")
    started = applications.start(by=by)
    filled = applications.fill_in(application=started, said=application_answers(**said), by=by)
    declarations.fill_in(declaration=filled.declaration, said=answers(), by=by)
    if not sent:
        return Application.objects.get(pk=filled.pk)
    return applications.send(application=filled, name="Sam Okoro", role="head coach", by=by)
