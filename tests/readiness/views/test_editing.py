"""Forms of a draft: what stands is shown, what is saved is in the draft, what is wrong stays typed."""

import pytest
from django.urls import reverse
from tests.factories import readiness as make
from tests.factories.members import person_with

from serai.calc.readiness.editing import row_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(signed_in):
    make.home()
    return signed_in(person_with("officer", make.HOME))


@pytest.fixture
def draft():
    make.framework()
    return make.framework(state="draft")


def address(page, draft, *parts):
    return reverse(f"readiness:{page}", args=[draft.public_id, *parts])


CRITERION = {
    "weight": "2", "threshold_1": "5", "threshold_2": "8", "threshold_3": "20", "lever": "link",
    "source": "Test", "name_en": "Download", "name_ru": "Приём", "level_1_en": "a",
    "level_2_en": "b", "level_3_en": "c",
}  # fmt: skip


def test_a_criterion_is_shown_and_changed(officer, draft):
    where = address("edit_criterion", draft, "C1")

    page = officer.get(where).content.decode()
    answer = officer.post(where, CRITERION)

    assert "Measured by link.down_p5." in page
    assert 'value="15"' in page
    assert answer.url == address("framework", draft)
    draft.refresh_from_db()
    row = row_of(draft.document, "criteria", "C1")
    assert (row["thresholds"], row["weight"], row["words"]) == (
        [5, 8, 20], 2, {"en": "a / b / c"},
    )  # fmt: skip


def test_a_wrong_threshold_is_refused_and_what_was_typed_stays(officer, draft):
    answer = officer.post(
        address("edit_criterion", draft, "C1"), {**CRITERION, "threshold_2": "quick"}
    )

    assert answer.status_code == 422
    assert 'value="quick"' in answer.content.decode()


def test_weights_are_changed(officer, draft):
    given = {"weight_C": "25", "weight_I": "30", "weight_D": "20", "weight_L": "25"}

    answer = officer.post(address("edit_weights", draft), given)
    refused = officer.post(address("edit_weights", draft), {**given, "weight_C": "26"})

    assert (answer.status_code, refused.status_code) == (303, 422)
    draft.refresh_from_db()
    assert row_of(draft.document, "dimensions", "D")["weight"] == 20


def test_a_threshold_taken_over_is_given_its_own_row(officer, draft):
    where = address("edit_event_row", draft, "E3", "host", "kit.microphone")

    page = officer.get(where).content.decode()
    officer.post(where, {"threshold": "gooseneck", "lever": "kit", "gate": "none"})

    assert "Taken over from the event below" in page
    draft.refresh_from_db()
    rows = row_of(draft.document, "events", "E3")["rows"]
    assert rows[-1] == {
        "role": "host", "fact": "kit.microphone", "at_least": "gooseneck", "lever": "kit",
    }  # fmt: skip


def test_a_package_is_changed(officer, draft):
    where = address("edit_package", draft, "LINK")

    page = officer.get(where).content.decode()
    officer.post(
        where,
        {"effects": "link.down_p5 = 50", "lever": "link", "lead_weeks": "6", "name_en": "Line"},
    )

    assert "link.dedicated = dedicated" in page
    draft.refresh_from_db()
    row = row_of(draft.document, "packages", "LINK")
    assert (row["effects"], row["lead_weeks"], row["name"]) == (
        [{"fact": "link.down_p5", "value": 50}], 6, {"en": "Line"},
    )  # fmt: skip


def test_nobody_else_edits(signed_in, draft):
    client = signed_in(person_with("officer", "startup-hub"))

    for page, parts in (
        ("edit_criterion", ["C1"]), ("edit_weights", []), ("edit_package", ["LINK"]),
        ("edit_event_row", ["E1", "host", "kit.cameras"]),
    ):  # fmt: skip
        assert client.get(address(page, draft, *parts)).status_code == 404
