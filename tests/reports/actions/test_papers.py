"""An issued report as a paper of a meeting."""

import pytest
from tests.factories import programme as make
from tests.factories.reports import NOON, officer, run

from serai.programme.models import Paper
from serai.reports import actions
from serai.reports.actions import CannotMove

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return make.initiative("virtual-carec")


def put(made, item):
    return actions.put_on_agenda(run=made, item=item, title="Progress", by=officer(), now=NOON)


def test_an_issued_report_becomes_a_paper_for_its_own_readers():
    made = run("issued", audience="public", languages=["en", "ru"])

    paper = put(made, make.item(make.meeting()))

    assert (paper.run_number, paper.audience, paper.languages, str(paper.title)) == (
        str(made.number), "public", ["en", "ru"], "Progress",
    )  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "in_review", "cleared"])
def test_only_an_issued_report_is_put_on_an_agenda(state):
    with pytest.raises(CannotMove, match="Only an issued report is put on an agenda"):
        put(run(state), make.item(make.meeting()))

    assert Paper.objects.count() == 0


def test_a_report_for_fewer_than_know_of_the_meeting_is_refused():
    with pytest.raises(CannotMove, match="Fewer people may read report 1 than know of this"):
        put(run("issued", audience="secretariat"), make.item(make.meeting()))

    assert Paper.objects.count() == 0
