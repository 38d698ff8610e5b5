"""Requests: counts for everybody, names for those they concern."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.programme import actions, queries
from serai.programme.actions import About
from serai.programme.queries import AddresseeRow, RequestRow

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)


@pytest.fixture
def home():
    people.member("GEO")
    people.member("UZB")
    return make.initiative("home")


def answer(request, iso3, state="answered", now=make.NOON, by=make.STAFF, **fields):
    row = request.addressees.select_related("country", "request__initiative").get(
        country__iso3=iso3
    )
    return actions.answer_request(addressee=row, state=state, by=by, now=now, **fields)


def test_a_request_s_row_says_all(home):
    agency = people.organisation("Agency", country="UZB")
    asked = make.ask(
        home, organisations=(agency.pk,), due_on=date(2021, 7, 7),
        due_words=TranslatedText.of("early July 2021"), about=About("surveys", "wave", "W-1"),
    )  # fmt: skip
    declined = answer(asked, "GEO", "declined", note="No staff")
    numbers = {row.country_id: row.public_id for row in asked.addressees.order_by("id")}

    assert queries.requests(make.STAFF, D) == [
        RequestRow(
            public_id=asked.public_id,
            initiative="home",
            initiative_name=home.name,
            text=TranslatedText.of("Answer the questionnaire"),
            due_on=date(2021, 7, 7),
            due_words=TranslatedText.of("early July 2021"),
            audience="members",
            state="open",
            known_from=make.EARLY,
            about="surveys",
            asked_count=3,
            answered_count=0,
            waiting_count=2,
            are_names_released=False,
            shown=(
                AddresseeRow(
                    declined.public_id, "GEO", TranslatedText.of("Georgia"), "declined",
                    "No staff", D, False,
                ),
                AddresseeRow(
                    numbers[people.member("UZB").pk], "UZB", TranslatedText.of("Uzbekistan"),
                    "open", "", None, False,
                ),
                AddresseeRow(
                    numbers[None], "", TranslatedText.of("Agency"), "open", "", None, False
                ),
            ),
            reads_board=True,
            is_entered_later=True,
            sample=False,
        )
    ]  # fmt: skip


def test_members_come_in_the_programme_s_order_and_organisations_last(home):
    agency = people.organisation(country="GEO")
    people.member("AFG")
    make.ask(home, countries=("UZB", "AFG", "GEO"), organisations=(agency.pk,))

    (row,) = queries.requests(make.STAFF, D)

    assert [one.iso3 for one in row.shown] == ["AFG", "GEO", "UZB", ""]


def test_requests_come_soonest_due_first_and_those_without_a_day_last(home):
    for text, due in (("None", None), ("Late", date(2021, 9, 1)), ("Soon", date(2021, 7, 1))):
        make.ask(home, text=text, due_on=due)

    assert [str(row.text) for row in queries.requests(make.STAFF, D)] == ["Soon", "Late", "None"]


def test_requests_of_one_initiative(home):
    make.ask(home, text="Here")
    make.ask(None, text="Everywhere")

    assert [str(r.text) for r in queries.requests(make.STAFF, D, initiative="home")] == ["Here"]
    assert queries.requests(make.STAFF, D, initiative="elsewhere") == []


def test_a_request_of_the_whole_programme_has_no_initiative(home):
    make.ask(None)

    (row,) = queries.requests(make.STAFF, D)

    assert (row.initiative, row.initiative_name, row.is_entered_later) == (
        "", TranslatedText(), False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        ("public", EVERY_KIND),
        ("members", {*MEMBER_KINDS, "expert"}),
        ("secretariat", {*STAFF_KINDS, "own country"}),
    ],
)
def test_a_request_is_read_by_its_audience_and_those_it_asks(home, audience, readers):
    everybody = make.viewers("home")
    asked = make.ask(home, audience=audience, countries=("GEO",))

    assert {who for who, v in everybody.items() if queries.requests(v, D)} == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.request(viewer, asked.public_id) == asked
        else:
            with pytest.raises(NotFound):
                queries.request(viewer, asked.public_id)


def test_everybody_reads_counts_and_only_some_read_names(home):
    """Georgia declines with a reason; Uzbekistan has not answered."""
    everybody = make.viewers("home")
    asked = make.ask(home, audience="public")
    answer(asked, "GEO", "declined", note="A reason between us")
    answered = {who: queries.requests(v, D)[0] for who, v in everybody.items()}

    def names(released):
        return {
            who: [(one.iso3, one.note) for one in queries.requests(v, D)[0].shown]
            for who, v in everybody.items()
            if released or who
        }

    counts = {(r.asked_count, r.answered_count, r.waiting_count) for r in answered.values()}
    assert counts == {(2, 0, 1)}
    georgia, uzbekistan = ("GEO", "A reason between us"), ("UZB", "")
    own = {
        "own country": [georgia], "other country": [uzbekistan],
        "officer": [georgia, uzbekistan], "secretariat": [georgia, uzbekistan],
    }  # fmt: skip
    assert names(False) == dict.fromkeys(EVERY_KIND, []) | own
    assert {who for who, row in answered.items() if row.reads_board} == STAFF_KINDS
    assert {who for who, row in answered.items() if row.own} == {"own country", "other country"}

    actions.release_names(request=asked, by=make.STAFF, now=make.NOON)

    # Members read who has not answered, and never what an answer said; others read counts.
    expected = dict.fromkeys(EVERY_KIND, []) | dict.fromkeys(MEMBER_KINDS, [uzbekistan]) | own
    expected["own country"] = [georgia, uzbekistan]
    assert names(True) == expected


def test_organisations_are_named_to_themselves_alone_also_after_release(home):
    agency = people.organisation("Agency", country="UZB")
    asked = make.ask(home, audience="public", countries=(), organisations=(agency.pk,))
    actions.release_names(request=asked, by=make.STAFF, now=make.NOON)
    everybody = make.viewers("home") | {"agency": people.viewer_with("lead", agency)}

    readers = {who for who, v in everybody.items() if queries.requests(v, D)[0].shown}

    assert readers == {*STAFF_KINDS, "agency"}


def test_what_is_answered_later_is_not_read_before(home):
    asked = make.ask(home)
    answer(asked, "GEO", "declined", LATER, note="Later")
    actions.close_request(request=asked, by=make.STAFF, now=LATER)

    def read(day):
        (row,) = queries.requests(make.STAFF, day)
        georgia = row.shown[0]
        return row.state, row.waiting_count, georgia.state, georgia.note, georgia.answered_on

    assert read(D) == ("open", 2, "open", "", None)
    assert read(LATER.date()) == ("closed", 1, "declined", "Later", LATER.date())
    assert queries.requests(make.STAFF, date(2020, 12, 31)) == []


def test_a_sample_request_is_not_the_public_s(home):
    make.ask(home, audience="public", told=actions.Told(make.EARLY, "Records", sample=True))

    assert queries.requests(ANONYMOUS, D) == []
    assert [row.sample for row in queries.requests(people.viewer_with(), D)] == [True]


def test_an_addressee_is_found_by_who_may_answer(home):
    everybody = make.viewers("home")
    asked = make.ask(home, audience="public", countries=("GEO",))
    row = asked.addressees.get()

    def finds(viewer):
        try:
            return queries.addressee(viewer, row.public_id) == row
        except NotFound:
            return False

    found = {who for who, viewer in everybody.items() if finds(viewer)}
    assert found == {*STAFF_KINDS, "own country"}


@pytest.mark.parametrize("count", [1, 3])
def test_requests_take_one_query(home, count, django_assert_num_queries):
    for _n in range(count):
        make.ask(home)

    with django_assert_num_queries(1):
        rows = queries.requests(make.STAFF, D)

    assert len(rows) == count


def test_a_sample_answer_is_marked_to_its_readers_and_unknown_to_the_public(home):
    asked = make.ask(home, audience="public")
    answer(asked, "GEO", by=make.TRIAL)

    (staff,), (public,) = queries.requests(make.STAFF, D), queries.requests(ANONYMOUS, D)

    assert (staff.answered_count, staff.waiting_count) == (1, 1)
    assert (staff.sample, staff.is_made_up) == (True, False)
    assert (public.answered_count, public.waiting_count, public.sample) == (0, 2, False)


def test_a_real_answer_after_a_sample_step_is_real(home):
    asked = make.ask(home, audience="public")
    seen = asked.addressees.get(country__iso3="GEO")
    actions.see_request(addressee=seen, by=make.TRIAL, now=make.NOON)
    assert [row.sample for row in queries.requests(make.STAFF, D)] == [True]

    answer(asked, "GEO", "declined", note="No staff")

    (staff,), (public,) = queries.requests(make.STAFF, D), queries.requests(ANONYMOUS, D)

    assert (
        (staff.waiting_count, staff.sample) == (public.waiting_count, public.sample) == (1, False)
    )


def test_a_request_closed_by_a_sample_person_is_open_to_the_public(home):
    asked = make.ask(home, audience="public")
    actions.close_request(request=asked, by=make.TRIAL, now=make.NOON)

    (staff,), (public,) = queries.requests(make.STAFF, D), queries.requests(ANONYMOUS, D)

    assert (staff.state, staff.sample, staff.is_trial) == ("closed", True, True)
    assert (public.state, public.sample, public.is_trial) == ("open", False, False)
    marks = [queries.initiatives(who, D)[0].sample for who in (make.STAFF, ANONYMOUS)]
    assert marks == [True, False]
