"""Events' doors."""

from datetime import timedelta

import pytest
from tests.factories import programme as meetings
from tests.factories import readiness as make
from tests.factories.members import grant, organisation, person_with
from tests.readiness.queries.test_forecast_record import past

from serai.readiness.actions import forecast_event
from serai.readiness.models import Delegation, EventPlan, ResultReading

pytestmark = pytest.mark.django_db
LIST = "/en/readiness/events/"


@pytest.fixture
def officer(client, signed_in):
    return signed_in(person_with("officer"))


def page_of(plan: EventPlan) -> str:
    return f"{LIST}{plan.public_id}/"


def delegation_page(made: Delegation) -> str:
    return f"/en/readiness/delegations/{made.public_id}/"


def forecast(made: Delegation) -> Delegation:
    forecast_event(plan=made.plan, by=None, now=make.NOON)
    made.refresh_from_db()
    return made


def test_the_empty_list_says_what_to_do(officer, client, signed_in):
    assert "Choose a meeting of the programme" in officer.get(LIST).content.decode()
    signed_in(person_with("lead"))
    assert "enter your office there" in client.get(LIST).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    for number in range(count):
        plan = make.event_plan(starts_at=make.EVENT_AT + timedelta(days=number))
        make.delegation(plan)
    officer.get(LIST)

    with django_assert_num_queries(11):
        page = officer.get(LIST).content.decode()

    assert page.count('<li class="sheet stack tight">') == count


def test_the_list_shows_colours_as_marks_and_words(officer):
    plan = make.event_plan()
    make.ready_delegation(plan)
    make.ready_delegation(plan, good=0, bad=6)
    forecast_event(plan=plan, by=None, now=make.NOON)
    make.delegation(plan)

    page = officer.get(LIST)

    (_row, _mark, strip) = page.context["rows"][0]
    assert [(part.symbols, part.words) for part in strip] == [
        ("●", "Green 1"), ("!", "Red 1"), ("○", "1 without a forecast")
    ]  # fmt: skip
    assert "Green 1" in page.content.decode()


def test_the_list_is_a_file(officer):
    make.delegation(make.event_plan(title="Trade facilitation"))

    file = officer.get(f"{LIST}?as=csv").getvalue().decode()

    assert "Trade facilitation" in file


def test_a_meeting_becomes_an_event(officer):
    make.framework()
    make.tiers()
    held = meetings.meeting(
        starts_at=make.EVENT_AT + timedelta(days=2_500),
        ends_at=make.EVENT_AT + timedelta(days=2_500, hours=2), title="Far ahead",
    )  # fmt: skip

    page = officer.get(f"{LIST}new/?meeting={held.public_id}").content.decode()
    answer = officer.post(
        f"{LIST}new/",
        {"meeting": held.public_id, "event": "E2", "platform": "zoom", "languages": ["en", "ru"],
         "sensitivity": "medium"},
    )  # fmt: skip

    made = EventPlan.objects.get()
    assert "Far ahead" in page
    assert answer.headers["Location"] == page_of(made)
    assert (made.event, made.platform, made.languages) == ("E2", "zoom", ["en", "ru"])


def test_wrong_input_says_where_and_keeps_the_rest(officer):
    make.framework()
    make.tiers()

    answer = officer.post(f"{LIST}new/", {"contacts": "Call Sam"})

    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Call Sam" in text
    assert "Choose one." in text


def test_an_event_is_changed(officer):
    made = make.delegation()
    address = f"{page_of(made.plan)}edit/"

    page = officer.get(address).content.decode()
    answer = officer.post(
        address,
        {"event": "E3", "platform": "teams", "languages": ["en"], "sensitivity": "high"},
    )

    made.plan.refresh_from_db()
    assert "Whom to reach" in page
    assert (answer.status_code, made.plan.event) == (303, "E3")


def test_the_page_of_an_event_says_who_and_why(officer):
    made = forecast(make.ready_delegation(good=1, bad=5))

    answer = officer.get(page_of(made.plan))
    page = answer.content.decode()

    assert [str(row[2]) for row in answer.context["table"].rows] == ["Red"]
    assert "79 % (" in page
    assert "5 of 6 tests fell short" in page
    assert "What stands in the way" in page


def test_an_event_of_nobody_says_what_to_do(officer, client, signed_in):
    plan = make.event_plan()
    says = [officer.get(page_of(plan)).content.decode()]
    for role in ("lead", "deputy"):
        signed_in(person_with(role))
        says.append(client.get(page_of(plan)).content.decode())

    assert "then make a forecast" in says[0]
    assert "Enter it, with its room" in says[1]
    assert "focal point enters an office" in says[2]


@pytest.mark.parametrize("count", [1, 3])
def test_the_event_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    plan = make.event_plan()
    for _ in range(count):
        make.ready_delegation(plan)
    forecast_event(plan=plan, by=None, now=make.NOON)
    officer.get(page_of(plan))

    with django_assert_num_queries(12):
        officer.get(page_of(plan))


def test_a_moved_meeting_asks_for_a_new_forecast(officer):
    made = forecast(make.ready_delegation())
    made.plan.meeting.starts_at -= timedelta(hours=1)
    made.plan.meeting.save()

    page = officer.get(page_of(made.plan)).content.decode()

    assert "The meeting was moved since this forecast was made." in page


def test_delegations_are_a_file(officer):
    made = forecast(make.ready_delegation())

    file = officer.get(f"{page_of(made.plan)}?as=csv").getvalue().decode()

    assert made.office.name in file


def test_a_forecast_is_made_at_once(officer):
    made = make.ready_delegation()

    answer = officer.post(f"{page_of(made.plan)}forecast/", follow=True)

    made.refresh_from_db()
    assert "The forecast is made." in answer.content.decode()
    assert made.verdict["colour"] == "green"


def test_a_host_is_told_a_count_alone(client, signed_in):
    plan = make.event_plan()
    host = make.ready_delegation(plan, role="host")
    others = [make.ready_delegation(plan, good=0, bad=6) for _ in range(5)]
    forecast_event(plan=plan, by=None, now=make.NOON)
    signed_in(person_with("lead", host.office.organisation))

    page = client.get(page_of(plan)).content.decode()

    assert "Beside your own: 5. Of them 5 do not look green." in page
    for other in others:
        assert other.office.name not in page
        assert client.get(delegation_page(other)).status_code == 404


# ---------------------------------------------------------------- delegations
def test_a_lead_enters_the_own_office_and_room(client, signed_in):
    plan, place = make.event_plan(), make.office()
    hall = make.probed_room(place, name="Hall", seats=12)
    lead = signed_in(person_with("lead", place.organisation))
    address = f"{page_of(plan)}enter/"

    page = lead.get(address).content.decode()
    answer = lead.post(
        address, {"place": f"{place.public_id}/{hall.public_id}", "role": "room", "seats": "12"}
    )

    made = Delegation.objects.get()
    assert f"{place.name}, Hall" in page
    assert "Holds the event" not in page
    assert (answer.status_code, made.room, made.role, made.seats) == (303, hall, "room", 12)


def test_a_place_taken_is_refused_by_its_field(officer):
    made = make.delegation()

    answer = officer.post(
        f"{page_of(made.plan)}enter/",
        {"place": made.office.public_id, "role": "seat", "seats": "3"},
    )

    assert answer.status_code == 422
    assert "takes part from there already" in answer.content.decode()


def test_a_delegation_is_changed_and_taken_out(officer):
    made = make.delegation(room=None)
    address = delegation_page(made)

    page = officer.get(f"{address}edit/").content.decode()
    officer.post(f"{address}edit/", {"place": made.office.public_id, "role": "host", "seats": "5"})
    made.refresh_from_db()
    asked = officer.get(f"{address}drop/").content.decode()
    answer = officer.post(f"{address}drop/", follow=True)

    assert "Holds the event" in page
    assert (made.role, made.seats) == ("host", 5)
    assert "no longer takes part" in asked
    assert "The delegation is taken out." in answer.content.decode()
    assert Delegation.objects.count() == 0


def test_the_page_of_a_delegation_says_reasons_and_ways(officer):
    place = make.probed_office(initiative=make.home())
    hall = make.probed_room(place, seats=4)
    made = forecast(make.ready_delegation(place=place, room=hall, role="room", good=3))

    page = officer.get(delegation_page(made)).content.decode()

    assert "Fewer than 5 tests" in page
    assert "at best, as loss and jitter were not measured" in page
    assert "Sound only, slides sent ahead" in page
    assert "Take it out of the event" in page


def test_a_delegation_without_a_forecast_says_when_it_comes(officer):
    page = officer.get(delegation_page(make.delegation())).content.decode()

    assert "10, 3 and 1 days before" in page


def test_no_answer_on_security_stands_on_a_page(officer):
    made = make.delegation(role="host")
    make.assessment(made.office, {"security.update_days": 977}, state="scored")
    forecast(made)

    page = officer.get(delegation_page(made)).content.decode()

    assert "The security gate is not passed." in page
    assert "977" not in page


# ---------------------------------------------------------------- cards, record
def test_a_card_holds_ways_hours_and_contacts(officer):
    made = forecast(make.ready_delegation(make.event_plan(contacts="Sam, +995 1")))

    page = officer.get(f"{delegation_page(made)}card/").content.decode()

    assert "10:00 Tbilisi, 06:00 UTC" in page
    assert "If the connection fails, do this first" in page
    assert "Sam, +995 1" in page


def test_cards_of_an_event_are_those_one_may_read(officer, client, signed_in):
    plan = make.event_plan()
    own, other = make.ready_delegation(plan), make.ready_delegation(plan)
    forecast_event(plan=plan, by=None, now=make.NOON)

    whole = officer.get(f"{page_of(plan)}cards/").content.decode()
    signed_in(person_with("lead", own.office.organisation))
    mine = client.get(f"{page_of(plan)}cards/").content.decode()

    assert (whole.count("paper"), mine.count("paper")) == (2, 1)
    assert other.office.name not in mine


def test_cards_of_nobody_and_of_no_forecast_say_so(officer, client, signed_in):
    made = make.delegation()

    assert "No forecast is made yet" in officer.get(f"{page_of(made.plan)}cards/").content.decode()
    someone = signed_in(person_with("lead", organisation()))
    grant("lead", to=person_with("lead"), organisation=organisation())
    assert "there is no card" in someone.get(f"{page_of(made.plan)}cards/").content.decode()


def test_the_record_is_empty_then_shows_its_score(officer):
    address = f"{LIST}record/"
    empty = officer.get(address).content.decode()
    plan = make.event_plan()
    for p, word in (
        (0.8, "fell_short"),
        (0.2, "went_well"),
        (0.4, "fell_short"),
        (0.1, "went_well"),
    ):
        past(plan, p, word)

    page = officer.get(address).content.decode()
    file = officer.get(f"{address}?as=csv").getvalue().decode()

    assert "No forecast has met its outcome yet" in empty
    assert "0.113" in page
    assert "0.250" in page
    assert "better than always saying the base rate" in page
    assert file.count("Working group") == 4


@pytest.mark.parametrize("as_", ["", "csv", "xlsx"])
def test_an_agency_learns_who_read_its_forecast(officer, as_):
    made = make.ready_delegation()
    scored = make.confirmed(made.office)
    forecast_event(plan=made.plan, by=None, now=make.NOON)

    officer.get(page_of(made.plan), {"as": as_} if as_ else {})

    read = ResultReading.objects.get()
    assert (read.assessment, read.way) == (scored, as_ or "page")
