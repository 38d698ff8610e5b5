"""Letters of the programme: to whom, in which language, with which words, link and key."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.mail import send_all
from serai.base.text import TranslatedText
from serai.programme import actions, emails
from serai.programme.actions import Due, MeetingFacts
from serai.programme.models import Plan

pytestmark = pytest.mark.django_db
NOON, STAFF = make.NOON, make.STAFF
D = date(2021, 6, 30)
TWO = TranslatedText((("en", "Officials' Meeting", "source"), ("ru", "Встреча", "checked")))
SECRET = "values-of-nobody-s-business"


def text_lines(row):
    """The letter's lines before the closing ones, without its links' host."""
    return [line for line in row.text.splitlines() if line and "://" not in line]


def links(row):
    return [line for line in row.text.splitlines() if "://" in line]


def to(messages):
    return [message.person_id for message in messages]


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home", name=TranslatedText.of("Virtual CAREC"))


@pytest.fixture
def pair(home):
    """A meeting with a delegate who reads English and one who reads Russian."""
    meeting = make.meeting(home, title=TWO, place="Manila")
    both = [people.person(language=language) for language in ("en", "ru")]
    for one in both:
        actions.invite(meeting=meeting, person_id=one.pk, by=STAFF, now=NOON)
    return meeting, both


# ---------------------------------------------------------------- meetings
def test_meeting_called_invites_each_participant_with_a_calendar_file(pair):
    meeting, (english, russian) = pair

    messages = emails.meeting_called(meeting, NOON)

    assert to(messages) == [english.pk, russian.pk]
    assert [m.key for m in messages] == [
        f"programme.meeting_called:programme.meeting:{meeting.pk}:{one.pk}:planned.0"
        for one in (english, russian)
    ]
    first, second = send_all(messages)
    assert (first.subject, first.language, first.topic) == (
        "Invitation: Officials' Meeting", "en", "meetings",
    )  # fmt: skip
    assert text_lines(first)[:3] == [
        "You are invited to Officials' Meeting.",
        "30 June 2021, 14:00 Manila, Manila",
        "The calendar file is attached. Please say on the page whether you come.",
    ]
    assert first.link == f"/programme/meetings/{meeting.public_id}/"
    assert f"/en/programme/meetings/{meeting.public_id}/" in links(first)[0]
    assert second.language == "ru"
    assert "Встреча" in second.subject
    assert f"/ru/programme/meetings/{meeting.public_id}/" in links(second)[0]
    # The words give no link to join; the file, to participants, does.
    assert "join.example" not in first.text


def test_the_calendar_file_asks_its_one_reader(pair):
    meeting, (english, _russian) = pair

    (file,) = emails.meeting_called(meeting, NOON, only=english.pk)[0].attachments

    calendar = Calendar.from_ical(file.content)
    event = calendar.walk("VEVENT")[0]
    assert (file.name, file.media_type) == (
        "meeting.ics", "text/calendar; charset=utf-8; method=REQUEST",
    )  # fmt: skip
    assert (str(calendar["METHOD"]), str(event["SUMMARY"]), int(event["SEQUENCE"])) == (
        "REQUEST", "Officials' Meeting", 0,
    )  # fmt: skip
    assert str(event["ATTENDEE"]) == f"mailto:{english.email}"
    assert event.start == meeting.starts_at
    assert event.end == meeting.ends_at


def test_who_is_called_late_is_told_alone(pair):
    meeting, (_english, russian) = pair

    assert to(emails.meeting_called(meeting, NOON, only=russian.pk)) == [russian.pk]


def test_meeting_changed_says_what_is_new_with_a_higher_sequence(pair):
    meeting, (english, russian) = pair
    actions.move_meeting(meeting=meeting, state="called", by=STAFF, now=NOON)
    actions.change_meeting(
        meeting=meeting, facts=make.meeting_facts(title=TWO, place="Baku"), by=STAFF, now=NOON
    )

    messages = emails.meeting_changed(meeting, NOON)

    assert to(messages) == [english.pk, russian.pk]
    assert messages[0].key.endswith(f":{english.pk}:called.1")
    row = send_all(messages)[0]
    assert row.subject == "Changed: Officials' Meeting"
    assert text_lines(row)[:3] == [
        "Time, place or title of Officials' Meeting has changed.",
        "30 June 2021, 14:00 Manila, Baku",
        "The attached calendar file brings your calendar up to date.",
    ]
    event = Calendar.from_ical(messages[0].attachments[0].content).walk("VEVENT")[0]
    assert int(event["SEQUENCE"]) == 1


def test_a_cancelled_meeting_cancels_in_the_calendar(pair):
    meeting, _people = pair
    actions.move_meeting(meeting=meeting, state="called", by=STAFF, now=NOON)
    actions.move_meeting(meeting=meeting, state="cancelled", by=STAFF, now=NOON)

    message = emails.meeting_changed(meeting, NOON)[0]

    row = send_all([message])[0]
    assert row.subject == "Cancelled: Officials' Meeting"
    assert text_lines(row)[0] == "Officials' Meeting is cancelled."
    calendar = Calendar.from_ical(message.attachments[0].content)
    assert message.attachments[0].media_type.endswith("; method=CANCEL")
    assert str(calendar["METHOD"]) == "CANCEL"
    assert str(calendar.walk("VEVENT")[0]["STATUS"]) == "CANCELLED"


@pytest.mark.parametrize(("days", "line"), [(1, "1 July 2021"), (2, "1 July 2021 to 2 July 2021")])
def test_of_whole_days_a_letter_names_the_days_alone(home, days, line):
    midnight = datetime(2021, 6, 30, 16, tzinfo=UTC)  # of 1 July in Manila
    meeting = make.meeting(home, starts_at=midnight, ends_at=midnight + timedelta(days=days))
    actions.invite(meeting=meeting, person_id=people.person().pk, by=STAFF, now=NOON)

    row = send_all(emails.meeting_called(meeting, NOON))[0]

    assert text_lines(row)[1] == line


def test_papers_out_leads_to_the_page_and_names_no_paper(pair):
    meeting, (english, russian) = pair
    make.paper(make.item(meeting), title=SECRET)

    messages = emails.papers_out(meeting, NOON)

    assert to(messages) == [english.pk, russian.pk]
    row = send_all(messages)[0]
    assert row.subject == "Papers: Officials' Meeting"
    assert text_lines(row)[:3] == [
        "The papers for Officials' Meeting can be read now.",
        "30 June 2021, 14:00 Manila",
        "Read the papers:",
    ]
    assert (row.attachments, SECRET in row.text) == ([], False)


def test_minutes_for_agreement_leads_to_the_page_and_quotes_nothing(pair):
    meeting, (english, russian) = pair
    for state in ("called", "held"):
        actions.move_meeting(meeting=meeting, state=state, by=STAFF, now=NOON)
    actions.write_minutes(meeting=meeting, text=SECRET, by=STAFF, now=NOON)

    messages = emails.minutes_for_agreement(meeting, NOON)

    assert to(messages) == [english.pk, russian.pk]
    row = send_all(messages)[0]
    assert row.subject == "Minutes for agreement: Officials' Meeting"
    assert text_lines(row)[:2] == [
        "The draft minutes of Officials' Meeting are ready. Please read them and write to the "
        "secretariat if something should be changed.",
        "Read the minutes:",
    ]
    assert SECRET not in row.text


def test_who_has_left_is_written_no_letter(pair):
    meeting, (english, russian) = pair
    russian.state = "closed"
    russian.save(update_fields=["state"])

    assert to(emails.papers_out(meeting, NOON)) == [english.pk]


# ---------------------------------------------------------------- actions
@pytest.fixture
def action(home):
    """An action of a person, an organisation and Georgia, with a note nobody is written."""
    agency = people.organisation(country="UZB")
    owners = [
        people.person(),
        people.person_with("focal_point", "GEO"),
        people.person_with("deputy", "GEO", language="ru"),
        people.person_with("lead", agency),
    ]
    people.person_with("focal_point", "UZB")
    people.person_with("committee", "GEO")
    row = make.action_item(
        "Name a contact", initiative=home, person_id=owners[0].pk, owner_id=agency.pk,
        countries=("GEO",), due=Due(date(2021, 7, 7)),
    )  # fmt: skip
    actions.note_action(action=row, text=SECRET, by=STAFF, now=NOON)
    return row, [one.pk for one in owners]


def test_action_assigned_goes_to_the_person_the_agency_and_the_countries(action):
    row, owners = action

    messages = emails.action_assigned(row, NOON)

    assert to(messages) == owners
    assert messages[0].key == (
        f"programme.action_assigned:programme.actionitem:{row.pk}:{owners[0]}:"
    )
    letter = send_all(messages)[0]
    assert letter.subject == "Action item: Name a contact"
    assert text_lines(letter)[:4] == [
        "You are asked to do the following.", "Name a contact", "Due 7 July 2021.",
        "Open the action item:",
    ]  # fmt: skip
    assert letter.link == f"/programme/actions/{row.public_id}/"
    assert SECRET not in letter.text
    assert [one.language for one in send_all(messages)] == ["en", "en", "ru", "en"]


def test_an_action_without_a_day_says_so(home):
    row = make.action_item(initiative=home, person_id=people.person().pk)

    assert "No day is set." in send_all(emails.action_assigned(row, NOON))[0].text


# ---------------------------------------------------------------- requests
@pytest.fixture
def asked(home):
    """A request to Georgia and an agency; Georgia has answered, with a reason."""
    agency = people.organisation(country="UZB")
    georgia = people.person_with("focal_point", "GEO", language="ru")
    lead = people.person_with("lead", agency)
    request = make.ask(
        home, countries=("GEO",), organisations=(agency.pk,), due_on=date(2021, 7, 7)
    )
    return request, georgia, lead


def test_request_opened_goes_to_those_who_answer_each_to_their_own_form(asked):
    request, georgia, lead = asked
    first, second = request.addressees.order_by("id")

    messages = emails.request_opened(request, NOON)

    assert to(messages) == [georgia.pk, lead.pk]
    assert [m.link for m in messages] == [
        f"/programme/answers/{one.public_id}/" for one in (first, second)
    ]
    assert messages[0].key == (
        f"programme.request_opened:programme.requestaddressee:{first.pk}:{georgia.pk}:"
    )
    letter = send_all(messages)[1]
    assert (letter.subject, letter.language) == ("Request: Answer the questionnaire", "en")
    assert text_lines(letter)[:4] == [
        "The secretariat asks for the following.", "Answer the questionnaire",
        "Please answer by 7 July 2021.", "Answer here:",
    ]  # fmt: skip
    assert send_all(messages)[0].language == "ru"


def test_request_reminder_goes_to_those_without_an_answer_once_a_day(asked):
    request, _georgia, lead = asked
    row = request.addressees.select_related("country", "request__initiative").get(
        country__iso3="GEO"
    )
    actions.answer_request(addressee=row, state="declined", note=SECRET, by=STAFF, now=NOON)

    messages = emails.request_reminder(request, NOON)

    assert to(messages) == [lead.pk]
    assert messages[0].key.endswith(f":{lead.pk}:2021-06-30")
    letter = send_all(messages)[0]
    assert letter.subject == "Reminder: Answer the questionnaire"
    assert text_lines(letter)[0] == "The secretariat has no answer from you yet."
    assert SECRET not in letter.text
    assert "Georgia" not in letter.text


def test_a_request_without_a_day_says_so(home):
    people.person_with("focal_point", "GEO")

    letter = send_all(emails.request_opened(make.ask(home), NOON))[0]

    assert "No day is set." in letter.text


# ---------------------------------------------------------------- plans
def test_plan_proposed_goes_to_the_initiative_s_coordinators_but_not_the_proposer(home):
    here = people.person_with("coordinator", "home", language="ru")
    of_all = people.person_with("coordinator")
    proposer = people.viewer_with("coordinator")
    people.person_with("coordinator", "elsewhere")
    people.person_with("officer", "home")
    row = make.milestone(home, "22 June 2021", name=TranslatedText.of("Draft report"))
    plan = actions.propose_plan(
        milestone=row, words="mid-July 2021", reason="staffing", reason_text="One left",
        by=proposer, now=NOON,
    )  # fmt: skip
    holding = row.plans.order_by("id")[0]

    messages = emails.plan_proposed(plan, holding, NOON)

    assert to(messages) == [here.pk, of_all.pk]
    assert messages[0].key == f"programme.plan_proposed:programme.plan:{plan.pk}:{here.pk}:"
    letter = send_all(messages)[1]
    assert letter.subject == "New date proposed: Draft report"
    assert text_lines(letter)[:3] == [
        "Draft report: the proposed date is mid-July 2021; the present one is 22 June 2021.",
        "Staffing: One left",
        "Approve or reject it:",
    ]
    assert letter.link == f"/programme/milestones/{row.public_id}/"


def test_a_first_date_that_waits_says_that_none_was_set(home):
    people.person_with("coordinator")
    row = make.milestone(home, name=TranslatedText.of("Draft report"))
    plan = actions.propose_plan(milestone=row, words="July 2021", waits=True, by=STAFF, now=NOON)

    letter = send_all(emails.plan_proposed(plan, None, NOON))[0]

    assert text_lines(letter)[:2] == [
        "Draft report: the proposed date is July 2021; no date was set before.",
        "Approve or reject it:",
    ]


@pytest.mark.parametrize(
    ("decide", "subject", "line"),
    [
        (
            lambda plan: actions.approve_plan(plan=plan, by=STAFF, now=NOON),
            "New date approved: Draft report", "Draft report: 2022",
        ),
        (
            lambda plan: actions.reject_plan(plan=plan, reason="Too late", by=STAFF, now=NOON),
            "New date not approved: Draft report", "Draft report: 2022. Too late",
        ),
    ],
)  # fmt: skip
def test_plan_decided_tells_whoever_proposed(home, decide, subject, line):
    officer = people.viewer_with("officer")
    row = make.milestone(home, "22 June 2021", name=TranslatedText.of("Draft report"))
    plan = actions.propose_plan(
        milestone=row, words="2022", reason="staffing", by=officer, now=NOON
    )
    verdict = decide(plan)

    messages = emails.plan_decided(plan, verdict, NOON)

    assert to(messages) == [officer.person_id]
    letter = send_all(messages)[0]
    assert letter.subject == subject
    assert text_lines(letter)[:2] == [line, "Open the milestone:"]


def test_a_date_nobody_proposed_tells_nobody(home):
    plan = make.proposal(make.milestone(home, "22 June 2021"), "2022")

    verdict = actions.approve_plan(plan=plan, by=STAFF, now=NOON)

    assert emails.plan_decided(plan, verdict, NOON) == []
    assert Plan.objects.count() == 2


# ---------------------------------------------------------------- warnings
def test_flag_ended_tells_the_keeper(home):
    home.keeper = people.person()
    home.save(update_fields=["keeper"])
    row = make.milestone(home, "22 July 2021", name=TranslatedText.of("Draft report"))
    flag = actions.raise_flag(
        milestone=row, level="at_risk", reason="Staff", expires_on=date(2021, 7, 1), by=STAFF,
        now=NOON,
    )  # fmt: skip

    messages = emails.flag_ended(flag, date(2021, 7, 2), NOON)

    assert to(messages) == [home.keeper_id]
    letter = send_all(messages)[0]
    assert letter.subject == "Warning ended: Draft report"
    assert text_lines(letter)[:3] == [
        "Your warning about Draft report ended on 1 July 2021.", "Staff",
        "Raise it again or leave it:",
    ]  # fmt: skip
    assert letter.link == f"/programme/milestones/{row.public_id}/"


def test_nobody_named_is_nobody_written(home):
    flag = actions.raise_flag(
        milestone=make.milestone(home), level="attention", reason="x", expires_on=D, by=STAFF,
        now=NOON,
    )  # fmt: skip

    assert emails.flag_ended(flag, D, NOON) == []
    assert emails.meeting_called(make.meeting(home), NOON) == []
    assert emails.request_opened(make.ask(home), NOON) == []


def test_a_sample_meeting_s_letters_are_sample(home):
    meeting = actions.plan_meeting(
        initiative=home, facts=MeetingFacts(
            title="Trial", kind="technical", zone="Asia/Manila",
            starts_at=datetime(2021, 6, 30, 6, tzinfo=UTC),
            ends_at=datetime(2021, 6, 30, 7, tzinfo=UTC),
        ), by=STAFF, now=NOON, told=actions.Told(sample=True),
    )  # fmt: skip
    actions.invite(meeting=meeting, person_id=people.person().pk, by=STAFF, now=NOON)

    row = send_all(emails.meeting_called(meeting, NOON))[0]

    assert (row.subject, row.state, row.sample) == (
        "[Sample] Invitation: Trial", "held_sample", True,
    )  # fmt: skip
