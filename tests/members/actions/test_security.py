"""Letters and audit lines around signing in."""

import pytest
from tests.factories import members as make

from serai.base.models import AuditEntry, Message
from serai.members import actions, queries

pytestmark = pytest.mark.django_db
NOON = make.NOON


def test_a_code_goes_to_the_invited_alone():
    make.person("nino@agency.example")

    sent = [
        actions.send_sign_in_code(email=email, code="ABCD-EFGH", now=NOON)
        for email in ("NINO@agency.example", "nobody@agency.example")
    ]

    assert sent == [True, False]
    assert "ABCD" not in str(AuditEntry.objects.get(verb="send_sign_in_code").after)


@pytest.mark.parametrize("verb", ["add_passkey", "add_totp", "new_recovery_codes"])
def test_security_changes_are_told(verb):
    person = make.person()

    actions.note_security_change(verb=verb, by=queries.viewer_of(person, NOON), now=NOON)

    assert Message.objects.get().subject == "A change in how you sign in"
    assert AuditEntry.objects.filter(verb=verb).count() == 1
