"""One page of a response: narrow questions, nested entries, files, widgets, and its query count."""

import pytest
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make
from tests.factories.files import photo
from tests.factories.offices import DESK, LABEL, NAME, PAPER, PHONE, ROOM, STAFF, TAG, add, give

from serai.base.access import NotFound
from serai.base.files import Checked, keep_checked
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.models import Delegation
from serai.surveys.queries.rows import RepeatRow
from serai.surveys.states import DelegationScope, DelegationState

pytestmark = pytest.mark.django_db


@pytest.fixture
def begun():
    return offices.begun()


def page(viewer, response, slug, entry=""):
    here = queries.place(viewer, response.public_id, slug, entry)
    return queries.section_page(viewer, here, make.NOON)


def row(viewer, response, ref, slug="office", entry=""):
    return next(
        one
        for one in page(viewer, response, slug, entry).questions()
        if (one.path, one.entry) == ref
    )


def helper_with(response, section, entry="", *, sees_rest=False):
    person = people.person_with("contributor", response.invitation.organisation)
    Delegation.objects.create(
        response=response, section=section, entry=entry, person=person, sees_rest=sees_rest,
        scope=DelegationScope.EDIT, state=DelegationState.ACCEPTED, given_at=make.NOON,
    )  # fmt: skip
    return viewer_of(person, make.NOON)


def test_a_narrow_answer_is_for_lead_and_holder_and_nobody_beside(begun):
    response, lead = begun
    give(response, lead, PHONE, "9999")
    holder = helper_with(response, "office")
    other = helper_with(response, "line", sees_rest=True)

    found = {
        name: row(one, response, PHONE)
        for name, one in (("lead", lead), ("holder", holder), ("other", other))
    }

    assert {name: one.value for name, one in found.items()} == {
        "lead": "9999", "holder": "9999", "other": "",
    }  # fmt: skip
    assert (found["other"].is_narrow, found["other"].widget) == (True, "note")
    assert row(other, response, NAME).widget == "text"


def test_a_narrow_answer_stays_hidden_from_the_secretariat_once_cleared(begun):
    response, lead = begun
    for ref, text in ((NAME, "Agency"), (STAFF, "2"), (PHONE, "9999")):
        give(response, lead, ref, text)
    offices.signed(response, lead)
    focal, officer = people.viewer_with("focal_point", "GEO"), people.viewer_with("officer")
    actions.clear(response=response, by=focal, now=make.NOON)

    assert row(focal, response, PHONE).value == "9999"
    assert row(officer, response, PHONE).value == ""
    assert row(officer, response, NAME).value == "Agency"


def test_a_page_of_an_entry_holds_the_entries_inside_it(begun):
    response, lead = begun
    add(response, lead, "a")
    add(response, lead, "b")
    for key, tag in (("x", "T1"), ("y", "T2")):
        add(response, lead, key, DESK, "b")
        give(response, lead, Ref(TAG, key), tag)

    found = page(lead, response, "room", "b")

    (repeat,) = [one for one in found.rows if isinstance(one, RepeatRow)]
    assert (found.title, found.number) == ("Room 2", 2)
    assert [(one.key, one.number) for one in repeat.entries] == [("x", 1), ("y", 2)]
    assert [one.value for one in found.questions() if one.path == TAG] == ["T1", "T2"]
    assert (repeat.parent, repeat.may_change) == ("b", True)


def test_pages_that_are_not_there_are_not_found(begun):
    response, lead = begun
    add(response, lead, "a")

    for slug, entry in (("nowhere", ""), ("office", "a")):
        with pytest.raises(NotFound):
            queries.place(lead, response.public_id, slug, entry)
    with pytest.raises(NotFound):
        page(lead, response, "room", "gone")
    with pytest.raises(NotFound):
        queries.place(people.viewer_with("lead"), response.public_id, "office")


def test_a_holder_of_one_entry_opens_its_nested_files_and_no_others(begun):
    response, lead = begun
    stored = keep_checked(
        checked=Checked(photo(), "paper.jpg", "image/jpeg"),
        thing=f"surveys.response:{response.pk}", by=lead.person_id, now=make.NOON,
    )  # fmt: skip
    for key in ("a", "b"):
        add(response, lead, key)
    add(response, lead, "desk", DESK, "a")
    give(response, lead, Ref(PAPER, "desk"), f"{stored.public_id} paper.jpg")

    found = queries.answer_file(
        helper_with(response, "room", "a"), response.public_id, stored.public_id
    )

    assert found.stored == stored
    with pytest.raises(NotFound):
        queries.answer_file(
            helper_with(response, "room", "b"), response.public_id, stored.public_id
        )
    with pytest.raises(NotFound):
        queries.answer_file(helper_with(response, "office"), response.public_id, stored.public_id)


def test_another_responses_file_is_not_given_out(begun):
    response, lead = begun
    stored = keep_checked(
        checked=Checked(photo(), "paper.jpg", "image/jpeg"), thing="surveys.response:0",
        by=None, now=make.NOON,
    )  # fmt: skip
    add(response, lead, "a")
    give(response, lead, Ref(f"{ROOM}/plan", "a"), f"{stored.public_id} paper.jpg")

    with pytest.raises(NotFound):
        queries.answer_file(lead, response.public_id, stored.public_id)


def test_a_text_that_looks_like_a_files_number_opens_none(begun):
    response, lead = begun
    letter = keep_checked(
        checked=Checked(photo(), "letter.jpg", "image/jpeg"),
        thing=f"surveys.response:{response.pk}", by=lead.person_id, now=make.NOON,
    )  # fmt: skip
    give(response, lead, NAME, f"{letter.public_id} letter.jpg")

    with pytest.raises(NotFound):
        queries.answer_file(helper_with(response, "office"), response.public_id, letter.public_id)


@pytest.mark.parametrize("ref", [NAME, Ref(LABEL, "a")])
def test_a_field_names_its_place_and_back(ref):
    assert queries.ref_of(queries.name_of(ref)) == ref


def test_every_kind_of_question_has_its_widget(begun):
    response, lead = begun
    add(response, lead, "a")

    office = {one.path: one.widget for one in page(lead, response, "office").questions()}
    room = {one.path: one.widget for one in page(lead, response, "room", "a").questions()}

    assert (office[NAME.path], office[STAFF.path]) == ("text", "number")
    assert (room[LABEL], room[f"{ROOM}/plan"]) == ("text", "file")


def test_a_page_costs_the_same_for_one_entry_and_three(begun, django_assert_max_num_queries):
    response, lead = begun
    add(response, lead, "a")
    here = queries.place(lead, response.public_id, "room", "a")
    queries.section_page(lead, here, make.NOON)
    with django_assert_max_num_queries(3) as one:
        queries.section_page(lead, here, make.NOON)
    for key in ("x", "y", "z"):
        add(response, lead, key, DESK, "a")
    here = queries.place(lead, response.public_id, "room", "a")
    queries.section_page(lead, here, make.NOON)

    with django_assert_max_num_queries(3) as three:
        queries.section_page(lead, here, make.NOON)

    assert len(one) == len(three) == 3
