"""Meetings' doors: what a form refuses, what may be done next, who reads what."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories.members import person
from tests.factories.programme import (
    NOON,
    STAFF,
    agree,
    decision,
    item,
    meeting,
    paper,
    programme,
)

from serai.programme import actions
from serai.programme.models import Decision, Meeting, Paper

pytestmark = pytest.mark.django_db
GIVEN = {
    "title": "Consultation", "kind": "consultation", "on": "2021-07-15", "at": "14:30",
    "minutes": "90", "zone": "Asia/Tashkent", "mode": "virtual",
}  # fmt: skip


def test_a_meeting_is_planned_on_the_clock_of_its_place(client, officer):
    answer = client.post("/en/programme/meetings/new/", GIVEN)

    made = Meeting.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, "/en/programme/meetings/?as_of=today")
    assert made.starts_at == datetime(2021, 7, 15, 9, 30, tzinfo=UTC)
    assert made.ends_at - made.starts_at == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("zone", "Atlantis/Capital"), ("on", "31 June"), ("on", ""), ("at", "25:00"),
        ("at", "half past two"), ("minutes", "0"), ("minutes", "-60"), ("minutes", "long"),
        ("kind", "party"), ("join_link", "javascript:alert(1)"), ("title", ""),
        ("initiative", "none-such"),
    ],
)  # fmt: skip
def test_a_meeting_that_is_not_understood_keeps_what_was_typed(client, officer, field, value):
    answer = client.post("/en/programme/meetings/new/", GIVEN | {field: value, "place": "Hall 4"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'href="#id_{field}' in page
    assert 'value="Hall 4"' in page
    assert Meeting.objects.count() == 0


def test_a_meeting_may_be_on_any_clock_that_is_known_by_name(client, officer):
    new = "/en/programme/meetings/new/"

    wrong = client.post(new, GIVEN | {"other_zone": "Europe/Atlantis"})
    client.post(new, GIVEN | {"other_zone": "America/Sao Paulo"})

    assert list(wrong.context["form"].errors) == ["other_zone"]
    made = Meeting.objects.get()
    assert (made.zone, made.starts_at.hour) == ("America/Sao_Paulo", 17)
    changed = client.get(f"/en/programme/meetings/{made.public_id}/change/").context["form"]
    assert changed.fields["zone"].choices[-1] == ("America/Sao_Paulo", "Sao Paulo")


def test_an_end_before_the_beginning_is_refused_beside_its_field():
    programme()
    starts_at = datetime(2021, 7, 15, 9, tzinfo=UTC)
    facts = actions.MeetingFacts(
        title="Consultation", kind="consultation", starts_at=starts_at,
        ends_at=starts_at - timedelta(minutes=1), zone="UTC",
    )  # fmt: skip

    with pytest.raises(actions.Refused) as refused:
        actions.plan_meeting(initiative=None, facts=facts, by=STAFF, now=NOON)

    assert str(refused.value) == "The meeting ends before it begins. Give a later end."
    assert refused.value.field == "minutes"


def test_a_meeting_that_takes_a_day_shows_no_hour(client):
    meeting(
        starts_at=datetime(2021, 6, 29, 16, tzinfo=UTC),
        ends_at=datetime(2021, 6, 30, 16, tzinfo=UTC),
        audience="public",
    )
    meeting(
        title="Two days", starts_at=datetime(2021, 7, 4, 16, tzinfo=UTC),
        ends_at=datetime(2021, 7, 6, 16, tzinfo=UTC), audience="public",
    )  # fmt: skip

    page = client.get("/en/programme/meetings/").content.decode()

    assert '<time datetime="2021-06-30">30 June 2021</time>, Senior' in page
    assert (
        '<time datetime="2021-07-05">5 July 2021</time> to '
        '<time datetime="2021-07-06">6 July 2021</time>'
    ) in page
    assert "00:00" not in page


def test_what_would_be_refused_is_not_offered(client, officer):
    soon = timezone.now() + timedelta(days=3)
    ahead = meeting(starts_at=soon, ends_at=soon + timedelta(hours=1))
    actions.move_meeting(meeting=ahead, state="called", by=STAFF, now=NOON)
    address = f"/en/programme/meetings/{ahead.public_id}/"

    without = client.get(address)
    paper(item(ahead))
    with_paper = client.get(address)

    assert without.context["steps"] == []
    assert without.context["hint"] == (
        "Add a paper to an item of the agenda, then send the papers out."
    )
    assert with_paper.context["steps"] == [("papers_out", "Send the papers out")]
    assert with_paper.context["hint"] == "Once the meeting has begun, mark it as held."
    assert "Cancel it now" in with_paper.content.decode()


def test_a_held_meeting_asks_for_its_minutes_and_an_agreed_one_for_nothing(client, officer):
    row = meeting(state="held")
    address = f"/en/programme/meetings/{row.public_id}/"

    held = client.get(address)
    agree(row)
    agreed = client.get(address)

    assert held.context["steps"] == [("minutes_draft", "Send the minutes for agreement")]
    assert held.context["hint"] == "Write the minutes, then send them for agreement."
    assert (held.context["may_minute"], held.context["may_decide"]) == (True, True)
    assert agreed.context["steps"] == []
    assert (agreed.context["may_minute"], agreed.context["may_decide"]) == (False, False)
    assert "Next step" not in agreed.content.decode()
    assert "Change time or place" not in agreed.content.decode()


@pytest.mark.parametrize("state", ["minutes_agreed", "nonsense", ""])
def test_a_step_that_cannot_follow_changes_nothing(client, officer, state):
    row = meeting(state="called")

    answer = client.post(f"/en/programme/meetings/{row.public_id}/state/", {"state": state})

    row.refresh_from_db()
    assert answer.status_code == 303
    assert row.state == "called"


def test_a_paper_is_a_file(client, officer):
    entry = item(meeting())

    answer = client.post(
        f"/en/programme/items/{entry.public_id}/paper/",
        {"title": "Progress report", "languages": ["en"]},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"file": ["Choose a file."]}
    assert 'value="Progress report"' in answer.content.decode()
    assert Paper.objects.count() == 0


def test_a_person_is_invited_once(client, officer):
    row, guest = meeting(), person()
    address = f"/en/programme/meetings/{row.public_id}/invite/"
    given = {"person": guest.public_id, "role": "delegate"}

    first, second = client.post(address, given), client.post(address, given)

    assert first.status_code == 303
    assert second.status_code == 422
    assert second.context["form"].errors == {"person": ["This person is on the list already."]}


def test_an_invited_person_answers_in_one_form(client, sign_in):
    row = meeting(state="called")
    guest = sign_in("focal_point", "GEO")
    actions.invite(meeting=row, person_id=guest.pk, role="delegate", by=STAFF, now=NOON)
    address = f"/en/programme/meetings/{row.public_id}/answer/"

    nothing = client.post(address, {}, follow=True).content.decode()
    client.post(address, {"answer": "comes"})

    assert "Choose whether you come." in nothing
    assert row.attendances.get().answer == "comes"


def test_a_decision_without_words_is_refused(client, officer):
    row = meeting(state="called")

    answer = client.post(
        f"/en/programme/meetings/{row.public_id}/decide/", {"text": "", "words": "31/06/2021"}
    )

    assert answer.status_code == 422
    assert sorted(answer.context["form"].errors) == ["text", "words"]
    assert Decision.objects.count() == 0


def test_a_decision_replaces_an_older_one_once_it_is_adopted(client, officer):
    first = meeting(state="held")
    old = decision(first)
    agree(first)
    later = meeting(state="held")
    address = f"/en/programme/meetings/{later.public_id}/"
    given = {"text": "Share the final draft.", "supersedes": old.public_id, "words": "July 2021"}

    reading = client.post(f"{address}decide/", given)
    client.post(f"{address}decide/", given | {"confirmed": "July 2021"})
    again = client.post(f"{address}decide/", {"text": "Again.", "supersedes": old.public_id})

    new = Decision.objects.get(meeting=later)
    old.refresh_from_db()
    draft = client.get("/en/programme/decisions/?as_of=today").content.decode()
    assert "Read as: 1–31 July 2021" in reading.content.decode()
    assert (new.supersedes, new.due_on, str(new.due_words)) == (old, date(2021, 7, 31), "July 2021")
    assert old.state == "adopted"
    assert f"replaces {old.number}" in draft
    assert f"replaced by {new.number}" not in draft
    assert again.context["form"].errors == {
        "supersedes": [f"{new.number} replaces {old.number} already. Choose another decision."]
    }
    actions.write_minutes(meeting=later, text="Agreed.", by=STAFF, now=timezone.now())
    for state in ("minutes_draft", "minutes_agreed"):
        actions.move_meeting(meeting=later, state=state, by=STAFF, now=timezone.now())
    old.refresh_from_db()
    page = client.get("/en/programme/decisions/?as_of=today").content.decode()
    assert old.state == "superseded"
    assert f"replaces {old.number}" in page
    assert f"replaced by {new.number}" in page
    third = client.get(f"/en/programme/meetings/{meeting(state='held').public_id}/decide/")
    assert third.context["form"].fields["supersedes"].choices == [
        ("", "None"), (new.public_id, new.number),
    ]  # fmt: skip


def test_minutes_are_written_of_each_item_and_read_once_they_are_agreed(client, officer, sign_in):
    row = meeting(state="held", audience="members")
    first, second = item(row, "Opening"), item(row, "Progress")
    address = f"/en/programme/meetings/{row.public_id}/"
    given = {"text": "We met.", f"item_{second.public_id}": "Noted the report."}

    empty = client.get(f"{address}minutes/").context["form"]
    answer = client.post(f"{address}minutes/", given)

    first.refresh_from_db(), second.refresh_from_db()
    assert [str(field.label) for field in empty] == [
        "1. Opening", "2. Progress", "Minutes of the whole meeting",
    ]  # fmt: skip
    assert answer.status_code == 303
    assert (str(first.minutes), str(second.minutes)) == ("", "Noted the report.")
    assert "Noted the report." in client.get(address).content.decode()
    written = client.get(f"{address}minutes/").context["form"].initial
    assert written[f"item_{second.public_id}"] == "Noted the report."
    sign_in("committee", "GEO")
    assert "Noted the report." not in client.get(address).content.decode()
    row.refresh_from_db()
    agree(row)
    assert "Noted the report." in client.get(address).content.decode()


def test_a_paper_says_in_which_languages_it_is_written(client, officer):
    row = meeting(state="called")
    entry = item(row)
    address = f"/en/programme/items/{entry.public_id}/paper/"

    def post(**given):
        file = SimpleUploadedFile("report.pdf", b"%PDF-1.7\n%%EOF\n")
        return client.post(address, {"title": "Report", "file": file} | given)

    none = post()
    strange = post(languages=["zz"])
    post(languages=["en", "ru"])

    page = client.get(f"/en/programme/meetings/{row.public_id}/").content.decode()
    assert list(none.context["form"].errors) == ["languages"]
    assert list(strange.context["form"].errors) == ["languages"]
    made = Paper.objects.get()
    assert (made.languages, made.audience) == (["en", "ru"], "secretariat")
    assert '<span class="muted">English, Русский</span>' in page


def test_minutes_before_the_meeting_are_refused_and_kept(client, officer):
    row = meeting()

    answer = client.post(f"/en/programme/meetings/{row.public_id}/minutes/", {"text": "We agreed."})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Minutes are written after the meeting is held and until they are agreed." in page
    assert "We agreed." in page


def test_participants_and_the_link_are_for_participants(client, sign_in):
    row = meeting(state="called")
    address = f"/en/programme/meetings/{row.public_id}/"
    guest = sign_in("focal_point", "GEO")
    before = client.get(address).content.decode()
    actions.invite(meeting=row, person_id=guest.pk, role="delegate", by=STAFF, now=NOON)

    after = client.get(address).content.decode()

    assert ("join.example" in before, "Participants" in before) == (False, False)
    assert ("join.example" in after, "Participants" in after) == (True, True)


def test_a_meeting_on_the_day_shown_is_not_past(client, officer):
    today = meeting(state="called", starts_at=datetime(2021, 6, 30, 6, tzinfo=UTC),
                    ends_at=datetime(2021, 6, 30, 8, tzinfo=UTC))  # fmt: skip
    before = meeting(state="called", starts_at=datetime(2021, 6, 29, 6, tzinfo=UTC),
                     ends_at=datetime(2021, 6, 29, 8, tzinfo=UTC))  # fmt: skip

    page = client.get("/en/programme/meetings/").context

    assert [row.public_id for row in page["coming"]] == [today.public_id]
    assert [row.public_id for row in page["past"]] == [before.public_id]


def test_a_long_list_of_meetings_has_pages_of_fifty(client, officer):
    for state, day, count in (("called", 1, 2), ("held", 29, 49)):
        month = 7 if state == "called" else 6
        for _number in range(count):
            meeting(state=state, starts_at=datetime(2021, month, day, 6, tzinfo=UTC),
                    ends_at=datetime(2021, month, day, 8, tzinfo=UTC))  # fmt: skip

    first = client.get("/en/programme/meetings/")
    second = client.get("/en/programme/meetings/?page=2")

    def listed(page):
        return len(page.context["coming"]), len(page.context["past"])

    assert (listed(first), listed(second)) == ((2, 48), (0, 1))
    assert "<h2>Coming</h2>" in first.content.decode()
    assert "<h2>Coming</h2>" not in second.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_meetings_ask_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    programme(opens_as_of=date(2021, 6, 30))
    for _number in range(count):
        meeting(state="called", audience="public")

    with django_assert_num_queries(5):
        assert client.get("/en/programme/meetings/").status_code == 200


def test_an_empty_list_says_who_acts_and_denies_nothing(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    texts = {}
    for role in ("", "participant", "officer"):
        if role:
            sign_in(role)
        texts[role] = client.get("/en/programme/meetings/").content.decode()

    assert "No coming meeting is public. The secretariat plans the next one." in texts[""]
    assert "No meeting that you may see is planned." in texts["participant"]
    assert "No meeting is planned. The secretariat plans the next one." in texts["officer"]
    assert 'Shown as of <time datetime="2021-06-30">' in texts[""]


def test_a_coordinator_lets_the_members_read_a_meeting_and_its_paper(client, sign_in):
    row = meeting(state="called", audience="secretariat")
    entry = paper(item(row), audience="secretariat")
    sign_in("coordinator")
    of_meeting = f"/en/programme/meetings/{row.public_id}/readers/"
    of_paper = f"/en/programme/papers/{entry.public_id}/readers/"

    offered = client.get(of_meeting).context["form"].fields["audience"].choices
    too_early = client.get(of_paper)
    answers = [client.post(address, {"audience": "members"}) for address in (of_meeting, of_paper)]

    row.refresh_from_db()
    entry.refresh_from_db()
    assert [code for code, _name in offered] == ["members", "public"]
    assert too_early.context["form"] is None
    assert (
        "You can choose no other readers for it as things stand. "
        "No more people read it than its meeting;" in too_early.content.decode()
    )
    assert [answer.status_code for answer in answers] == [303, 303]
    assert (row.audience, entry.audience) == ("members", "members")
    page = client.get(f"/en/programme/meetings/{row.public_id}/").content.decode()
    assert (page.count("Change who reads it"), page.count("All members")) == (2, 2)


def test_an_officer_sees_who_reads_a_meeting_and_releases_nothing(client, officer):
    row = meeting(state="called", audience="secretariat")
    entry = paper(item(row), audience="secretariat")

    page = client.get(f"/en/programme/meetings/{row.public_id}/").content.decode()

    assert (page.count("Change who reads it"), page.count("The secretariat")) == (0, 2)
    for address in (f"meetings/{row.public_id}", f"papers/{entry.public_id}"):
        assert client.post(f"/en/programme/{address}/readers/").status_code == 404
