"""A code leaves with its letter and is readable nowhere in the house."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.base.mail.letters import NOON, SENDER, letter

from serai.base.mail import box, hiding, send, send_again, sending, words_in_trial
from serai.base.mail.posting import Answer, Reply
from serai.base.models import Message, MessageState

pytestmark = pytest.mark.django_db
CODE = "ABCD-EFGH"


def coded(**fields):
    return replace(letter(**fields), facts={"title": f"Your code {CODE}"}, secret=CODE)


def every_word(row) -> str:
    row.refresh_from_db()
    return " ".join(str(getattr(row, field.attname)) for field in row._meta.concrete_fields)


@pytest.fixture
def row(in_production):
    return send(coded(), now=NOON)


def try_once(row, reply, now=NOON):
    posted = []
    sending.send_one(
        row.pk, now=now, post=lambda one: (posted.append(one), reply)[1], sender=SENDER
    )
    row.refresh_from_db()
    return posted[0].get_body(("plain",)).get_content()


def test_the_row_never_holds_the_code(row):
    assert CODE not in every_word(row)
    assert (hiding.MARK in row.text, hiding.MARK in row.html) == (True, True)


def test_the_code_leaves_and_is_erased(row):
    sent = try_once(row, Reply(Answer.TAKEN, ""))

    assert CODE in sent
    assert (row.state, row.sealed, CODE in every_word(row)) == (MessageState.SENT, "", False)


@pytest.mark.parametrize("answer", [Answer.REFUSED, Answer.BOUNCED])
def test_a_refused_letter_forgets_the_code_and_is_not_sent_again(row, answer):
    try_once(row, Reply(answer, "550 no"))

    assert (row.state, row.sealed) == (MessageState.FAILED, "")
    assert send_again(row.public_id, NOON) is False


def test_a_late_server_gets_the_code_until_half_an_hour_has_passed(row):
    try_once(row, Reply(Answer.LATER, "busy"))
    kept = (row.state, bool(row.sealed))
    try_once(row, Reply(Answer.LATER, "busy"), now=NOON + timedelta(minutes=29))

    assert kept == (MessageState.QUEUED, True)
    assert (row.state, row.sealed) == (MessageState.FAILED, "")


def test_the_sweep_erases_what_is_good_for_nothing(row):
    before = hiding.forget(NOON + timedelta(minutes=29))
    sending.sweep(NOON + timedelta(minutes=30))
    row.refresh_from_db()

    assert (before, row.sealed, hiding.is_spent(row)) == (0, "", True)


def test_a_trial_shows_its_own_box_the_code(settings):
    row = send(coded(), now=NOON)

    assert CODE in box.trial_letter(row.public_id).text
    settings.MODE = "production"
    assert CODE not in words_in_trial(Message.objects.get(pk=row.pk))


def test_a_letter_to_nowhere_keeps_nothing(in_production):
    row = send(coded(is_inbox_only=True), now=NOON)

    assert (row.sealed, CODE in every_word(row)) == ("", False)


def test_a_value_sealed_under_another_key_is_lost(row, settings):
    settings.SECRET_KEY = "another key of another installation"

    assert hiding.reveal(row, row.text) == row.text


def test_letters_without_a_secret_stay_as_they_are(in_production):
    row = send(letter(), now=NOON)

    assert (row.sealed, hiding.is_spent(row), hiding.reveal(row, "words")) == ("", False, "words")
