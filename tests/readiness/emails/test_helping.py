"""Letters to whoever asked for help; what was said stays on the page."""

import pytest
from tests.factories import members as people
from tests.factories import readiness as make

from serai.base.mail import send_all
from serai.readiness import emails

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("write", "words"),
    [
        (emails.help_received, "The help desk has your request “No sound”."),
        (lambda found: emails.help_answered(found, 7, None), "wrote something on your request"),
        (lambda found: emails.help_closed(found, None), "open it again"),
    ],
)
def test_the_requester_is_led_to_the_page(write, words):
    found = make.help_request(
        asked_by=people.person(), subject="No sound", text="The secret password is x"
    )

    (row,) = send_all(write(found))

    assert row.person_id == found.asked_by_id
    assert words in row.text
    assert f"/readiness/help/{found.public_id}/" in row.text
    assert "secret password" not in row.text


def test_nobody_gets_a_letter_of_their_own_act():
    found = make.help_request(asked_by=people.person())

    assert emails.help_closed(found, found.asked_by_id) == []
    assert emails.help_received(make.help_request()) == []
    assert set(emails.TOPICS) >= {"help_received", "help_answered", "help_closed"}
