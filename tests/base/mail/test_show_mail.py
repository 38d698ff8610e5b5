from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.base.mail.letters import NOON, letter

from serai.base.mail import send

pytestmark = pytest.mark.django_db


def said(*words):
    out = StringIO()
    call_command("show_mail", *words, stdout=out)
    return out.getvalue()


def test_the_box_is_listed():
    assert said() == "No letters.\n"
    row = send(letter(), now=NOON)

    assert said() == f"{row.public_id}  2021-06-30 12:00  held         k\n"
    assert said("--state", "sent") == "No letters.\n"


def test_a_letter_is_shown_in_a_trial():
    row = send(letter())

    assert said(row.public_id).startswith(
        "To: anna@agency.test\nSubject: Finished: Issuing <b>a report</b>\n\nWhat you asked for"
    )


def test_no_words_are_shown_in_production(in_production):
    row = send(letter())

    with pytest.raises(CommandError, match="letters belong to their readers alone"):
        said(row.public_id)


def test_a_held_letter_is_sent_again(in_production):
    row = send(letter(address="a@b.example"))

    assert said(row.public_id, "--again") == f"Letter {row.public_id} is sent again.\n"
    with pytest.raises(CommandError, match="does not wait to be sent again"):
        said(row.public_id, "--again")
