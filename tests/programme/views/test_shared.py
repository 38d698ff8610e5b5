"""What holds for every form of the room: a token, one result for two sendings, no text lost."""

from datetime import date

import pytest
from django.test import Client
from tests.factories.members import member, person_with
from tests.factories.programme import (
    EARLY,
    action_item,
    ask,
    decision,
    initiative,
    item,
    meeting,
    milestone,
    programme,
    proposal,
    risk,
)

from serai.programme.actions import Told
from serai.programme.models import ActionItem, Milestone, Plan

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"
KEY = "k" * 32


@pytest.fixture
def doors(officer):
    """The address of every page with a form that an officer may open."""
    member("GEO"), member("UZB")
    one = initiative("virtual-carec")
    row = milestone(one, words="22 June 2021")
    made = meeting(state="held")
    entry = item(made)
    worry = risk(one)
    answer = ask(one).addressees.order_by("id").first()
    return [
        f"initiatives/{one.code}/add/", f"initiatives/{one.code}/note/",
        f"initiatives/{one.code}/state/", f"milestones/{row.public_id}/replan/",
        f"milestones/{row.public_id}/complete/", f"milestones/{row.public_id}/warn/",
        f"milestones/{row.public_id}/after/", "meetings/new/",
        f"meetings/{made.public_id}/change/", f"meetings/{made.public_id}/item/",
        f"meetings/{made.public_id}/invite/", f"meetings/{made.public_id}/minutes/",
        f"meetings/{made.public_id}/decide/", f"items/{entry.public_id}/paper/", "actions/new/",
        "requests/new/", f"answers/{answer.public_id}/", "risks/new/",
        f"risks/{worry.public_id}/review/", f"risks/{worry.public_id}/close/",
        f"risks/{worry.public_id}/happened/", "calendars/", "files/",
    ]  # fmt: skip


@pytest.mark.parametrize("is_left_out", [True, False])
def test_counts_that_leave_sample_out_say_so_once(client, officer, is_left_out):
    member("GEO"), member("UZB")
    one, made = initiative("home"), meeting(state="held")
    for is_sample in (False, True) if is_left_out else (False,):
        told = Told(EARLY, "Trial", is_sample)
        milestone(one, words="22 June 2021", sample=is_sample)
        ask(one, told=told), risk(one, told=told)
        decision(made, told=told), action_item(countries=("GEO",), told=told)
    pages = [
        "programme/", "programme/timeline/", "programme/milestones/", "programme/decisions/",
        "programme/actions/", "programme/requests/", "programme/risks/",
        "programme/initiatives/home/", "",
    ]  # fmt: skip

    found = {
        page: client.get(f"/en/{page}").content.decode().count("Sample entries are not counted.")
        for page in pages
    }

    assert found == dict.fromkeys(pages, int(is_left_out))


def test_every_form_carries_its_token_and_receipt(client, doors):
    found = {}
    for door in doors:
        answer = client.get(f"/en/programme/{door}")
        page = answer.content.decode()
        forms = page.count('method="post"')
        found[door] = (
            answer.status_code,
            forms > 0,
            page.count('name="csrfmiddlewaretoken"') == page.count('name="receipt"') == forms,
        )

    assert found == dict.fromkeys(doors, (200, True, True))


def test_an_empty_form_comes_back_with_a_summary(client, doors):
    found = {}
    for door in doors:
        answer = client.post(f"/en/programme/{door}", {})
        page = answer.content.decode()
        found[door] = (answer.status_code, 'class="errors" role="alert"' in page)
    alone = {door for door, seen in found.items() if seen == (303, False)}

    # A review may leave everything as it is, and a calendar link has its first choice chosen.
    assert alone == set()
    assert found == dict.fromkeys(doors, (422, True))


def test_a_form_sent_twice_acts_once(client, officer):
    member("GEO")
    given = {
        "text": "Share the draft", "countries": ["GEO"], "audience": "secretariat", "receipt": KEY,
    }  # fmt: skip

    answers = [client.post("/en/programme/actions/new/", given) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert {answer["Location"] for answer in answers} == {"/en/programme/actions/?as_of=today"}
    assert ActionItem.objects.count() == 1


def test_two_steps_with_one_receipt_save_once(client, officer):
    row = milestone(words="22 June 2021")
    address = f"/en/programme/milestones/{row.public_id}/replan/"
    given = {"words": "July 2021", "reason": "staffing", "receipt": KEY}

    reading = client.post(address, given)
    saved = [client.post(address, given | {"confirmed": "July 2021"}) for _ in range(2)]

    assert reading.status_code == 200
    assert [answer.status_code for answer in saved] == [303, 303]
    assert Plan.objects.count() == 2


def test_a_foreign_form_is_refused_and_its_text_shown(officer):
    one = initiative("virtual-carec")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(person_with("officer"), backend=BACKEND)

    answer = strict.post(
        f"/en/programme/initiatives/{one.code}/note/",
        {"text_en": "Two hours of work.", "csrfmiddlewaretoken": "wrong"},
    )

    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Not saved: this form was open for too long" in page
    assert "Two hours of work." in page


def test_text_typed_after_a_sign_in_ended_is_back_in_the_form(client):
    programme(opens_as_of=date(2021, 6, 30))
    one = initiative("virtual-carec")
    address = f"/en/programme/initiatives/{one.code}/add/"
    given = {"name_en": "Workshops", "kind": "event", "words": "end of June 2021"}

    sent = client.post(address, given)
    client.force_login(person_with("officer"), backend=BACKEND)
    back = client.get(address)

    page = back.content.decode()
    assert (sent.status_code, Milestone.objects.count()) == (302, 0)
    assert back.status_code == 200
    assert "Your text is back in the form. It is not saved yet." in page
    assert 'value="Workshops"' in page
    assert "Read as: 21–30 June 2021" in page


def test_held_text_with_a_fault_comes_back_without_an_error_status(client):
    programme(opens_as_of=date(2021, 6, 30))
    one = initiative("virtual-carec")
    address = f"/en/programme/initiatives/{one.code}/note/"
    client.post(address, {"text_en": "x" * 20_001 + "Kept."})
    client.force_login(person_with("officer"), backend=BACKEND)

    answer = client.get(address)

    assert answer.status_code == 200
    assert "Kept." in answer.content.decode()


def test_what_is_anothers_is_refused_in_words(client, sign_in):
    programme(opens_as_of=date(2021, 6, 30))
    one = initiative("virtual-carec")
    row = milestone(one, words="22 June 2021")
    new = proposal(row, "July 2021")
    sign_in("coordinator", "elsewhere")

    assert client.get(f"/en/programme/plans/{new.public_id}/decide/").status_code == 404


@pytest.mark.parametrize(
    ("page", "key"),
    [("milestones", "name"), ("decisions", "due"), ("actions", "due"), ("requests", "text"),
     ("risks", "score")],
)  # fmt: skip
def test_lists_are_sorted_by_their_heads_and_keep_the_day(client, doors, page, key):
    action_item(decision=decision(meeting(state="held")), countries=("GEO",))
    address = f"/en/programme/{page}/?as_of=2021-06-30"

    html = client.get(f"{address}&sort={key}").content.decode()
    plain = client.get(f"{address}&sort=nothing").content.decode()

    assert 'aria-sort="ascending"' in html
    assert f'href="?as_of=2021-06-30&amp;sort=-{key}"' in html
    assert f'href="?as_of=2021-06-30&amp;sort={key}"' in plain
    assert "aria-sort" not in plain
