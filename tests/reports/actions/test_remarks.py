from datetime import UTC, datetime

import pytest
from tests.factories.members import member, person_with
from tests.factories.programme import initiative
from tests.factories.reports import BLOCK, NOON, officer, run

from serai.base.access import Denied
from serai.members.queries import viewer_of
from serai.reports import actions
from serai.reports.actions import CannotMove
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_review(db):
    initiative("virtual-carec")
    return run(RunState.IN_REVIEW)


def remark(of, now=NOON, by=None):
    return actions.remark_on_block(
        run=of, country=member("GEO"), block=BLOCK, text="Two offices, not one.",
        by=by or viewer_of(person_with("focal_point", "GEO"), NOON), now=now,
    )  # fmt: skip


def test_a_remark_is_kept_and_answered(in_review):
    kept, by = remark(in_review), officer()

    actions.answer_remark(remark=kept, answer="Corrected.", by=by, now=NOON)

    kept.refresh_from_db()
    assert (kept.country.iso3, kept.text, kept.answer, kept.answered_by_id, kept.answered_at) == (
        "GEO", "Two offices, not one.", "Corrected.", by.person_id, NOON,
    )  # fmt: skip


def test_the_last_day_ends_where_the_country_is(in_review):
    """7 July ends in Tbilisi (UTC+4) at 20:00 UTC."""
    remark(in_review, datetime(2021, 7, 7, 19, 59, tzinfo=UTC))

    with pytest.raises(CannotMove, match="open until 7 July 2021"):
        remark(in_review, datetime(2021, 7, 7, 20, 0, tzinfo=UTC))


def test_others_do_not_remark(in_review):
    with pytest.raises(Denied):
        remark(in_review, by=officer())


def test_a_focal_point_does_not_answer(in_review):
    by = viewer_of(person_with("focal_point", "GEO"), NOON)

    with pytest.raises(Denied):
        actions.answer_remark(remark=remark(in_review), answer="No.", by=by, now=NOON)
