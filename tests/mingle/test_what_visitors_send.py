"""No messages between people, no comments, no profiles: there is nowhere to write one."""

import pytest
from django.test import Client

from tests.mingle.test_no_trace import World, asked
from tests.mingle.test_no_trace import clock as clock  # the fixture: time stands still
from tests.mingle.test_no_trace import world as world  # the fixture: all that is public


@pytest.mark.django_db
def test_a_visitor_can_send_a_concern_an_answer_a_confirmation_and_a_code_and_nothing_else(
    world: World, client: Client
) -> None:
    takes = {
        name
        for name, found in asked(world).items()
        for address in found
        if client.post(address.partition("?")[0], {"text": "Hello"}).status_code != 405
    }
    assert takes == {"answer", "answer_kiosk", "concern", "confirm", "join"}
