"""Every text of a milestone or an initiative is kept, with the day it was known from."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make

from serai.base.text import TranslatedText
from serai.programme import actions
from serai.programme.actions import InitiativeText, MilestoneText

pytestmark = pytest.mark.django_db
STAFF, NOON = make.STAFF, make.NOON
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)


def test_a_new_milestone_has_its_first_text_known_as_it_is():
    row = actions.add_milestone(
        initiative=make.initiative(sample=True), name="Draft", kind="event", by=STAFF, now=NOON,
        told=make.told(make.EARLY),
    )  # fmt: skip

    text = row.texts.get()
    assert (text.name, text.kind, text.order) == (row.name, "event", 1)
    assert (text.known_from, text.recorded_at, text.sample) == (make.EARLY, NOON, True)


def test_a_changed_milestone_keeps_both_texts_and_what_is_saved_unchanged_adds_none():
    ministry, georgia = people.organisation(), people.member("GEO")
    row = make.milestone(make.initiative(audience="secretariat"))
    text = MilestoneText(TranslatedText.of("New"), "event", ministry.pk, georgia.pk, 7)

    for _time in range(2):
        actions.change_milestone(milestone=row, text=text, by=STAFF, now=LATER)

    old, new = row.texts.order_by("id")
    assert (str(old.name), old.kind, old.owner, old.country, old.order) == (
        "Milestone 1", "deliverable", None, None, 1,
    )  # fmt: skip
    assert (str(new.name), new.kind, new.owner, new.country, new.order) == (
        "New", "event", ministry, georgia, 7,
    )  # fmt: skip
    assert (new.known_from, new.recorded_by_id) == (date(2021, 7, 20), STAFF.person_id)


def test_an_initiative_keeps_its_texts_with_partners_and_studies():
    bank = people.organisation()
    people.member("GEO")
    row = actions.open_initiative(
        programme=make.programme(),
        facts=actions.InitiativeFacts(
            "home", TranslatedText.of("Old"), TranslatedText.of("Why"), partner_ids=(bank.pk,)
        ),
        by=STAFF, now=NOON,
    )  # fmt: skip
    text = InitiativeText(TranslatedText.of("New"), TranslatedText.of("Because"), 4, (), ("GEO",))

    for _time in range(2):
        actions.change_initiative(initiative=row, text=text, by=STAFF, now=LATER)

    old, new = row.texts.order_by("id")
    assert [str(old.name), str(old.purpose), old.order] == ["Old", "Why", 0]
    assert [str(new.name), str(new.purpose), new.order] == ["New", "Because", 4]
    assert [one.partners.count() for one in (old, new)] == [1, 0]
    assert [one.national_studies.count() for one in (old, new)] == [0, 1]
