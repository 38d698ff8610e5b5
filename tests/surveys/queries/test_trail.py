"""All rows of a response: whose, when, with which proof, as far as the reader reads."""

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme
from tests.surveys.queries.test_earlier_entries import minutes, signed

from serai.base import audit
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Change
from serai.surveys.models import Answer, Response
from serai.surveys.queries.responses import fresh_response

pytestmark = pytest.mark.django_db


def test_rows_stand_in_order_with_who_and_how():
    found, lead, _focal = signed()

    told = queries.trail(lead, fresh_response(found.pk))

    names = {"/data/office/name", "/data/link/has"}
    rows = [one for one in told.answers if one.path in names]
    assert [(one.path, one.value, one.role, one.author, one.source) for one in rows] == [
        ("/data/office/name", "Ring", "lead", found.invitation.lead.full_name, "web"),
        ("/data/link/has", "no", "lead", found.invitation.lead.full_name, "web"),
    ]
    assert {one.role for one in told.answers if one.source == "calculation"} == {"system"}
    assert [one.number for one in told.answers] == sorted(one.number for one in told.answers)
    assert [(one.entry, one.verb) for one in told.entries] == [("a", "add"), ("b", "add")]
    assert (told.through, told.hidden_count) == (None, 0)


def test_the_secretariat_reads_up_to_what_was_cleared():
    found, lead, focal = signed()
    actions.clear(response=found, by=focal, now=minutes(9))
    through = fresh_response(found.pk).cleared_through
    Response.objects.filter(pk=found.pk).update(state="filling")
    base = Answer.objects.get(path="/data/office/name").pk
    draft = [Change("d", Ref("/data/office/name"), base, "Draft")]
    actions.write_answers(response=found, changes=draft, by=lead, now=minutes(10))
    audit.seal()
    officer = people.viewer_with("officer")

    told = queries.trail(officer, fresh_response(found.pk))
    own = queries.trail(lead, fresh_response(found.pk))

    assert told.through == through
    assert max(one.number for one in told.answers) == through
    assert "Draft" not in str(told)
    assert {one.id for one in told.lines} < {one.id for one in own.lines}
    assert max(one.id for one in told.lines) < max(one.id for one in own.lines)


def test_a_narrow_question_is_counted_and_not_told():
    programme()
    xform = make.XFORM.replace('serai:weight="2"', 'serai:audience="security"')
    asked = make.invitation(make.wave(make.version(xform=xform)))
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    staff = [Change("a", Ref("/data/office/staff"), 0, "7")]
    actions.write_answers(response=found, changes=staff, by=lead, now=make.NOON)
    newest = found.answers.order_by("-pk").first().pk
    Response.objects.filter(pk=found.pk).update(state="cleared", cleared_through=newest)

    told = queries.trail(people.viewer_with("officer"), fresh_response(found.pk))

    assert "/data/office/staff" not in {one.path for one in told.answers}
    assert told.hidden_count == 1
    assert queries.trail(lead, fresh_response(found.pk)).hidden_count == 0


def test_a_row_that_was_erased_keeps_its_hash_alone():
    found, lead, _focal = signed()
    row = Answer.objects.get(path="/data/office/name")
    actions.erase_answer(number=row.pk, now=minutes(9))

    told = queries.trail(lead, fresh_response(found.pk))

    (erased,) = (one for one in told.answers if one.number == row.pk)
    assert (erased.value, erased.salt, len(erased.hash)) == ("", "", 66)


def test_answers_without_a_name_have_neither_person_nor_hour():
    programme()
    unsigned = {"has_signature": False, "has_clearance": False, "is_anonymous": True}
    wave = make.wave(make.version(make.survey(kind="feedback", **unsigned)))
    found = actions.begin_for_wave(wave=wave, person_id=None, now=make.NOON)
    newest = found.answers.order_by("-pk").first().pk
    Response.objects.filter(pk=found.pk).update(state="handed_in", cleared_through=newest)

    told = queries.trail(people.viewer_with("officer"), fresh_response(found.pk))

    assert {(one.author, one.at) for one in told.answers} == {("", None)}
    assert {line.facts["at"] for line in told.lines} == {"2021-03-01T00:00:00.000000Z"}
