"""The room's jobs: each asks one action; twice is once."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.base.jobs import enqueue, run_ready
from serai.base.models import AuditEntry, Job, MessageState
from serai.base.models import Message as Letter
from serai.members.queries import viewer_of
from serai.surveys import actions
from serai.surveys.models import Delegation, Response
from serai.surveys.states import InvitationState, WaveState

pytestmark = pytest.mark.django_db(transaction=True)
NOON = make.NOON
MORNING = datetime(2021, 3, 26, 5, tzinfo=UTC)
OVER = datetime(2021, 3, 31, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def manila():
    programme()


def twice(name, now, **given):
    """Run a job to its end, two times; return the letters after each."""
    counts = []
    for time in (1, 2):
        enqueue(name, key=f"{name}:{time}", **given)
        while run_ready(now=now):
            pass
        counts.append(Letter.objects.count())
    return counts


def test_send_wave_writes_each_letter_once_and_opens_the_wave():
    wave = make.wave(state=WaveState.PLANNED.value)
    rows = [make.invitation(wave, state=InvitationState.DRAFTED.value) for _n in range(3)]
    officer = people.viewer_with("officer")
    actions.send_wave(wave=wave, by=officer, now=NOON)
    asked = Letter.objects.filter(key__startswith="programme.").count()

    counts = twice("surveys.send_wave", NOON, wave_id=wave.pk)

    wave.refresh_from_db()
    assert counts == [asked + 3, asked + 3]
    assert wave.state == "open"
    letters = Letter.objects.filter(key__startswith="surveys.invitation:")
    assert sorted(one.person_id for one in letters) == sorted(row.lead_id for row in rows)


def test_send_invitation_twice_is_once():
    row = make.invitation(state=InvitationState.DRAFTED.value)

    assert twice("surveys.send_invitation", NOON, invitation_id=row.pk) == [1, 1]


def test_remind_twice_is_once():
    make.invitation()

    assert twice("surveys.remind", MORNING) == [1, 1]


def test_note_bounces_twice_is_once():
    row = make.invitation(make.wave(made_by=people.person()))
    Letter.objects.create(
        key="x", thing=f"surveys.invitation:{row.pk}", address="a@b.example", is_bounce=True,
        state=MessageState.FAILED, written_at=row.sent_at, language="en",
    )  # fmt: skip

    assert twice("surveys.note_bounces", NOON) == [2, 2]


def test_close_due_twice_is_once():
    row = make.invitation()

    counts = twice("surveys.close_due", OVER)

    row.wave.refresh_from_db()
    assert (counts, row.wave.state) == ([1, 1], "closed")


def test_expire_ends_parts_whose_day_is_over_on_the_programmes_calendar_once():
    row = make.invitation()
    response = Response.objects.create(wave=row.wave, invitation=row, version=row.wave.version)
    part = Delegation.objects.create(
        response=response, section="office", scope="edit", given_at=NOON, due_on=OVER.date(),
        person=people.person_with("contributor", row.organisation),
    )  # fmt: skip
    ends = AuditEntry.objects.filter(verb="expire_delegation")

    twice("surveys.expire", datetime(2021, 3, 31, 15, tzinfo=UTC))
    before = ends.count()
    twice("surveys.expire", datetime(2021, 3, 31, 16, tzinfo=UTC))  # 1 April in Manila

    part.refresh_from_db()
    assert (before, part.state, ends.count()) == (0, "expired", 1)


def test_a_copy_made_for_somebody_from_outside_is_noted_for_the_agency():
    found = make.cleared(
        make.wave(), {"/data/link/has": "yes"}, organisation=people.organisation("Roads")
    )
    officer = people.person_with("officer")
    actions.ask_copy(
        response=found, kind="docx", language="en", by=viewer_of(officer, NOON), now=NOON
    )

    while run_ready(now=NOON):
        pass

    assert list(found.readings.values_list("reader", "way", "role")) == [
        (officer.pk, "copy", "officer")
    ]


def test_end_made_files_twice_is_once():
    wave, officer = make.wave(), people.viewer_with("officer")
    kept = actions.keep_export(
        wave=wave, content=b"a", name="a.csv", media_type="text/csv", by=officer, now=NOON
    )

    twice("surveys.end_made_files", NOON + timedelta(days=2))

    kept.refresh_from_db()
    assert kept.state == "removed"


def test_what_was_made_leads_to_where_it_is_offered():
    response = make.cleared(make.wave(), {"/data/office/name": "Roads"})
    lead = viewer_of(response.invitation.lead, NOON)
    officer = people.viewer_with("officer")

    actions.ask_copy(response=response, kind="docx", language="ru", by=lead, now=NOON)
    actions.ask_export(
        wave=response.wave, kind="long", with_labels=False, language="ru", by=officer, now=NOON
    )
    while run_ready(now=NOON):
        pass

    found = Job.objects.filter(name__startswith="surveys.build_").order_by("name")
    assert [(one.name, one.state, one.result_address) for one in found] == [
        ("surveys.build_copy", "done", f"/surveys/responses/{response.public_id}/copy/"),
        ("surveys.build_export", "done", f"/surveys/waves/{response.wave.public_id}/export/"),
    ]
