"""Risks: recorded, reviewed, happened, closed, released."""

from datetime import date

import pytest
from tests.factories import programme as make
from tests.factories.members import viewer_with
from tests.factories.programme import NOON, STAFF, initiative, told

from serai.base.access import Denied, Viewer
from serai.members.models import AudienceChange
from serai.programme import actions, queries
from serai.programme.actions import Refused, RiskText

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
READER = Viewer(keys=frozenset({"public", "members"}))


def _risk(kind="risk", **fields):
    fields.setdefault("probability", 3)
    fields.setdefault("impact", 5)
    return actions.record_risk(
        initiative=initiative(), words=RiskText(kind, "Answers come late"), by=STAFF, now=NOON,
        told=told(date(2021, 5, 1)), **fields,
    )  # fmt: skip


def test_the_latest_review_by_the_day_holds():
    risk = _risk(review_on=date(2021, 6, 1))

    assert queries.risks(STAFF, D)[0].is_review_overdue is True
    actions.review_risk(risk=risk, probability=2, impact=4, by=STAFF, now=NOON)

    now, before = queries.risks(STAFF, D)[0], queries.risks(STAFF, date(2021, 6, 29))[0]
    assert (now.score, now.band, now.is_review_overdue) == (8, "medium", False)
    assert (before.score, before.band) == (15, "high")


def test_what_happened_is_an_issue_from_that_day():
    actions.move_risk(risk=_risk(), state="happened", reason="Two are late", by=STAFF, now=NOON)

    assert [queries.risks(STAFF, day)[0].kind for day in (D, date(2021, 6, 29))] == [
        "issue",
        "risk",
    ]


def test_a_closed_risk_leaves_the_grid():
    risk = _risk()
    assert sum(map(sum, queries.grid(queries.risks(STAFF, D)))) == 1

    actions.move_risk(risk=risk, state="closed", reason="Over", by=STAFF, now=NOON)

    assert sum(map(sum, queries.grid(queries.risks(STAFF, D)))) == 0
    with pytest.raises(Refused, match="closed"):
        actions.review_risk(risk=risk, probability=1, impact=1, by=STAFF, now=NOON)


def test_only_assumptions_are_released():
    with pytest.raises(Refused, match="Only assumptions"):
        make.release(_risk())

    make.release(_risk("assumption"))

    assert [row.kind for row in queries.risks(READER, D)] == ["assumption"]


def test_a_release_is_an_act_of_a_coordinator_who_has_not_written_it():
    writer, other = viewer_with("coordinator"), viewer_with("coordinator")
    assumption = _risk("assumption")
    assumption.recorded_by_id = writer.person_id
    assumption.save()
    given = {"risk": assumption, "audience": "members", "reason": "Asked for", "now": NOON}

    for by in (viewer_with("officer"), writer, viewer_with("coordinator", "elsewhere")):
        with pytest.raises(Denied):
            actions.release_risk(**given, by=by)
    with pytest.raises(Refused, match="The reason is empty"):
        actions.release_risk(**given | {"reason": " "}, by=other)
    assert AudienceChange.objects.count() == 0
    actions.release_risk(**given, by=other)

    row = AudienceChange.objects.get()
    assert (row.thing, row.title, row.from_audience, row.to_audience) == (
        f"programme.risk:{assumption.pk}", "Answers come late", "secretariat", "members",
    )  # fmt: skip
    assert (row.by_id, row.consent_by_id, row.reason, row.at) == (
        other.person_id, None, "Asked for", NOON,
    )  # fmt: skip
    with pytest.raises(Refused, match="This is who reads it already"):
        actions.release_risk(**given, by=other)


def test_one_coordinator_alone_lets_no_public_read_an_assumption():
    assumption = _risk("assumption")

    with pytest.raises(Refused, match="Somebody else has to consent"):
        actions.release_risk(
            risk=assumption, audience="public", reason="Asked for", by=viewer_with("coordinator"),
            now=NOON,
        )  # fmt: skip

    assumption.refresh_from_db()
    assert (assumption.audience, AudienceChange.objects.count()) == ("secretariat", 0)


def test_marks_run_from_one_to_five():
    with pytest.raises(Refused, match="from 1 to 5"):
        _risk(probability=6)


@pytest.mark.parametrize("count", [1, 3])
def test_the_number_of_queries_does_not_grow(count, django_assert_num_queries):
    for _ in range(count):
        _risk()

    with django_assert_num_queries(1):
        assert len(queries.risks(STAFF, D)) == count
