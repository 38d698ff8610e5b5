"""Each role gets its own first page; where a part is empty the page says what comes next."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from tests.factories import programme as make
from tests.factories.members import grant, member, organisation, person_with, share
from tests.factories.signed_in import sign_in

from serai.programme.actions.finding import index_milestone

pytestmark = pytest.mark.django_db

HEADS = {
    "visitor": ["Initiatives", "Published", "Open calls"],
    "officer": ["To do", "Build", "Where the initiatives stand", "Requests to members"],
    "coordinator": ["To do", "Build", "Where the initiatives stand", "Requests to members"],
    "administrator": ["To do", "Keep the installation", "Health", "Jobs", "Outgoing mail"],
    "focal_point": ["Asked of you", "Georgia", "Requests to members", "Action items",
                    "Papers of coming meetings"],
    "deputy": ["Asked of you", "Georgia", "Requests to members", "Action items",
               "Papers of coming meetings"],
    "committee": ["Asked of you", "Requests to members", "Papers of coming meetings"],
    "lead": ["To do", "Help", "What you have sent"],
    "contributor": ["To do", "Help", "What you have sent"],
    "expert": ["To do", "Assigned to you", "Help", "Your own milestones", "Shared with you by name"],
    "partner": ["To do", "Assigned to you", "Help", "Your own milestones",
                "Shared with you by name"],
    "participant": ["To do", "Help", "Open calls"],
}  # fmt: skip


def text_of(person=None) -> str:
    client = Client()
    if person is not None:
        sign_in(client, person)
    return client.get("/en/").content.decode()


def heads(text: str) -> list[str]:
    return [re.sub(r"<[^>]+>", "", head).strip() for head in re.findall(r"<h2>(.*?)</h2>", text)]


@pytest.mark.parametrize("role", HEADS)
def test_the_first_page_of(role):
    make.programme()
    member("GEO")
    person = None if role == "visitor" else person_with(role)

    found = [head for head in heads(text_of(person)) if head in HEADS[role]]

    assert found == HEADS[role]


def test_what_is_shared_by_name_leads_to_its_page_while_one_may_open_it():
    partner = organisation("Partner", country=None, kind="international")
    person = person_with("partner", partner)
    home = make.initiative("home")
    shown = make.milestone(home, name=make.TranslatedText.of("Survey"), owner=partner)
    kept = make.milestone(home, name=make.TranslatedText.of("Budget"), audience="secretariat")
    for row in (shown, kept):
        index_milestone(row, make.NOON)
        share(f"programme.milestone:{row.pk}", f"organisation:{partner.pk}", title=str(row.name))

    text = text_of(person)

    page = f"/en/programme/milestones/{shown.public_id}/"
    assert f'<li><a href="{page}">Survey</a><span' in text
    assert "<li>Budget<span" in text
    assert kept.public_id not in text
    shown.owner, shown.audience = None, "secretariat"
    shown.save()
    index_milestone(shown, make.NOON)
    assert "<li>Survey<span" in text_of(person)


def test_who_holds_two_roles_gets_the_wider_page():
    make.programme()
    person = person_with("participant")
    grant("focal_point", to=person, member=member("GEO"))

    assert "Asked of you" in heads(text_of(person))


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("focal_point", "No agency of Georgia has been invited yet."),
        ("focal_point", "No action item of your country is open."),
        ("committee", "No paper of a coming meeting is out for you."),
        ("participant", "No meeting that you may see is planned."),
        ("participant", "No initiative is open to you yet."),
        ("officer", "No meeting is planned."),
        ("contributor", "You have sent nothing yet."),
        ("expert", "None of your initiatives is open to you yet. The secretariat opens them."),
        ("partner", "No open milestone is yours."),
        ("partner", "No report is issued to you yet."),
        ("visitor", "No report is published yet."),
        ("participant", "No call is open."),
    ],
)
def test_an_empty_part_says_what_comes_next(role, sentence):
    make.programme()
    member("GEO")

    assert sentence in text_of(None if role == "visitor" else person_with(role))


def test_a_meeting_of_which_only_the_day_is_known_shows_no_hours():
    midnight = datetime(2099, 7, 4, 16, tzinfo=UTC)  # of 5 July in Manila
    make.meeting(starts_at=midnight, ends_at=midnight + timedelta(days=1))

    page = text_of(person_with("officer"))

    assert "5 July 2099" in page
    assert "5 July 2099, 00:00" not in page


def test_a_long_list_of_milestones_leads_to_the_whole_list():
    make.programme(opens_as_of=date(2021, 6, 30))
    home = make.initiative()
    for day in range(1, 13):
        make.milestone(home, f"{day} June 2021")
    client = sign_in(Client(), person_with("officer"))

    page = client.get("/en/").content.decode()
    asked = client.get("/en/?as_of=2021-06-29").content.decode()
    listed = client.get("/en/programme/milestones/?status=overdue").context["count"]

    assert '<a href="/en/programme/milestones/?status=overdue">and 2 more milestones</a>' in page
    assert 'milestones/?as_of=2021-06-29&amp;status=overdue">and 2 more milestones</a>' in asked
    assert listed == 12


@pytest.mark.parametrize(
    ("role", "address"), [("administrator", "/en/status/"), ("coordinator", "")]
)
def test_the_audit_log_stands_under_the_installation_for_whoever_may_open_that(role, address):
    client = sign_in(Client(), person_with(role))

    crumbs = client.get("/en/status/audit/").context["crumbs"]

    assert [(one.title, one.address) for one in crumbs] == [
        ("Installation", address), ("Audit log", ""),
    ]  # fmt: skip
