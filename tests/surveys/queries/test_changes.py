"""What is missing, and what differs from what was signed or cleared before."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.offices import LABEL, NAME, PHONE, PLAN, STAFF, add, give

from serai.calc.xforms import Ref
from serai.surveys import actions, queries
from serai.surveys.queries.changes import answer_words, question_label
from serai.surveys.queries.filling import opened
from serai.surveys.queries.responses import locked_response

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def begun():
    return offices.begun()


def test_what_is_missing_or_wrong_stands_in_the_order_of_its_pages(begun):
    response, lead = begun
    give(response, lead, STAFF, "12 or so")
    give(response, lead, STAFF, "5")
    give(response, lead, Ref("/data/line/mbps"), "1,234")

    rows = queries.missing(lead, locked_response(response.pk), make.NOON)

    assert [(one.slug, one.name, one.is_wrong, one.section) for one in rows] == [
        ("office", NAME.path, False, "The office"), ("line", "/data/line/mbps", True, "The line"),
    ]  # fmt: skip
    assert rows[0].sentence == "This question needs an answer, or a reason why there is none."
    assert "1234" in rows[1].sentence
    assert "1.234" in rows[1].sentence


def test_the_first_time_nothing_has_changed(begun):
    response, lead = begun
    give(response, lead, NAME, "Agency")

    assert queries.changes_since(lead, locked_response(response.pk), make.NOON) is None


def test_only_what_differs_from_the_signature_before_is_shown(begun):
    response, lead = begun
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "1")):
        give(response, lead, ref, text)
    offices.signed(response, lead)
    focal = people.viewer_with("focal_point", "GEO")
    actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)
    give(response, lead, STAFF, "", "not_held")
    give(response, lead, PHONE, "2")
    give(response, lead, PHONE, "1")

    before = queries.changes_since(lead, locked_response(response.pk), LATER)
    actions.sign(response=response, name="A", position="B", by=lead, now=LATER)
    after = queries.changes_since(focal, locked_response(response.pk), LATER)

    assert [(one.question, one.before, one.after) for one in before] == [
        ("People", "2", "We do not keep this")
    ]
    assert after == before


def test_a_file_is_read_by_its_name_and_a_gone_entry_by_its_path(begun):
    response, lead = begun
    add(response, lead, "a")
    filling = opened(locked_response(response.pk), make.NOON)

    plan, gone = Ref(PLAN, "a"), Ref(LABEL, "gone")

    assert answer_words(filling, plan, "0123456789ab the plan.jpg") == "the plan.jpg"
    assert (question_label(filling, plan), question_label(filling, gone)) == ("Its plan", LABEL)
    assert answer_words(filling, gone, "Blue") == "Blue"
