"""What people are reminded of on a day."""

from datetime import date, timedelta

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.pages import Todo
from serai.base.text import TranslatedText
from serai.programme.actions import Due
from serai.programme.queries import reminders
from serai.programme.queries.reminders import is_reminded

pytestmark = pytest.mark.django_db
NOON = make.NOON
MONDAY, TUESDAY = date(2021, 7, 5), date(2021, 7, 6)


@pytest.fixture
def home():
    return make.initiative("home", name=TranslatedText.of("Virtual CAREC"), keeper=people.person())


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        (8, False), (7, True), (6, False), (1, True), (0, False), (-1, False), (-7, True),
        (-14, True),
    ],
)  # fmt: skip
def test_an_action_is_reminded_seven_days_and_one_day_before_and_weekly_after(left, reminded):
    assert is_reminded(MONDAY + timedelta(days=left), MONDAY) is reminded


@pytest.mark.parametrize(
    ("day", "note"),
    [
        (date(2021, 6, 30), "It is due 7 July 2021."),
        (TUESDAY, "It is due 7 July 2021."),
        (date(2021, 7, 14), "It was due 7 July 2021; nothing is recorded yet."),
    ],
)
def test_each_owner_of_an_action_is_reminded_on_its_days(home, day, note):
    people.member("GEO")
    georgia, owner = people.person_with("focal_point", "GEO"), people.person()
    row = make.action_item(
        "Name a contact", initiative=home, countries=("GEO",), person_id=owner.pk,
        due=Due(date(2021, 7, 7)),
    )  # fmt: skip

    found = reminders(day, NOON)

    todo = Todo(
        "Name a contact", "Do", f"/en/programme/actions/{row.public_id}/", date(2021, 7, 7), note
    )
    assert found == {owner.pk: [todo], georgia.pk: [todo]}
    assert reminders(day + timedelta(days=2), NOON) == {}


def test_on_mondays_a_keeper_is_reminded_of_what_presses_in_all_initiatives(home):
    other = make.initiative("other", name=TranslatedText.of("Strategy"), keeper=home.keeper)
    for words in ("22 June 2021", "10 July 2021", "2022", ""):
        make.milestone(home, words)
    make.milestone(other, "22 June 2021", sample=True)

    found = reminders(MONDAY, NOON)

    assert [(t.title, t.verb, t.note, t.is_sample) for t in found.pop(home.keeper_id)] == [
        ("1. Milestone 1", "Complete or plan again",
         "Virtual CAREC: 22 June 2021, Overdue by 13 days", False),
        ("2. Milestone 2", "Complete or plan again",
         "Virtual CAREC: 10 July 2021, Due in 5 days", False),
        ("1. Milestone 1", "Complete or plan again",
         "Strategy: 22 June 2021, Overdue by 13 days", True),
    ]  # fmt: skip
    assert found == {}
    assert reminders(TUESDAY, NOON) == {}


def test_on_mondays_a_risks_owner_or_its_keeper_is_asked_to_look_again(home):
    owner = people.person()
    owned = make.risk(home, text="Replies come late", owner_id=owner.pk, review_on=MONDAY)
    kept = make.risk(home, text="Staff leave", review_on=date(2021, 6, 29))

    def review(row, text, day, said):
        address = f"/en/programme/risks/{row.public_id}/"
        return Todo(text, "Review", address, day, f"Its review was due {said}.")

    assert reminders(MONDAY, NOON) == {
        owner.pk: [review(owned, "Replies come late", MONDAY, "5 July 2021")],
        home.keeper_id: [review(kept, "Staff leave", date(2021, 6, 29), "29 June 2021")],
    }
    assert reminders(TUESDAY, NOON) == {}
