"""`./serai erase-answer NUMBER`."""

import pytest
from django.core.management import CommandError, call_command
from tests.factories import offices

from serai.surveys import actions

pytestmark = pytest.mark.django_db


def test_it_erases_one_answer_and_says_which(capsys):
    response, lead = offices.begun()
    offices.give(response, lead, offices.NAME, "Secret")
    row = response.answers.get(value="Secret")

    call_command("erase_answer", str(row.pk))

    row.refresh_from_db()
    assert (row.value, row.salt) == ("", "")
    assert f"Erased: the answer {row.pk} at {row.path}." in capsys.readouterr().out
    assert actions.altered_rows() == []
    with pytest.raises(CommandError, match="erased already"):
        call_command("erase_answer", str(row.pk))
    with pytest.raises(CommandError, match="no answer of this number"):
        call_command("erase_answer", "0")
