"""Deliveries' doors."""

import pytest
from tests.factories import planning as make
from tests.factories.members import person_with
from tests.readiness.actions.test_providing import retested
from tests.readiness.views.test_plans import solved

from serai.readiness.models import Provision

pytestmark = pytest.mark.django_db
BOARD = "/en/readiness/deliveries/"


@pytest.fixture
def officer(client, signed_in):
    return signed_in(person_with("officer"))


def test_the_empty_board_says_what_to_do(officer, client, signed_in):
    assert "Open a plan and choose" in officer.get(BOARD).content.decode()
    signed_in(person_with("lead"))
    assert "Nothing is on its way to you yet" in client.get(BOARD).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_board_asks_as_much_of_one_as_of_three(officer, count, django_assert_num_queries):
    make.framework()
    for _ in range(count):
        make.provided()
    officer.get(BOARD)

    with django_assert_num_queries(8):
        page = officer.get(BOARD).content.decode()

    assert page.count('<li class="sheet">') == count


def test_the_board_stands_by_state_and_is_a_file(officer):
    make.framework()
    make.provided(make.office("First"), state="ordered")
    make.provided(make.office("Second"))

    page = officer.get(BOARD)
    file = officer.get(f"{BOARD}?as=csv").getvalue().decode()

    assert [str(mark) for mark, _rows in page.context["columns"]] == ["Proposed", "Ordered"]
    assert "First" in file
    assert "Second" in file


def test_lines_of_a_plan_are_chosen_and_proposed(officer):
    run = solved()

    page = officer.get(f"/en/readiness/plans/{run.public_id}/provide/").content.decode()
    answer = officer.post(f"/en/readiness/plans/{run.public_id}/provide/", {"lines": ["0", "1"]})

    assert "Kit on loan" in page
    assert (answer.status_code, answer.headers["Location"]) == (303, BOARD)
    assert Provision.objects.count() == 2


def test_a_plan_without_a_line_left_says_so(officer):
    run = solved()
    officer.post(f"/en/readiness/plans/{run.public_id}/provide/", {"lines": ["0", "1", "2"]})

    page = officer.get(f"/en/readiness/plans/{run.public_id}/provide/").content.decode()

    assert "Every line of this plan is on its way already." in page


def test_accepted_advice_is_provided(officer):
    found = make.advice()

    answer = officer.post(
        f"/en/readiness/advice/{found.public_id}/provide/", {"due_on": "2021-09-01"}
    )

    made = Provision.objects.get()
    assert answer.headers["Location"] == f"{BOARD}{made.public_id}/"
    assert str(made.due_on) == "2021-09-01"


def test_a_delivery_is_moved_with_a_note(officer):
    make.framework()
    found = make.provided(state="agreed")

    page = officer.get(f"{BOARD}{found.public_id}/").content.decode()
    answer = officer.post(f"{BOARD}{found.public_id}/", {"state": "ordered", "note": "From Sam"})

    found.refresh_from_db()
    assert "It is ordered" in page
    assert (answer.status_code, found.state) == (303, "ordered")
    assert "From Sam" in officer.get(f"{BOARD}{found.public_id}/").content.decode()


@pytest.mark.parametrize("given", [{"state": "cancelled"}, {"state": "nowhere"}, {}])
def test_a_move_that_is_refused_keeps_what_was_written(officer, given):
    make.framework()
    found = make.provided(state="agreed")

    answer = officer.post(f"{BOARD}{found.public_id}/", given)

    found.refresh_from_db()
    assert (answer.status_code, found.state) == (422, "agreed")


def test_a_focal_point_agrees(client, signed_in):
    make.framework()
    found = make.provided()
    focal = signed_in(person_with("focal_point", "GEO"))

    answer = focal.post(f"{BOARD}{found.public_id}/", {"state": "agreed"})

    found.refresh_from_db()
    assert (answer.status_code, found.state) == (303, "agreed")
    assert focal.get(f"{BOARD}{found.public_id}/edit/").status_code == 404


def test_supplier_and_serials_are_written(officer):
    make.framework()
    found = make.provided(serials="A0")

    page = officer.get(f"{BOARD}{found.public_id}/edit/").content.decode()
    officer.post(f"{BOARD}{found.public_id}/edit/", {"serials": "A1"})

    found.refresh_from_db()
    assert "A0" in page
    assert found.serials == "A1"


@pytest.mark.parametrize(
    ("rate", "state", "words"),
    [(20, "verified", "The new test shows what was promised."),
     (3, "delivered", "It is back to “delivered”.")],
)  # fmt: skip
def test_the_promise_is_checked(officer, rate, state, words):
    found, _later = retested(rate)

    page = officer.post(f"{BOARD}{found.public_id}/check/", follow=True).content.decode()

    found.refresh_from_db()
    assert found.state == state
    assert words in page


def test_nothing_later_means_not_verified(officer):
    found, _later = retested(20, days=-1)

    answer = officer.post(f"{BOARD}{found.public_id}/check/")

    assert answer.status_code == 422
    assert "tested and scored again" in answer.content.decode()


def test_steps_back_stand_last_and_say_so(officer):
    make.framework()
    found = make.provided(state="delivered")

    page = officer.get(f"{BOARD}{found.public_id}/")

    assert page.context["moves"] == [
        ("installed", "It is installed"), ("ordered", "Back to “Ordered”")
    ]  # fmt: skip
