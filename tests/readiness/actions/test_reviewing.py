"""Results shown, agreed, disputed, confirmed: who may, when, and which letters go out."""

from datetime import date, timedelta

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.access import Denied
from serai.base.models import Message
from serai.readiness import actions
from serai.readiness.actions import Refused
from serai.readiness.actions.reviewing import working_days_after
from serai.readiness.models import Assessment

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return people.viewer_with("officer")


def lead_of(found):
    return people.viewer_with("lead", found.office.organisation)


def under_review(officer, **fields):
    found = make.assessment(state="scored", **fields)
    return actions.show_results(assessment=found, by=officer, now=make.NOON)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (date(2021, 3, 1), date(2021, 3, 15)),  # a Monday
        (date(2021, 3, 5), date(2021, 3, 19)),  # a Friday
        (date(2021, 3, 6), date(2021, 3, 19)),  # a Saturday
    ],
)
def test_ten_working_days(day, last):
    assert working_days_after(day, 10) == last


def test_showing_gives_ten_working_days_and_writes_to_the_lead(officer):
    found = make.assessment(state="scored", score=61.5)
    lead = lead_of(found)

    actions.show_results(assessment=found, by=officer, now=make.NOON)

    found.refresh_from_db()
    assert (found.state, found.due_on) == ("under_review", date(2021, 3, 15))
    letter = Message.objects.get()
    assert letter.person_id == lead.person_id
    assert letter.key.startswith("readiness.results_for_review:")
    assert "61" not in letter.text
    assert found.office.public_id in letter.text


def test_only_what_is_scored_is_shown_and_only_by_officers(officer):
    with pytest.raises(Refused):
        actions.show_results(assessment=make.assessment(), by=officer, now=make.NOON)
    found = make.assessment(state="scored")
    with pytest.raises(Denied):
        actions.show_results(assessment=found, by=lead_of(found), now=make.NOON)


def test_the_lead_agrees_once(officer):
    found = under_review(officer)
    lead = lead_of(found)

    actions.agree_results(assessment=found, by=lead, now=make.NOON)

    found.refresh_from_db()
    assert (found.state, found.agreed_by_id) == ("under_review", lead.person_id)
    with pytest.raises(Refused):
        actions.agree_results(assessment=found, by=lead, now=make.NOON)


def test_a_contributor_or_officer_cannot_agree(officer):
    found = under_review(officer)
    for viewer in (officer, people.viewer_with("contributor", found.office.organisation)):
        with pytest.raises(Denied):
            actions.agree_results(assessment=found, by=viewer, now=make.NOON)


def test_a_dispute_keeps_the_words_collects_again_and_tells_officers(officer):
    found = under_review(officer)

    actions.dispute_results(
        assessment=found, words=" The line is new. ", by=lead_of(found), now=make.NOON
    )

    found.refresh_from_db()
    assert (found.state, found.dispute, found.due_on) == ("collecting", "The line is new.", None)
    letter = Message.objects.get(key__startswith="readiness.results_disputed:")
    assert letter.person_id == officer.person_id
    assert "The line is new" not in letter.text


@pytest.mark.parametrize("words", ["  ", "x" * 4_001])
def test_a_dispute_needs_words_and_not_too_many(officer, words):
    found = under_review(officer)

    with pytest.raises(Refused) as refused:
        actions.dispute_results(assessment=found, words=words, by=lead_of(found), now=make.NOON)

    assert refused.value.field == "words"
    found.refresh_from_db()
    assert found.state == "under_review"


def test_confirming_waits_for_agreement_or_for_ten_working_days(officer):
    found = under_review(officer)

    for days in (0, 14):
        with pytest.raises(Refused):
            actions.confirm_results(
                assessment=found, by=officer, now=make.NOON + timedelta(days=days)
            )
    actions.confirm_results(assessment=found, by=officer, now=make.NOON + timedelta(days=15))

    found.refresh_from_db()
    assert (found.state, found.confirmed_by_id) == ("confirmed", officer.person_id)


def test_confirming_supersedes_the_former_one_and_lets_its_open_advice_lapse(officer):
    office = make.office()
    former = make.assessment(office)
    kept = {
        state: make.advice(former, rule=f"R-{state}", state=state)
        for state in ("draft", "proposed", "accepted", "done")
    }
    Assessment.objects.filter(pk=former.pk).update(state="confirmed", confirmed_at=make.NOON)
    found = under_review(officer, of=office)
    actions.agree_results(assessment=found, by=lead_of(found), now=make.NOON)

    actions.confirm_results(assessment=found, by=officer, now=make.NOON)

    former.refresh_from_db()
    assert former.state == "superseded"
    states = {}
    for name, one in kept.items():
        one.refresh_from_db()
        states[name] = one.state
    assert states == {
        "draft": "lapsed", "proposed": "lapsed", "accepted": "accepted", "done": "done",
    }  # fmt: skip


def test_the_agency_cannot_confirm_itself(officer):
    found = under_review(officer)

    with pytest.raises(Denied):
        actions.confirm_results(assessment=found, by=lead_of(found), now=make.NOON)
