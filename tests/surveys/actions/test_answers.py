"""Answers are saved once, never over another's, never by strangers; what follows is stored too."""

import itertools
from dataclasses import replace

import pytest
from tests.factories import members as people
from tests.factories import surveys as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.actions import Change, Kept
from serai.surveys.actions.proofs import digest
from serai.surveys.models import Answer, AnswerHead, AnswerIssue, SectionMark
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import Source

pytestmark = pytest.mark.django_db
NAME, STAFF = Ref("/data/office/name"), Ref("/data/office/staff")
HAS, MBPS, FAST = Ref("/data/link/has"), Ref("/data/link/mbps"), Ref("/data/link/is_fast")

_ids = itertools.count(1)


def give(response, by, *changes, **how):
    """Write changes, each as (place, text) or (place, text, base)."""
    sent = [
        Change(f"c{next(_ids)}", ref, base=more[0] if more else 0, value=text)
        for ref, text, *more in changes
    ]
    return actions.write_answers(response=response, changes=sent, by=by, now=make.NOON, **how)


def stands(response) -> dict[str, str]:
    rows = AnswerHead.objects.filter(response=response).select_related("answer")
    return {row.path: row.answer.value for row in rows if row.answer.value}


def test_an_answer_is_stored_with_what_follows_from_it(response, lead):
    written = give(response, lead, (HAS, "yes"), (MBPS, "20"))

    assert [one.kept for one in written.outcomes] == [Kept.SAVED, Kept.SAVED]
    assert written.delta.values[FAST] == "yes"
    assert written.delta.relevant[MBPS] is True
    found = stands(response)
    assert (found["/data/link/has"], found["/data/link/mbps"]) == ("yes", "20")
    assert found["/data/link/is_fast"] == "yes"
    calculated = Answer.objects.filter(path="/data/link/is_fast").latest("pk")
    assert (calculated.source, calculated.author_id) == (Source.CALCULATION, None)


def test_the_audit_proves_the_answer_without_its_words(response, lead):
    give(response, lead, (NAME, "Agency of Railways"))

    answer = Answer.objects.get(path=NAME.path, source=Source.WEB)
    line = AuditEntry.objects.filter(verb="answer").latest("pk")
    assert line.after["answers"][str(answer.pk)] == digest(answer)
    assert "Railways" not in str(line.after)
    assert len(answer.salt) == 32


def test_the_same_change_sent_again_does_nothing(response, lead):
    change = Change("once", NAME, 0, "Agency")
    first = actions.write_answers(response=response, changes=[change], by=lead, now=make.NOON)

    again = actions.write_answers(response=response, changes=[change], by=lead, now=make.NOON)

    assert again.outcomes[0].kept is Kept.SAME
    assert again.outcomes[0].stands == first.outcomes[0].stands
    assert Answer.objects.filter(path=NAME.path, source=Source.WEB).count() == 1


def test_a_stale_change_overwrites_nothing_and_shows_both(response, lead):
    give(response, lead, (NAME, "First"))
    late = Change("late", NAME, 0, "Second")

    outcome = actions.write_answers(
        response=response, changes=[late], by=lead, now=make.NOON
    ).outcomes[0]

    assert outcome.kept is Kept.CONFLICT
    assert outcome.stands.value == "First"
    assert stands(response)["/data/office/name"] == "First"


def test_a_change_on_what_stands_moves_the_head_and_keeps_the_row(response, lead):
    first = give(response, lead, (NAME, "First")).outcomes[0].stands

    second = give(response, lead, (NAME, "Second", first.answer_id)).outcomes[0]

    assert second.kept is Kept.SAVED
    assert stands(response)["/data/office/name"] == "Second"
    rows = Answer.objects.filter(path=NAME.path, source=Source.WEB).order_by("pk")
    assert [row.value for row in rows] == ["First", "Second"]


@pytest.mark.parametrize(
    ("written", "kept", "kind"),
    [("12,5", "12.5", None), ("1 234,5", "1234.5", None), ("1,234", "1,234", "type"),
     ("about 20", "about 20", "type")],
)  # fmt: skip
def test_a_number_is_read_as_people_write_it(response, lead, written, kept, kind):
    give(response, lead, (HAS, "yes"), (MBPS, written))

    assert stands(response)["/data/link/mbps"] == kept
    assert list(AnswerIssue.objects.values_list("kind", flat=True)) == ([kind] if kind else [])


def test_a_broken_constraint_is_stored_with_its_issue_and_mended(response, lead):
    broken = give(response, lead, (STAFF, "900")).outcomes[0].stands
    found = list(AnswerIssue.objects.values_list("path", "kind", "message"))

    give(response, lead, (STAFF, "90", broken.answer_id))

    assert found == [("/data/office/staff", "constraint", "Between 0 and 500.")]
    assert not AnswerIssue.objects.exists()


def test_what_is_no_longer_asked_keeps_its_answer(response, lead):
    first = give(response, lead, (HAS, "yes"), (MBPS, "20"))
    base = first.outcomes[0].stands.answer_id

    closed = give(response, lead, (HAS, "no", base))
    base = closed.outcomes[0].stands.answer_id
    opened = give(response, lead, (HAS, "yes", base))

    assert closed.delta.relevant[MBPS] is False
    assert closed.delta.values[FAST] == "no"
    assert opened.delta.values[FAST] == "yes"
    assert stands(response)["/data/link/mbps"] == "20"


@pytest.mark.parametrize(
    ("ref", "value", "said"),
    [
        (Ref("/data/office/unknown"), "x", "not in the form any more"),
        (Ref("/data/room/seats", "r9"), "4", "not in the form any more"),
        (FAST, "yes", "is calculated"),
        (Ref("/data/office"), "x", "is calculated"),
        (NAME, "x" * 20_001, "longer than 20000"),
        (NAME, "a\x00b", "cannot be stored"),
    ],
)
def test_what_cannot_be_an_answer_is_refused_in_words(response, lead, ref, value, said):
    outcome = give(response, lead, (ref, value)).outcomes[0]

    assert outcome.kept is Kept.REFUSED
    assert said in outcome.why
    assert not Answer.objects.filter(source=Source.WEB).exists()


def test_a_reason_stands_for_an_answer(response, lead):
    change = Change("r", NAME, 0, "", "not_known")

    outcome = actions.write_answers(
        response=response, changes=[change], by=lead, now=make.NOON
    ).outcomes[0]

    assert (outcome.kept, outcome.stands.reason) == (Kept.SAVED, "not_known")
    assert SectionMark.objects.get(section="office").completeness == pytest.approx(1 / 3)


def test_a_stranger_writes_nothing(response):
    other = viewer_of(people.person_with("lead"), make.NOON)

    with pytest.raises(Denied):
        give(response, other, (NAME, "Forged"))


@pytest.mark.parametrize("role", ["officer", "coordinator", "contributor", "expert"])
def test_no_other_role_writes(response, role):
    other = people.viewer_with(role)

    with pytest.raises(Denied):
        give(response, other, (NAME, "Forged"))


def test_marks_and_shares_follow(response, lead):
    give(response, lead, (NAME, "Agency"), (HAS, "no"))

    found = locked_response(response.pk)
    marks = dict(SectionMark.objects.values_list("section", "mark"))
    assert marks == {"office": "required_done", "link": "all_answered"}
    # Weights: name 1, staff 2, has 1.
    assert (found.completeness, found.sufficiency) == (0.5, 0.5)
    assert found.revision == 2


def test_the_secretariat_enters_a_letter_on_behalf(response, asked):
    officer = people.viewer_with("officer")

    written = give(
        response, officer, (NAME, "Agency"), source=Source.SECRETARIAT,
        on_behalf_of=asked.organisation_id,
    )  # fmt: skip

    answer = Answer.objects.get(path=NAME.path, source=Source.SECRETARIAT)
    assert written.outcomes[0].kept is Kept.SAVED
    assert answer.on_behalf_of_id == asked.organisation_id
    assert answer.author_id == officer.person_id


def test_the_secretariat_does_not_write_where_the_agency_has_begun(response, asked, lead):
    give(response, lead, (NAME, "Agency"))
    officer = people.viewer_with("officer")

    with pytest.raises(actions.Refused, match="has begun to answer itself"):
        give(
            response, officer, (NAME, "Ours"), source=Source.SECRETARIAT,
            on_behalf_of=asked.organisation_id,
        )  # fmt: skip


def test_anonymous_answers_name_nobody():
    home = make.survey(kind="feedback", is_anonymous=True, has_signature=False, has_clearance=False)
    asked = make.invitation(make.wave(make.version(home)))
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)

    give(response, lead, (NAME, "Somebody"))

    answer = Answer.objects.get(path=NAME.path, source=Source.WEB)
    line = AuditEntry.objects.filter(verb="answer").latest("pk")
    found = locked_response(response.pk)
    assert (answer.author_id, answer.at, line.by) == (None, None, None)
    assert (found.started_at, found.changed_at) == (None, None)


def test_nobody_but_a_person_writes(response, lead):
    with pytest.raises(Denied):
        give(response, replace(lead, person_id=None), (NAME, "x"))


def test_what_came_back_is_entered_until_the_agency_answers_itself(asked):
    officer = people.viewer_with("officer")
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.enter_on_behalf(invitation=asked, by=officer, now=make.NOON)

    entered = give(response, officer, (NAME, "From the letter")).outcomes[0]
    own = give(response, lead, (NAME, "Ours", entered.stands.answer_id)).outcomes[0]

    answer = Answer.objects.get(pk=entered.stands.answer_id)
    assert (answer.source, answer.on_behalf_of_id) == (Source.SECRETARIAT, asked.organisation_id)
    assert own.kept is Kept.SAVED
    with pytest.raises(Denied):
        give(response, officer, (NAME, "Again"))
    with pytest.raises(actions.Refused, match="has begun to answer itself"):
        actions.enter_on_behalf(invitation=asked, by=officer, now=make.NOON)
