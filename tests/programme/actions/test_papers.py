"""Papers on an agenda: who may read them at first, and which reports may lie there."""

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.access import Denied
from serai.base.models import AuditEntry
from serai.programme import actions
from serai.programme.actions import Refused
from serai.programme.models import Paper

pytestmark = pytest.mark.django_db
NOON = make.NOON


def add_file(item, by, **fields):
    return actions.add_paper(
        item=item, title="Draft", file_id=make.stored_file().pk, by=by, now=NOON, **fields
    )


def test_an_officer_s_paper_is_for_participants_and_the_secretariat():
    item, officer = make.item(make.meeting()), people.viewer_with("officer")

    made = add_file(item, officer)
    with pytest.raises(Denied):
        add_file(item, officer, audience="members")

    assert (made.audience, Paper.objects.count()) == ("secretariat", 1)
    assert AuditEntry.objects.get(verb="add_paper").after == {
        "audience": "secretariat", "report": "",
    }  # fmt: skip


def test_others_keep_no_papers():
    item = make.item(make.meeting())

    for role in ("committee", "administrator"):
        with pytest.raises(Denied):
            add_file(item, people.viewer_with(role))
        with pytest.raises(Denied):
            make.report_paper(item, by=people.viewer_with(role))

    assert Paper.objects.count() == 0


@pytest.mark.parametrize(
    ("of_meeting", "readers", "is_put"),
    [
        ("secretariat", "secretariat", True), ("secretariat", "members", True),
        ("members", "secretariat", False), ("members", "members", True),
        ("members", "public", True), ("public", "members", False), ("public", "public", True),
    ],
)  # fmt: skip
def test_a_report_covers_the_meeting_s_readers(of_meeting, readers, is_put):
    item = make.item(make.meeting(audience=of_meeting))
    officer = people.viewer_with("officer")

    if is_put:
        made = make.report_paper(item, 7, readers, by=officer)
        assert (made.run_number, made.audience) == ("7", readers)
    else:
        with pytest.raises(Refused, match="Fewer people may read report 7 than know of this meet"):
            make.report_paper(item, 7, readers, by=officer)
        assert Paper.objects.count() == 0


def test_a_report_that_a_participant_may_not_read_is_refused_by_name():
    meeting = make.meeting(audience="secretariat")
    guest = people.person_with("focal_point", "GEO", full_name="Fati Focal")
    actions.invite(meeting=meeting, person_id=guest.pk, by=make.STAFF, now=NOON)
    item = make.item(meeting)

    with pytest.raises(Refused, match="Fati Focal takes part in the meeting and may not read repo"):
        make.report_paper(item, 7, "secretariat")
    make.report_paper(item, 7, "members")

    assert Paper.objects.get().run_number == "7"


def test_a_report_lies_on_an_item_once():
    item = make.item(make.meeting())
    make.report_paper(item, 7)

    with pytest.raises(Refused, match="Report 7 is a paper of this item already"):
        make.report_paper(item, 7)

    assert Paper.objects.count() == 1
