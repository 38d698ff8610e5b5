"""Initiatives with their notes and outlines, as of a day and for each viewer."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.calc.schedule import Punctuality
from serai.programme import actions, queries
from serai.programme.actions import OutlineHeading, Told
from serai.programme.models import Step
from serai.programme.queries import (
    HeadingRow,
    InitiativeChoice,
    InitiativeRow,
    NoteRow,
    OutlineRow,
)

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)
STAFF, NOON = make.STAFF, make.NOON
AUDIENCES = [
    ("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS),
]  # fmt: skip


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home")


def outline(home, title="Outline", now=NOON, **fields):
    return actions.save_outline(
        initiative=home, key="report", title=TranslatedText.of(title), by=STAFF, now=now,
        **({"headings": ()} | fields),
    )  # fmt: skip


# ---------------------------------------------------------------- initiatives
def test_an_initiative_s_row_says_all(home):
    keeper = people.person(full_name="Nino")
    home.keeper = keeper
    home.save(update_fields=["keeper"])
    second, first = people.organisation("Second"), people.organisation("First")
    home.texts.get().partners.set([first, second])
    home.texts.get().national_studies.set([people.member("UZB"), people.member("GEO")])
    make.milestone(home, "22 June 2021")
    actions.set_baseline(initiative=home, name="First", by=STAFF, now=NOON, told=make.told())
    make.completion(home.milestones.get(), "29 June 2021")
    asked = make.ask(home)
    closed = make.ask(home, text="Closed")
    actions.close_request(request=closed, by=STAFF, now=NOON)

    rows = queries.initiatives(people.viewer_with("officer"), D)

    (milestone,) = queries.milestones(people.viewer_with("officer"), D)
    assert rows == [
        InitiativeRow(
            id=home.pk,
            code="home",
            public_id=home.public_id,
            name=home.name,
            purpose=home.purpose,
            state="active",
            audience="public",
            keeper="Nino",
            keeper_id=keeper.pk,
            partners=(TranslatedText.of("Second"), TranslatedText.of("First")),
            national_studies=(TranslatedText.of("Georgia"), TranslatedText.of("Uzbekistan")),
            milestones=(milestone,),
            open_requests=rows[0].open_requests,
            punctuality=Punctuality(0, 1, 0),
            sample=False,
        )
    ]
    assert [one.public_id for one in rows[0].open_requests] == [asked.public_id]


def test_what_is_late_and_what_comes_next_stand_in_order(home):
    for words in (
        "29 June 2021", "15 July 2021", "1 June 2021", "end of June 2021", "1 December 2021", "",
        "Ongoing support throughout 2021",
    ):  # fmt: skip
        make.milestone(home, words)
    make.completion(make.milestone(home, "2 June 2021"), "2 June 2021")

    (row,) = queries.initiatives(STAFF, D)

    assert [one.number for one in row.late] == [3, 1]
    assert [one.number for one in row.next] == [4, 2, 5]


def test_initiatives_come_in_order_and_none_before_the_first_fact():
    make.initiative("b", order=2)
    make.initiative("a", order=1)

    assert [row.code for row in queries.initiatives(STAFF, D)] == ["a", "b"]
    assert queries.initiatives(STAFF, date(2020, 12, 31)) == []


@pytest.mark.parametrize(("audience", "readers"), AUDIENCES)
def test_an_initiative_and_all_in_it_is_read_by_its_audience(audience, readers):
    home = make.initiative("home", audience=audience)
    everybody = make.viewers("home")
    make.note(home, cleared=make.EARLY)
    outline(home)

    def who(ask):
        return {name for name, viewer in everybody.items() if ask(viewer)}

    assert who(lambda v: queries.initiatives(v, D)) == readers
    assert who(queries.initiative_choices) == readers
    assert who(lambda v: queries.notes(v, D)) == readers
    assert who(lambda v: queries.outlines(v, D)) == readers
    for name, viewer in everybody.items():
        if name in readers:
            assert queries.initiative(viewer, "home") == home
        else:
            with pytest.raises(NotFound):
                queries.initiative(viewer, "home")


def test_milestones_and_requests_in_it_are_those_of_the_reader(home):
    everybody = make.viewers("home")
    for level in ("public", "members", "secretariat"):
        make.milestone(home, "1 July 2021", audience=level)
        make.ask(home, audience=level, countries=("UZB",))

    counts = {
        who: (len(row.milestones), len(row.open_requests))
        for who, v in everybody.items()
        for row in queries.initiatives(v, D)
    }

    members = dict.fromkeys({*MEMBER_KINDS, "expert"}, (2, 2))
    staff = dict.fromkeys(STAFF_KINDS, (3, 3))
    own = {"other country": (2, 3)}
    assert counts == dict.fromkeys(EVERY_KIND, (1, 1)) | members | staff | own


def test_the_keeper_is_named_to_those_signed_in(home):
    home.keeper = people.person(full_name="Nino")
    home.save(update_fields=["keeper"])
    everybody = make.viewers("home")

    readers = {who for who, v in everybody.items() if queries.initiatives(v, D)[0].keeper}

    assert readers == EVERY_KIND - {"public", "members' report"}


def test_a_request_closed_later_was_open_before(home):
    asked = make.ask(home)
    actions.close_request(request=asked, by=STAFF, now=LATER)

    assert len(queries.initiatives(STAFF, D)[0].open_requests) == 1
    assert len(queries.initiatives(STAFF, LATER.date())[0].open_requests) == 0


def test_a_sample_initiative_is_not_the_public_s():
    make.initiative("sample", sample=True)

    assert queries.initiatives(ANONYMOUS, D) == []
    assert queries.initiative_choices(ANONYMOUS) == []
    assert [row.sample for row in queries.initiatives(people.viewer_with(), D)] == [True]


def test_choices_say_which_the_viewer_keeps(home):
    make.initiative("other")

    assert queries.initiative_choices(people.viewer_with("officer", "home")) == [
        InitiativeChoice("home", home.name, True),
        InitiativeChoice("other", queries.initiative(STAFF, "other").name, False),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_initiatives_take_three_queries(home, count, django_assert_num_queries):
    home.texts.get().partners.set([people.organisation()])
    home.texts.get().national_studies.set([people.member("GEO")])
    for number in range(count):
        one = make.initiative(f"more-{number}")
        make.milestone(one, "1 July 2021")
        make.ask(one)

    with django_assert_num_queries(3):
        rows = queries.initiatives(STAFF, D)

    assert len(rows) == count + 1


# ---------------------------------------------------------------- notes
def test_the_latest_cleared_note_of_each_part_holds(home):
    author = people.viewer_with("officer", full_name="Nino")
    make.note(home, "Old", cleared=make.EARLY)
    new = actions.draft_note(
        initiative=home, part="current_status", text="New", by=author, now=NOON
    )
    actions.clear_note(note=new, by=STAFF, now=NOON)
    make.note(home, "Next", part="next_steps", cleared=make.EARLY)
    make.note(home, "A draft", part="approach")

    found = queries.notes(STAFF, D)

    assert {part: str(row.text) for part, row in found["home"].items()} == {
        "current_status": "New", "next_steps": "Next",
    }  # fmt: skip
    assert found["home"]["current_status"] == NoteRow(
        public_id=new.public_id, part="current_status", text=TranslatedText.of("New"),
        author="Nino", author_id=author.person_id, written_on=D, state="cleared",
        is_stale=False, is_entered_later=False, sample=False,
    )  # fmt: skip
    assert str(queries.notes(STAFF, date(2021, 6, 29))["home"]["current_status"].text) == "Old"


def test_a_note_is_stale_after_thirty_days(home):
    make.note(home, told=make.told(date(2021, 5, 1)), cleared=date(2021, 5, 1))

    def is_stale(day):
        return queries.notes(STAFF, day)["home"]["current_status"].is_stale

    assert (is_stale(date(2021, 5, 31)), is_stale(date(2021, 6, 1))) == (False, True)


def test_a_note_cleared_later_is_not_read_before(home):
    note = make.note(home)
    actions.clear_note(note=note, by=STAFF, now=LATER)

    assert queries.notes(STAFF, D) == {}
    assert list(queries.notes(STAFF, LATER.date())) == ["home"]


def test_notes_of_one_initiative(home):
    make.note(home, cleared=make.EARLY)
    make.note(make.initiative("other"), cleared=make.EARLY)

    assert list(queries.notes(STAFF, D, initiative=home)) == ["home"]


def test_a_note_s_author_is_not_named_to_the_public(home):
    author = people.viewer_with("officer", full_name="Nino")
    note = actions.draft_note(initiative=home, part="approach", text="So", by=author, now=NOON)
    actions.clear_note(note=note, by=STAFF, now=NOON)
    everybody = make.viewers("home")

    readers = {
        who for who, v in everybody.items() if queries.notes(v, D)["home"]["approach"].author
    }

    assert readers == EVERY_KIND - {"public"}


def test_drafts_are_read_by_those_who_keep_the_initiative(home):
    keeper = people.viewer_with()
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    everybody = make.viewers("home") | {"keeper": keeper}
    make.note(home, "Second", told=make.told(date(2021, 2, 1)))
    make.note(home, "First")
    make.note(home, "Cleared", cleared=make.EARLY)

    drafts = {who: queries.drafts(v, home, D) for who, v in everybody.items()}

    assert {who for who, rows in drafts.items() if rows} == {*STAFF_KINDS, "keeper"}
    assert [str(row.text) for row in drafts["keeper"]] == ["First", "Second"]
    assert queries.drafts(keeper, home, date(2020, 12, 31)) == []


def test_a_draft_is_found_by_those_who_keep_the_initiative(home):
    everybody = make.viewers("home")
    draft, cleared = make.note(home), make.note(home, cleared=make.EARLY)

    def finds(note):
        found = set()
        for who, viewer in everybody.items():
            try:
                assert queries.note(viewer, note.public_id) == note
            except NotFound:
                continue
            found.add(who)
        return found

    assert finds(draft) == STAFF_KINDS
    assert finds(cleared) == EVERY_KIND


@pytest.mark.parametrize("count", [1, 3])
def test_notes_drafts_and_outlines_take_one_query_each(home, count, django_assert_num_queries):
    for _n in range(count):
        make.note(home, cleared=make.EARLY)
        make.note(home)
        outline(home)

    with django_assert_num_queries(3):
        queries.notes(STAFF, D)
        drafts = queries.drafts(STAFF, home, D)
        queries.outlines(STAFF, D)

    assert len(drafts) == count


# ---------------------------------------------------------------- outlines
def test_the_latest_outline_holds_in_reading_order(home):
    outline(home, "Old", told=make.told())
    headings = (OutlineHeading(1, TranslatedText.of("One")), OutlineHeading(2, TranslatedText()))
    outline(home, "New", headings=headings)
    outline(home, "Later", LATER)

    assert queries.outlines(STAFF, D) == {
        "home": OutlineRow(
            "report", TranslatedText.of("New"),
            (HeadingRow(1, TranslatedText.of("One")), HeadingRow(2, TranslatedText())),
        )
    }  # fmt: skip
    assert queries.outlines(STAFF, LATER.date())["home"].headings == ()


def test_without_any_there_are_no_notes_and_no_outlines(home):
    assert (queries.notes(STAFF, D), queries.outlines(STAFF, D)) == ({}, {})
    assert queries.drafts(STAFF, home, D) == []


def test_sample_notes_are_not_the_public_s(home):
    make.note(home, told=Told(make.EARLY, "Records", sample=True), cleared=make.EARLY)

    assert queries.notes(ANONYMOUS, D) == {}
    assert queries.notes(people.viewer_with(), D)["home"]["current_status"].sample is True


def test_a_note_cleared_and_a_state_reached_in_a_trial_are_not_the_public_s():
    home = make.initiative("home")
    note = make.note(home)
    actions.clear_note(note=note, by=make.TRIAL, now=make.NOON)
    Step.objects.create(
        initiative=home, state="paused", known_from=D, recorded_at=make.NOON, sample=True
    )

    def read(viewer):
        (row,) = queries.initiatives(viewer, D)
        texts = queries.notes(viewer, D).get("home", {})
        return row.state, row.sample, [one.sample for one in texts.values()]

    assert read(make.STAFF) == ("paused", True, [True])
    assert read(ANONYMOUS) == ("active", False, [])
