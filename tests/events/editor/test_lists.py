"""The lists that platform staff keep: nobody writes over unseen what another has saved."""

import pytest
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from events.actions import vocabularies
from events.models import ActivityType, Aim, Language
from organisations.models import AccessFeature
from tests.factories.people import make_staff

pytestmark = pytest.mark.django_db

EDITORS: dict[type[Model], str] = {
    ActivityType: "wagtailsnippets_events_activitytype:edit",
    Language: "wagtailsnippets_events_language:edit",
    Aim: "wagtailsnippets_events_aim:edit",
    AccessFeature: "accessfeature:edit",
}


@pytest.mark.parametrize("model", EDITORS)
def test_second_of_two_is_told_what_the_list_says_now(client: Client, model: type[Model]) -> None:
    vocabularies.add_missing()
    row = model._default_manager.first()
    client.force_login(make_staff())
    address = reverse(EDITORS[model], args=[row.pk])
    form = client.get(address).context["form"]
    drawn = {name: value for name in form.fields if (value := form[name].value()) is not None}
    assert client.post(address, {**drawn, "name": "By the first"}).status_code == 302

    told = client.post(address, {**drawn, "name": "By the second"})

    assert "It now says: Name: By the first." in told.content.decode()
    row.refresh_from_db()
    assert row.name == "By the first"
    seen = told.context["form"]["seen"].value()
    assert client.post(address, {**drawn, "name": "By the second", "seen": seen}).status_code == 302
    row.refresh_from_db()
    assert row.name == "By the second"
