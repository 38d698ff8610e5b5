"""Signed, cleared, returned and accepted: by whom, from which states, and who reads it afterwards."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import NAME, PHONE, STAFF, give

from serai.base.access import Denied
from serai.base.models import Message
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Refused
from serai.surveys.models import Answer

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready():
    return offices.ready()


@pytest.fixture
def focal():
    return people.viewer_with("focal_point", "GEO")


def letters(kind):
    rows = Message.objects.filter(key__startswith=f"surveys.{kind}:")
    return [one.person_id for one in rows.order_by("pk")]


@pytest.mark.parametrize(
    ("name", "position", "field"), [(" ", "Head", "name"), ("A", "", "position")]
)
def test_a_signature_has_a_name_and_a_position(ready, name, position, field):
    response, lead = ready
    actions.hand_in(response=response, by=lead, now=make.NOON)

    with pytest.raises(Refused) as refused:
        actions.sign(response=response, name=name, position=position, by=lead, now=make.NOON)

    assert refused.value.field == field
    assert not response.signatures.exists()


def test_signing_locks_opens_to_the_country_and_clearing_to_the_secretariat(ready, focal):
    response, lead = ready
    newest = Answer.objects.latest("pk").pk

    signed = offices.signed(response, lead)
    at_signing = (signed.state, signed.audience, signed.signed_through, signed.cleared_through)
    cleared = actions.clear(response=response, by=focal, now=make.NOON, note="Fine")

    assert at_signing == ("signed", "country", newest, 0)
    assert (cleared.state, cleared.audience) == ("cleared", "secretariat")
    assert cleared.cleared_through == newest
    assert response.clearances.get().note == "Fine"
    response.invitation.refresh_from_db()
    assert response.invitation.state == "done"
    assert letters("clear_please") == [focal.person_id]
    assert letters("signed_receipt") == [lead.person_id]


def test_the_hash_of_what_is_signed_changes_with_any_answer(ready, focal):
    response, lead = ready
    first = offices.signed(response, lead).signatures.get().answers_hash
    actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)
    give(response, lead, PHONE, "2")

    actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)

    rounds = list(response.signatures.values_list("round", "answers_hash"))
    assert [number for number, _hash in rounds] == [1, 2]
    assert rounds[0][1] == first != rounds[1][1]
    assert len(first) == 64


def test_a_named_signer_signs_and_not_the_lead():
    signer = people.person_with("contributor")
    response, lead = offices.begun(signer=signer)
    for ref, text in ((NAME, "Agency"), (STAFF, "2")):
        give(response, lead, ref, text)
    actions.hand_in(response=response, by=lead, now=make.NOON)

    with pytest.raises(Denied):
        actions.sign(response=response, name="A", position="B", by=lead, now=make.NOON)
    signed = actions.sign(
        response=response, name="A", position="B", by=viewer_of(signer, make.NOON), now=make.NOON
    )

    assert signed.state == "signed"
    assert letters("sign_please") == [signer.pk]


def test_returning_needs_a_word_and_opens_it(ready, focal):
    response, lead = ready
    offices.signed(response, lead)
    with pytest.raises(Refused, match="should mend"):
        actions.return_to_agency(response=response, note=" ", by=focal, now=make.NOON)

    found = actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)

    assert (found.state, found.clearances.get().stance) == ("correcting", "returned")
    assert give(response, lead, PHONE, "2").kept == "saved"
    assert letters("returned_to_agency") == [lead.person_id]


def test_only_a_cleared_response_is_accepted_and_by_its_officers(ready, focal):
    response, lead = ready
    officer = people.viewer_with("officer")
    offices.signed(response, lead)
    with pytest.raises(Denied):
        actions.accept(response=response, by=officer, now=make.NOON)
    actions.clear(response=response, by=focal, now=make.NOON)
    with pytest.raises(Denied):
        actions.accept(response=response, by=focal, now=make.NOON)

    assert actions.accept(response=response, by=officer, now=make.NOON).state == "accepted"
