"""A focal point answers in one form; the secretariat sees the board."""

from datetime import date

import pytest
from tests.factories.members import member, organisation, person_with
from tests.factories.programme import NOON, STAFF, ask, initiative, programme

from serai.programme import actions
from serai.programme.models import Request

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"
NEW = "/en/programme/requests/new/"
GIVEN = {"text": "Name a contact.", "audience": "members"}


@pytest.fixture
def request_():
    programme(opens_as_of=date(2021, 6, 30))
    member("GEO")
    member("UZB")
    return actions.open_request(
        initiative=initiative(), text="Answer the questionnaire", countries=("GEO", "UZB"),
        by=STAFF, now=NOON,
    )  # fmt: skip


def test_a_focal_point_answers_for_their_country(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")
    other = request_.addressees.get(country__iso3="UZB")

    page = client.get("/en/programme/requests/").content.decode()
    answer = client.post(f"/en/programme/answers/{one.public_id}/", {"state": "answered"})

    assert "Asked of you" in page
    assert "Uzbekistan" not in page
    assert answer.status_code == 303
    one.refresh_from_db()
    assert one.state == "answered"
    assert client.get(f"/en/programme/answers/{other.public_id}/").status_code == 404


def test_what_is_said_with_seen_is_kept_and_shown_until_the_answer(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")
    address = f"/en/programme/answers/{one.public_id}/"
    given = {"state": "seen", "note": "The ministry reads it."}

    card = client.post(address, given, follow=True).content.decode()
    form = client.get(address).context["form"]
    client.post(address, given | {"note": "It comes on Friday."})
    client.post(address, given | {"note": "It comes on Friday."})
    client.post(address, {"state": "answered", "note": "Done."})
    late = client.post(address, given)

    assert (">The ministry reads it.<" in card, form.initial) == (True, given)
    assert list(one.steps.order_by("id").values_list("state", "reason")) == [
        ("open", ""), ("seen", "The ministry reads it."), ("seen", "It comes on Friday."),
        ("answered", "Done."),
    ]  # fmt: skip
    assert (late.status_code, late.context["form"].non_field_errors()) == (
        422,
        ["It is now “Answered”; “Seen” cannot follow. Reload the page to see it."],
    )


def test_an_answer_given_can_be_changed_and_is_not_asked_for_again(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")
    address = f"/en/programme/answers/{one.public_id}/"
    given = {"state": "declined", "note": "No system yet."}

    asked = client.get("/en/programme/requests/").content.decode()
    after = client.post(address, given, follow=True)
    form = client.get(address).context["form"]
    (row,) = client.get(f"/en/programme/requests/{request_.public_id}/").context["answers"].rows

    page = after.content.decode()
    assert ("Change the answer" in asked, "Change the answer" in page) == (False, True)
    assert "Your answer is recorded. The secretariat sees it. You now see" in page
    assert form.initial == given
    assert str(row[4]) == "Change the answer"


def test_declining_without_a_reason_keeps_the_form(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")

    answer = client.post(f"/en/programme/answers/{one.public_id}/", {"state": "declined"})

    assert answer.status_code == 422
    assert "Say why it is declined" in answer.content.decode()


def test_opening_the_form_writes_nothing(client, request_):
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    one = request_.addressees.get(country__iso3="GEO")

    client.get(f"/en/programme/answers/{one.public_id}/")
    one.refresh_from_db()
    assert one.state == "open"

    client.post(f"/en/programme/answers/{one.public_id}/", {"state": "seen"})
    one.refresh_from_db()
    assert one.state == "seen"


def test_the_officer_sees_the_board(client, request_):
    client.force_login(person_with("officer"), backend=BACKEND)

    page = client.get("/en/programme/requests/").content.decode()

    assert "0 of 2 answers are in" in page
    assert "Uzbekistan" in page


@pytest.fixture
def asking(client):
    programme(opens_as_of=date(2021, 6, 30))
    member("GEO")
    member("UZB")
    client.force_login(person_with("officer"), backend=BACKEND)


def test_all_members_are_asked_with_one_mark(client, asking):
    answer = client.post(NEW, GIVEN | {"to_all": "on"})

    made = Request.objects.get()
    assert answer.status_code == 303
    assert sorted(one.country.iso3 for one in made.addressees.all()) == ["GEO", "UZB"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({}, "countries"),
        ({"countries": ["XXX"]}, "countries"),
        ({"text": " ", "to_all": "on"}, "text"),
        ({"to_all": "on", "words": "31 June"}, "words"),
        ({"to_all": "on", "audience": "public"}, "audience"),
        ({"to_all": "on", "audience": ""}, "audience"),
    ],
)
def test_a_request_that_is_not_understood_is_not_sent(client, asking, given, field):
    answer = client.post(NEW, GIVEN | given)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert Request.objects.count() == 0


def test_organisations_are_asked_beside_members_and_their_lead_answers(client, asking):
    partner = organisation("Learning Partner", country=None, kind="international")
    ministry = organisation("Ministry")
    lead = person_with("lead", partner)
    given = GIVEN | {
        "organisations": [partner.public_id], "words": "end of June 2021",
        "audience": "secretariat",
    }  # fmt: skip

    reading = client.post(NEW, given)
    answer = client.post(NEW, given | {"confirmed": "end of June 2021"})

    made = Request.objects.get()
    one = made.addressees.get()
    assert [name for _value, name in reading.context["form"].fields["organisations"].choices] == [
        "Learning Partner"
    ]
    assert ministry.public_id not in reading.content.decode()
    assert "Read as: 21–30 June 2021" in reading.content.decode()
    assert (reading.status_code, answer.status_code) == (200, 303)
    assert (one.organisation, one.country) == (partner, None)
    assert (made.due_on, str(made.due_words)) == (date(2021, 6, 30), "end of June 2021")
    assert made.audience == "secretariat"
    page = client.get(f"/en/programme/requests/{made.public_id}/").content.decode()
    assert "end of June 2021" in page
    assert "Who may read it: The secretariat" in page
    client.force_login(lead, backend=BACKEND)
    assert "Asked of you" in client.get("/en/programme/requests/?as_of=today").content.decode()
    answer = client.post(f"/en/programme/answers/{one.public_id}/", {"state": "answered"})
    one.refresh_from_db()
    assert (answer.status_code, one.state) == (303, "answered")


def test_a_request_of_the_secretariat_s_level_is_not_shown_to_members_not_asked(client, asking):
    client.post(NEW, GIVEN | {"countries": ["GEO"], "audience": "secretariat"})
    made = Request.objects.get()
    address = f"/en/programme/requests/{made.public_id}/"

    client.force_login(person_with("focal_point", "UZB"), backend=BACKEND)
    other = client.get(address)
    client.force_login(person_with("focal_point", "GEO"), backend=BACKEND)
    asked = client.get(address)

    assert (other.status_code, asked.status_code) == (404, 200)
    assert "Who may read it" not in asked.content.decode()


def test_what_waits_for_an_answer_stands_first(client, request_):
    person = person_with("focal_point", "GEO")
    client.force_login(person, backend=BACKEND)
    later = actions.open_request(
        initiative=initiative(), text="Name a contact", countries=("GEO",), by=STAFF, now=NOON
    )
    client.post(
        f"/en/programme/answers/{request_.addressees.get(country__iso3='GEO').public_id}/",
        {"state": "answered"},
    )

    own = client.get("/en/programme/requests/?as_of=2999-01-01").context["own"]

    assert [one.state for _row, one in own] == ["open", "answered"]
    assert own[0][0].public_id == later.public_id


def test_names_are_released_and_requests_closed_by_the_secretariat(client, asking):
    made = ask()
    address = f"/en/programme/requests/{made.public_id}/"

    page = client.get(address).content.decode()
    client.post(f"{address}keep/", {"do": "release"})
    client.post(f"{address}keep/", {"do": "close"})
    closed = client.get(address).content.decode()

    assert "Members will then read by name who has not answered." in page
    assert "Close it now" in page
    assert "Close it now" not in closed
    made.refresh_from_db()
    assert (made.state, made.names_released_on is None) == ("closed", False)


@pytest.mark.parametrize(
    ("role", "said", "short"),
    [
        (None, "No request to members is public.", "None is public."),
        ("participant", "No request that you may see.", "None that you may see."),
        ("officer", "Answer the questionnaire", "0 of 2 answered"),
    ],
)
def test_what_one_may_not_see_is_not_denied(client, request_, role, said, short):
    Request.objects.update(audience="secretariat")
    if role:
        client.force_login(person_with(role), backend=BACKEND)

    page = client.get("/en/programme/requests/?as_of=today").content.decode()
    overview = client.get("/en/programme/?as_of=today").content.decode()

    assert "Nothing is asked of members" not in page
    assert (said in page, short in overview) == (True, True)


def test_an_empty_house_says_so_to_the_secretariat(client, officer):
    page = client.get("/en/programme/requests/").content.decode()
    decisions = client.get("/en/programme/decisions/").content.decode()

    assert "Nothing is asked of members. What the secretariat asks" in page
    assert "No decision is recorded by this day." in decisions


def test_a_long_list_of_requests_has_pages_of_fifty(client, officer):
    member("GEO")
    member("UZB")
    for _number in range(51):
        ask()

    first = client.get("/en/programme/requests/")
    second = client.get("/en/programme/requests/?page=2&as_of=2021-06-30")

    assert [len(page.context["table"].rows) for page in (first, second)] == [50, 1]
    assert 'rel="prev" href="?as_of=2021-06-30&amp;page=1"' in second.content.decode()
    assert first.context["figures"][0].value == second.context["figures"][0].value == "51"


@pytest.mark.parametrize("count", [1, 3])
def test_requests_ask_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    programme(opens_as_of=date(2021, 6, 30))
    member("GEO")
    member("UZB")
    for _number in range(count):
        ask(audience="public")

    with django_assert_num_queries(3):
        assert client.get("/en/programme/requests/").status_code == 200
