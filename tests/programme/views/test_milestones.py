"""Milestones' doors: the two steps of a date, wrong words kept, who gets in, lists of any length."""

import csv
from datetime import date
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from tests.factories.members import member, organisation, person_with
from tests.factories.programme import (
    NOON,
    STAFF,
    approved,
    completion,
    initiative,
    milestone,
    programme,
    proposal,
    told,
)

from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.models import Completion, Milestone, Plan

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"


def test_words_are_read_back_before_they_are_saved(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/replan/"
    given = {"words": "end of July 2021", "reason": "staffing"}

    first = client.post(address, given)
    assert Plan.objects.count() == 1
    second = client.post(address, given | {"confirmed": "end of July 2021"})

    assert "Read as: 21–31 July 2021" in first.content.decode()
    assert (second.status_code, second["Location"]) == (
        303,
        f"/en/programme/milestones/{row.public_id}/?as_of=today",
    )
    assert Plan.objects.latest("id").end_latest == date(2021, 7, 31)


def test_words_changed_after_the_reading_are_read_again(client, officer):
    row = milestone(words="22 June 2021")

    answer = client.post(
        f"/en/programme/milestones/{row.public_id}/replan/",
        {"words": "Q3 2021", "reason": "staffing", "confirmed": "end of July 2021"},
    )

    assert "Read as: 1 July – 30 September 2021" in answer.content.decode()
    assert Plan.objects.count() == 1


@pytest.mark.parametrize("words", ["summer 2021", "03/04/2021", "31 June 2021"])
def test_wrong_words_are_kept_with_the_sentence(client, officer, words):
    row = milestone(words="22 June 2021")

    answer = client.post(
        f"/en/programme/milestones/{row.public_id}/replan/", {"words": words, "reason": "staffing"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Not understood: write a day, month, quarter or" in page
    assert f'value="{words}"' in page
    assert "Error:" in page


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({}, "reason", "Say why the date changes: choose a reason."),
        ({"reason": "other"}, "reason_text", "The reason is “other”: write it in a sentence."),
        ({"reason": "staffing", "words": "30 June 2021 to 1 June 2021"}, "words",
         "The end, 1 June 2021, is before the start, 30 June 2021."),
        ({"reason": "staffing", "words": "22 June 2021", "confirmed": "22 June 2021"}, "words",
         "This is the date that holds already: 22 June 2021."),
        ({"reason": "staffing", "known_from": "2021-06-30", "confirmed": "July 2021"},
         "source_note", "Known from 30 June 2021 is before today: say where this is written"),
        ({"reason": "staffing", "known_from": "2999-01-01", "confirmed": "July 2021"},
         "known_from", "Known from 1 January 2999 is after today"),
    ],
)  # fmt: skip
def test_a_new_date_refused_says_what_and_where(client, officer, given, field, sentence):
    row = milestone(words="22 June 2021")

    answer = client.post(
        f"/en/programme/milestones/{row.public_id}/replan/", {"words": "July 2021"} | given
    )

    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == [field]
    assert form.errors[field][0].startswith(sentence)
    assert f'href="#id_{field}"' in answer.content.decode()
    assert Plan.objects.count() == 1


def test_a_completion_asks_for_its_evidence_once_the_date_is_read(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/complete/"
    given = {"words": "22 June 2021", "confirmed": "22 June 2021", "link": "https://a.example/r"}

    first = client.post(address, {"words": "22 June 2021"})
    second = client.post(address, given)

    assert "link" not in client.get(address).context["form"].fields
    assert "Read as: 22 June 2021" in first.content.decode()
    assert {"link", "evidence"} < set(first.context["form"].fields)
    assert second.status_code == 303
    assert Completion.objects.get().link == "https://a.example/r"


def test_a_link_stays_when_the_date_is_refused(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/complete/"
    given = {"words": "summer 2021", "link": "https://a.example/r"}

    answer = client.post(address, given)

    assert answer.status_code == 422
    assert 'value="https://a.example/r"' in answer.content.decode()


def test_a_completion_after_today_names_both_days(client, officer):
    row = milestone(words="22 June 2021")
    today = timezone.now().astimezone(ZoneInfo("Asia/Manila"))
    given = {"words": "1 January 2099", "confirmed": "1 January 2099"}

    answer = client.post(f"/en/programme/milestones/{row.public_id}/complete/", given)

    assert answer.status_code == 422
    assert answer.context["form"].errors["words"] == [
        f"The completion, 1 January 2099, is after today, {today.day} {today:%B %Y}. "
        "Record it once it is reached."
    ]
    assert Completion.objects.count() == 0


def test_what_a_milestone_may_wait_for_is_named_with_its_initiative(client, officer):
    one = initiative(name=TranslatedText.of("Virtual CAREC"))
    milestone(one, name=TranslatedText.of("Survey sent"), words="22 June 2021")
    second = milestone(one, words="23 June 2021")

    form = client.get(f"/en/programme/milestones/{second.public_id}/after/").context["form"]

    assert [str(words) for _key, words in form.fields["after"].choices] == [
        "Choose a milestone",
        "Virtual CAREC, 1. Survey sent",
    ]


def test_a_circle_is_shown_by_its_numbers(client, officer):
    one = initiative()
    first, second = milestone(one, words="22 June 2021"), milestone(one, words="23 June 2021")
    client.post(
        f"/en/programme/milestones/{second.public_id}/after/",
        {"after": first.public_id, "kind": "FS", "lag_days": "0"},
    )

    answer = client.post(
        f"/en/programme/milestones/{first.public_id}/after/",
        {"after": second.public_id, "kind": "FS", "lag_days": "0"},
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"after": ["This would close a circle: 1 → 2 → 1."]}


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"after": "nobody", "kind": "FS", "lag_days": "0"}, "after"),
        ({"kind": "FS", "lag_days": "0"}, "after"),
        ({"kind": "XX", "lag_days": "soon"}, "lag_days"),
        ({"kind": "FS", "lag_days": "400"}, "lag_days"),
    ],
)
def test_a_dependency_that_is_not_understood(client, officer, given, field):
    row = milestone(words="22 June 2021")

    answer = client.post(f"/en/programme/milestones/{row.public_id}/after/", given)

    assert answer.status_code == 422
    assert field in answer.context["form"].errors


@pytest.mark.parametrize("until", ["tomorrow", "2999-01-01", "31/06/2021", ""])
def test_a_warning_for_too_long_or_no_day_is_refused(client, officer, until):
    row = milestone(words="22 June 2021")
    given = {"level": "at_risk", "reason": "Replies are late.", "expires_on": until}

    answer = client.post(f"/en/programme/milestones/{row.public_id}/warn/", given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["expires_on"]
    assert "Replies are late." in answer.content.decode()


def test_a_date_turned_down_needs_a_reason(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    sign_in("coordinator")
    new = proposal(milestone(words="22 June 2021"), "July 2021")
    address = f"/en/programme/plans/{new.public_id}/decide/"

    refused = client.post(address, {"verdict": "reject", "reason": " "})
    taken = client.post(address, {"verdict": "reject", "reason": "Too late for the ministers."})

    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["reason"]
    assert taken.status_code == 303


def test_a_page_says_nothing_twice(client, officer):
    row = milestone(words="22 June 2021")
    completion(row, "22 June 2021")

    page = client.get(f"/en/programme/milestones/{row.public_id}/?as_of=2021-06-30")

    assert (page.context["sentence"], page.context["days"]) == ("", "")


@pytest.mark.parametrize(
    ("audience", "role", "note"),
    [
        ("country", "focal_point", "The country&#x27;s focal point approves it"),
        ("organisation", "lead", "The organisation&#x27;s lead approves it"),
    ],
)
def test_a_date_kept_to_a_country_or_an_agency_is_decided_there(client, audience, role, note):
    agency = organisation("Agency of Georgia", country="GEO")
    row = milestone(
        initiative("home"), "22 June 2021", audience=audience, owner=agency, country=agency.member
    )
    here = f"/en/programme/milestones/{row.public_id}/"
    client.force_login(person_with("partner", agency), backend=BACKEND)
    form = client.get(f"{here}replan/").content.decode()
    given = {"words": "July 2021", "reason": "staffing", "confirmed": "July 2021"}
    client.post(f"{here}replan/", given)
    new = Plan.objects.latest("id")
    decide = f"/en/programme/plans/{new.public_id}/decide/"
    own = client.get(here).content.decode()
    client.force_login(
        person_with(role, "GEO" if role == "focal_point" else agency), backend=BACKEND
    )

    (todo,) = (t for t in client.get("/en/").context["home"].todos if "new date" in t.verb)
    page = client.get(here).content.decode()
    client.post(todo.address, {"verdict": "approve"})
    after = client.get(here)

    assert note in form
    assert (decide in own, decide in page, todo.address) == (False, True, decide)
    assert after.context["page"].row.words.pick("en")[0] == "July 2021"
    client.force_login(person_with("coordinator"), backend=BACKEND)
    assert client.get(here).status_code == client.get(decide).status_code == 404


def test_a_member_finds_no_door_to_change(client):
    row = milestone(words="22 June 2021")
    client.force_login(person_with("focal_point"), backend=BACKEND)

    for page in ("replan", "complete", "warn", "after"):
        answer = client.get(f"/en/programme/milestones/{row.public_id}/{page}/")
        assert answer.status_code == 404


def test_a_hidden_milestone_is_not_found(client):
    row = milestone(initiative(audience="secretariat"), words="22 June 2021")
    client.force_login(person_with("focal_point"), backend=BACKEND)

    assert client.get(f"/en/programme/milestones/{row.public_id}/").status_code == 404


def test_the_first_page_s_link_to_today_is_a_day(client, officer):
    milestone(words="22 June 2021")

    page = client.get("/en/programme/milestones/?as_of=today").content.decode()

    assert "is not a day" not in page
    assert "Shown as of" not in page


def test_a_day_that_is_none_is_told(client, officer):
    milestone(words="22 June 2021")

    answer = client.get("/en/programme/milestones/?as_of=yesterday")

    assert "“yesterday” is not a day. Write it as 2021-06-30." in answer.content.decode()


def test_the_list_comes_as_a_file(client, officer):
    milestone(words="end of June 2021")

    answer = client.get("/en/programme/milestones/?as=csv&as_of=today")

    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert lines[0].startswith("initiative,number,name,start,end,words,owner,country,after,done")
    assert ",2021-06-30,end of June 2021," in lines[1]


# ---------------------------------------------------------------- a house that opens in the past
def test_an_officer_sees_the_completion_just_recorded(client, officer):
    row = milestone(words="22 June 2021")
    here = f"/en/programme/milestones/{row.public_id}/"
    given = {"words": "22 June 2021", "confirmed": "22 June 2021"}

    before = client.get(here).content.decode()
    after = client.post(f"{here}complete/", given, follow=True)
    later = client.get(here).content.decode()
    on_the_day = client.get(f"{here}?as_of=2021-06-30").content.decode()

    page = after.content.decode()
    assert 'Shown as of <time datetime="2021-06-30">' in before
    assert after.redirect_chain == [(f"{here}?as_of=today", 303)]
    assert "The completion is recorded. You now see the programme as of today." in page
    assert ("<h2>Completion</h2>" in page, "<h2>Completion</h2>" in later) == (True, True)
    assert ("Shown as of" in page, "Shown as of" in later) == (False, False)
    assert "<h2>Completion</h2>" not in on_the_day
    assert "More is known by now than on this day." in on_the_day
    assert "Record completion" not in on_the_day
    assert f'<a href="{here}?as_of=2021-06-30">Show 30 June 2021 again</a>' in page


def test_who_looks_at_a_past_day_reads_before_saving_from_when_it_counts(client, officer):
    row = milestone(words="22 June 2021")
    here = f"/en/programme/milestones/{row.public_id}/"
    form, day = f"{here}complete/?as_of=2021-06-25", "?as_of=2021-06-25"
    given = {"words": "22 June 2021", "confirmed": "22 June 2021"}

    page = client.get(f"{here}{day}").content.decode()
    before = client.get(form).context["page"].note
    today = client.get(f"{here}complete/?as_of=today").context["page"].note
    after = client.post(form, given, follow=True).content.decode()

    assert f'href="{form}"' in page
    assert (before, today) == (
        "Without a “Known from” it counts as known from today, "
        "and does not appear on 25 June 2021.",
        "",
    )
    assert f'<a href="{here}{day}">Show 25 June 2021 again</a>' in after


def test_a_house_that_opens_today_says_nothing_of_days(client, sign_in):
    sign_in("officer")
    row = milestone(words="22 June 2021")
    here = f"/en/programme/milestones/{row.public_id}/"
    given = {"words": "22 June 2021", "confirmed": "22 June 2021"}

    after = client.post(f"{here}complete/", given, follow=True)

    assert after.redirect_chain == [(here, 303)]
    assert "The completion is recorded." in after.content.decode()
    assert "as of" not in after.content.decode()


def test_a_milestone_added_since_is_shown_as_of_today(client, officer):
    row = milestone(words="22 June 2021")
    Milestone.objects.filter(pk=row.pk).update(known_from=date(2021, 7, 1))

    page = client.get(f"/en/programme/milestones/{row.public_id}/")
    on_the_day = client.get(f"/en/programme/milestones/{row.public_id}/?as_of=2021-06-30")

    assert (page.context["day"].is_today, page.context["page"] is None) == (True, False)
    assert on_the_day.context["page"] is None


def test_a_coordinator_s_to_do_leads_to_the_proposal(client, officer, sign_in):
    row = milestone(words="22 June 2021")
    given = {"words": "July 2021", "reason": "staffing", "confirmed": "July 2021"}
    client.post(f"/en/programme/milestones/{row.public_id}/replan/", given)
    new = Plan.objects.latest("id")
    sign_in("coordinator")

    start = client.get("/en/")
    (todo,) = (one for one in start.context["home"].todos if one.verb == "Decide on a new date")
    page = client.get(todo.address).content.decode()
    decided = client.post(todo.address, {"verdict": "approve"}, follow=True)

    assert todo.address == f"/en/programme/plans/{new.public_id}/decide/"
    assert "Planned now: 22 June 2021. Proposed: July 2021." in page
    assert decided.status_code == 200
    assert decided.context["page"].row.words.pick("en")[0] == "July 2021"


@pytest.mark.parametrize(
    ("status", "numbers"),
    [("overdue", [1]), ("pressing", [2, 3]), ("slipped", [3]), ("due_soon", [3]), ("never", [])],
)
def test_the_list_is_read_by_where_milestones_stand(client, officer, status, numbers):
    home = initiative()
    for words in ("22 June 2021", "30 June 2021", "1 July 2021", "1 December 2021"):
        milestone(home, words)
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON, told=told())
    approved(home.milestones.get(number=3), "5 July 2021")

    page = client.get("/en/programme/milestones/", {"status": status}).context

    listed = page["table"].rows if page["count"] else []
    assert [row[0] for row in listed] == numbers


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    programme(opens_as_of=date(2021, 6, 30))
    for _ in range(count):
        row = milestone(words="22 June 2021")
        completion(row, "by 30 June 2021")

    with django_assert_num_queries(3):
        assert client.get("/en/programme/milestones/").status_code == 200


# ---------------------------------------------------------------- edit, readers
def test_a_milestone_is_edited_and_then_found_by_its_member_and_in_the_file(client, officer):
    home = initiative("home", audience="secretariat")
    row = milestone(home, "22 June 2021")
    milestone(home)
    agency = organisation("Agency of Georgia", country="GEO")
    given = {
        "name_en": "First draft", "name_ru": "Первый проект", "kind": "deliverable",
        "owner": agency.pk, "country": agency.member_id, "order": "5",
    }  # fmt: skip

    answer = client.post(f"/en/programme/milestones/{row.public_id}/edit/", given)

    assert (answer.status_code, answer["Location"]) == (
        303, f"/en/programme/milestones/{row.public_id}/?as_of=today",
    )  # fmt: skip
    row.refresh_from_db()
    assert (row.name.pick("ru")[0], row.owner, row.country.iso3, row.order) == (
        "Первый проект", agency, "GEO", 5,
    )  # fmt: skip
    listed = client.get("/en/programme/milestones/?country=GEO&as_of=today")
    assert (listed.context["count"], listed.context["countries"]) == (1, [("GEO", "Georgia")])
    sent = b"".join(client.get("/en/programme/milestones/?as=csv").streaming_content)
    lines = list(csv.DictReader(StringIO(sent.decode("utf-8-sig"))))
    assert [(one["number"], one["owner"], one["country"]) for one in lines] == [
        ("2", "", ""), ("1", "Agency of Georgia", "GEO"),
    ]  # fmt: skip


def test_a_renamed_milestone_keeps_its_old_name_on_a_past_day(client, officer):
    row = milestone(initiative(name=TranslatedText.of("Home")), "22 June 2021")
    here = f"/en/programme/milestones/{row.public_id}/"
    given = {"name_en": "Renamed", "kind": "event", "order": "1"}

    after = client.post(f"{here}edit/", given, follow=True).content.decode()
    on_the_day = client.get(f"{here}?as_of=2021-06-30").content.decode()

    assert ("<h1>Renamed</h1>" in after, "Home, Event 1" in after) == (True, True)
    assert "<h1>Milestone 1</h1>" in on_the_day
    assert ("Renamed" in on_the_day, "Home, Deliverable 1" in on_the_day) == (False, True)
    assert "More is known by now than on this day." in on_the_day


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        ({"name_en": ""}, ["name_en"]), ({"kind": "party"}, ["kind"]), ({"owner": "0"}, ["owner"]),
        ({"country": "GEO"}, ["country"]), ({"order": "x"}, ["order"]),
    ],
)  # fmt: skip
def test_what_is_not_understood_changes_no_milestone(client, officer, given, fields):
    row = milestone()
    whole = {"name_en": "Other", "kind": "event", "order": "1"}

    answer = client.post(f"/en/programme/milestones/{row.public_id}/edit/", whole | given)

    row.refresh_from_db()
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert str(row.name) == "Milestone 1"


def test_two_editors_of_a_milestone_see_both_texts(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/edit/"
    opened = client.get(address).context["form"].initial
    given = {"name_en": "Mine", "kind": "decision", "order": "1", "seen": opened["seen"]}
    Milestone.objects.filter(pk=row.pk).update(name=TranslatedText.of("Theirs"))

    refused = client.post(address, given)
    again = client.post(address, given | {"seen": refused.context["form"]["seen"].value()})

    page = refused.content.decode()
    row.refresh_from_db()
    assert refused.status_code == 422
    assert "Somebody changed this while you wrote. Now it says:" in page
    assert ("“Theirs”" in page, 'value="Mine"' in page) == (True, True)
    assert (again.status_code, str(row.name), row.kind) == (303, "Mine", "decision")


def test_others_do_not_edit_a_milestone(client, sign_in):
    row = milestone()
    sign_in("focal_point", "GEO")

    assert client.get(f"/en/programme/milestones/{row.public_id}/edit/").status_code == 404


def test_a_national_milestone_waits_for_its_focal_point_s_consent(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    row = milestone(initiative(audience="members"), audience="secretariat", country=member("GEO"))
    focal = person_with("focal_point", "GEO")
    sign_in("coordinator")
    address = f"/en/programme/milestones/{row.public_id}/readers/"

    opened = client.get(address).context["form"]
    silent = client.post(address, {"audience": "members"})
    asserted = client.post(
        address, {"audience": "members", "reason": "They ask", "consent": focal.pk}, follow=True
    )

    assert [(value, str(name)) for value, name in opened.fields["audience"].choices] == [
        ("country", "The country"), ("members", "All members (once somebody else has consented)"),
    ]  # fmt: skip
    assert list(opened.fields) == ["audience", "reason"]
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["reason"])
    assert "It waits for consent. Until then nothing is released." in asserted.content.decode()
    assert "It would be read by: All members." in client.get(address).content.decode()
    row.refresh_from_db()
    assert row.audience == "secretariat"


def test_a_milestone_says_who_reads_it_and_to_whom_a_release_waits(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    row = milestone(initiative(audience="members"), audience="secretariat", country=member("GEO"))
    person_with("focal_point", "GEO")
    here = f"/en/programme/milestones/{row.public_id}/"
    sign_in("coordinator")
    client.post(f"{here}readers/", {"audience": "members", "reason": "They ask"})
    waits, pages = "It would be read by: All members.", {}

    pages["proposer"] = client.get(here).content.decode()
    for role, scope in (("coordinator", ""), ("focal_point", "GEO"), ("officer", "")):
        sign_in(role, scope)
        pages[role] = client.get(here).content.decode()

    fact = "<dt>Who may read it</dt><dd>The secretariat"
    assert {role: (fact in page, waits in page, "/releases/" in page) for role, page in pages.items()} == {
        "proposer": (True, True, True), "coordinator": (True, True, False),
        "focal_point": (True, True, True), "officer": (True, False, False),
    }  # fmt: skip


def test_an_initiative_closed_to_the_reader_is_named_and_not_linked(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    home = initiative("home", audience="secretariat")
    row = milestone(home, audience="country", country=member("GEO"))
    here, address = f"/en/programme/milestones/{row.public_id}/", "/en/programme/initiatives/home/"
    sign_in("focal_point", "GEO")

    pages = [client.get(here), client.get(f"{here}readers/")]

    assert client.get(address).status_code == 404
    assert [(page.status_code, address in page.content.decode()) for page in pages] == [
        (200, False), (200, False),
    ]  # fmt: skip
    assert f"<li><span>{home.name}</span></li>" in pages[0].content.decode()


def test_a_focal_point_takes_a_milestone_of_the_country_back(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    row = milestone(initiative(audience="members"), country=member("GEO"))
    sign_in("focal_point", "GEO")
    address = f"/en/programme/milestones/{row.public_id}/readers/"

    silent = client.post(address, {"audience": "country", "reason": ""})
    told = client.post(address, {"audience": "country", "reason": "Not agreed yet"})

    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["reason"])
    assert told.status_code == 303
    row.refresh_from_db()
    assert row.audience == "country"
