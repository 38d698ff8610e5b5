"""A response opened as it stood: answers, and entries too, as they were signed and let through."""

from datetime import timedelta

import pytest
from tests.factories import members as people
from tests.factories import surveys as make
from tests.factories.programme import programme

from serai.calc.xforms import EntryAt, Ref
from serai.members.queries import viewer_of
from serai.surveys import access, actions
from serai.surveys.actions import Change
from serai.surveys.actions.saving import Pen, add_row, mark_entry
from serai.surveys.models import Answer, Entry, Release, Response
from serai.surveys.queries import export
from serai.surveys.queries.cleared import cleared as read_cleared
from serai.surveys.queries.cleared import questions
from serai.surveys.queries.filling import entries_of, normal, opened
from serai.surveys.queries.forms import compiled
from serai.surveys.queries.released import basis_of
from serai.surveys.queries.responses import fresh_response
from serai.surveys.queries.sections import filling_for
from serai.surveys.queries.trail import trail
from serai.surveys.states import EntryVerb, Source

pytestmark = pytest.mark.django_db
ROOM = "/data/room"


def minutes(number):
    return make.NOON + timedelta(minutes=number)


def signed():
    """A signed response with the rooms a and b, its lead and its focal point."""
    programme()
    asked = make.invitation()
    lead = viewer_of(asked.lead, make.NOON)
    focal = people.viewer_with("focal_point", asked.country.iso3)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [
        Change("1", Ref("/data/office/name"), 0, "Ring"),
        Change("2", Ref("/data/link/has"), 0, "no"),
    ]
    actions.write_answers(response=found, changes=changes, by=lead, now=minutes(1))
    for number, key in enumerate("ab", 2):
        actions.add_entry(response=found, repeat_path=ROOM, key=key, by=lead, now=minutes(number))
    actions.hand_in(response=found, by=lead, now=minutes(5))
    actions.sign(response=found, name="N", position="P", by=lead, now=minutes(6))
    return found, lead, focal


@pytest.fixture
def cleared():
    """The same, cleared."""
    found, lead, focal = signed()
    actions.clear(response=found, by=focal, now=minutes(9))
    return found, lead, focal


def keys(found, acts=None):
    return [entry.key for entry in entries_of(found, acts)]


def correct(cleared):
    """Let a go and c come after the clearing, as a corrected number of rooms brings about."""
    found, _lead, _focal = cleared
    pen = Pen(None, Source.CALCULATION, minutes(11))
    gone = Entry.objects.get(response=found, key="a")
    mark_entry(gone, EntryVerb.REMOVE, pen, Source.CALCULATION)
    add_row(found, EntryAt(ROOM, "", "c"), pen, Source.CALCULATION)
    Response.objects.filter(pk=found.pk).update(state="correcting")
    return fresh_response(found.pk)


def test_entries_are_read_as_they_were_let_through(cleared):
    found = correct(cleared)

    assert keys(found) == ["b", "c"]
    assert keys(found, found.cleared_acts) == ["a", "b"]
    read = opened(found, make.NOON, through=found.cleared_through, acts=found.cleared_acts)
    assert read.state.entries(ROOM) == ["a", "b"]


def test_what_leaves_as_files_has_the_entries_that_were_let_through(cleared):
    found = correct(cleared)

    (row,) = export(people.viewer_with("officer"), found.wave, minutes(20), "en").responses

    assert [(entry.key, number) for entry, number in row.entries] == [("a", 1), ("b", 2)]
    assert row.instance.count("<room>") == 2


def test_a_new_signature_alone_lets_nothing_through(cleared):
    _found, lead, _focal = cleared
    found = correct(cleared)
    actions.sign(response=found, name="N", position="P", by=lead, now=minutes(13))

    found = fresh_response(found.pk)

    assert (found.state, found.signed_through == found.cleared_through) == ("signed", True)
    assert found.signed_acts > found.cleared_acts
    assert keys(found, found.signed_acts) == ["b", "c"]
    assert keys(found, found.cleared_acts) == ["a", "b"]


def test_each_reader_reads_the_entries_let_out_to_them(cleared):
    _found, lead, focal = cleared
    found = correct(cleared)
    actions.sign(response=found, name="N", position="P", by=lead, now=minutes(13))
    found, officer = fresh_response(found.pk), people.viewer_with("officer")

    def read(viewer):
        return filling_for(viewer, found, minutes(20)).state.entries(ROOM)

    assert (read(lead), read(focal), read(officer)) == (["b", "c"], ["b", "c"], ["a", "b"])
    actions.clear(response=found, by=focal, now=minutes(14))
    assert filling_for(officer, fresh_response(found.pk), minutes(20)).state.entries(ROOM) == [
        "b", "c",
    ]  # fmt: skip


def test_what_came_at_the_very_moment_of_the_signature_is_not_let_through(cleared):
    found, _lead, _focal = cleared
    pen = Pen(None, Source.CALCULATION, minutes(6))
    mark_entry(Entry.objects.get(response=found, key="a"), EntryVerb.REMOVE, pen, Source.WEB)
    Response.objects.filter(pk=found.pk).update(state="correcting")
    found = fresh_response(found.pk)

    assert keys(found, found.cleared_acts) == ["a", "b"]


def test_results_and_answers_to_let_out_keep_the_entries_that_were_cleared(cleared):
    found = correct(cleared)
    seats = Ref("/data/room/seats", "a")
    asked = [one for one in questions(found.wave, "en") if one.path == seats.path]
    officer = people.viewer_with("officer")

    told = read_cleared(officer, found.wave, asked, minutes(20)).told[seats.path]

    assert [one.name.partition("@")[2] for one in told] == ["a", "b"]
    release = Release(wave=found.wave, country=found.invitation.country)
    assert [row[2] for row in basis_of(release)[str(found.pk)]["entries"]] == ["a", "b"]
    shown = trail(officer, found).entries
    assert [(one.verb, one.entry) for one in shown] == [("add", "a"), ("add", "b")]


def test_where_nobody_signs_a_correction_at_work_lets_nothing_through():
    survey = make.survey(kind="interview", has_signature=False, has_clearance=False)
    asked = make.invitation(make.wave(make.version(survey)))
    lead = viewer_of(asked.lead, make.NOON)
    found = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    changes = [
        Change("1", Ref("/data/office/name"), 0, "Ring"),
        Change("2", Ref("/data/link/has"), 0, "no"),
    ]
    actions.write_answers(response=found, changes=changes, by=lead, now=minutes(1))
    for key in "ab":
        actions.add_entry(response=found, repeat_path=ROOM, key=key, by=lead, now=minutes(2))
    actions.hand_in(response=found, by=lead, now=minutes(3))
    found = correct((found, lead, None))

    (row,) = export(people.viewer_with("officer"), found.wave, minutes(20), "en").responses

    assert [entry.key for entry, _number in row.entries] == ["a", "b"]


def test_its_country_reads_the_entries_that_were_signed_while_the_agency_mends():
    found, lead, focal = signed()
    actions.return_to_agency(response=found, note="Rooms?", by=focal, now=minutes(7))
    actions.remove_entry(response=found, key="a", by=lead, now=minutes(8))
    found = fresh_response(found.pk)

    assert keys(found) == ["b"]
    assert keys(found, found.signed_acts) == ["a", "b"]


def test_where_nothing_can_have_changed_no_act_is_read(cleared, django_assert_num_queries):
    found = fresh_response(cleared[0].pk)

    with django_assert_num_queries(1):
        assert keys(found, access.cleared_acts_of(found)) == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "text", "stored"),
    [
        ("/data/office/staff", "1 234", "1234"),
        ("/data/link/mbps", "12,5", "12.5"),
        ("/data/office/staff", " about 20 ", "about 20"),
        ("/data/office/name", "Ring\r\nroad \n", "Ring\nroad"),
        ("/data/office/name", "", ""),
    ],
)
def test_a_number_is_written_as_machines_do_and_text_as_typed(path, text, stored):
    assert normal(compiled(make.version()), path, text) == stored


def test_answers_are_read_as_they_stood_when_one_was_the_newest(cleared):
    found = correct(cleared)
    first = Answer.objects.filter(path="/data/office/name").get()

    assert opened(found, make.NOON, through=first.pk).heads.keys() >= {Ref("/data/office/name")}
    assert Ref("/data/link/has") not in opened(found, make.NOON, through=first.pk).heads
