"""Answers follow a new version class by class; no text is lost; twice is once."""

import itertools

import pytest
from django.urls import reverse
from tests.factories import forms as form
from tests.factories import members as people
from tests.factories import offices
from tests.factories import surveys as make

from serai.base.jobs import run_ready
from serai.base.models import Message
from serai.calc.xforms import Ref
from serai.members.queries import viewer_of
from serai.surveys import actions, queries
from serai.surveys.actions import Change
from serai.surveys.actions.carrying import _Follower
from serai.surveys.models import (
    Answer,
    AnswerHead,
    AnswerIssue,
    AnswerRequest,
    Entry,
    EntryAct,
    Remark,
    Response,
    SectionMark,
    Suggestion,
)
from serai.surveys.queries.responses import locked_response
from serai.surveys.states import EntryVerb, ResponseState, Source

pytestmark = pytest.mark.django_db
NAME, STAFF = Ref("/data/office/name"), Ref("/data/office/staff")
_ids = itertools.count(1)
START = "| | begin_group | office | The office | Отдел | | | | | | | |"
END = "| | end_group | | | | | | | | | | |"
NAMED = form.row("text", "name", "Name of the office", ru="Название")


def group(*rows: str) -> str:
    """The first group, with these rows in it."""
    return "\n".join([START, *rows, END])


def staff(kind: str = "integer", **columns: str) -> str:
    return form.row(kind, "staff", "People who run events", ru="Сотрудники", **columns)


@pytest.fixture
def survey():
    return make.survey(state="draft", code="offices")


@pytest.fixture
def by():
    return form.officer()


def answered(survey, by, text: str, answers: dict[Ref, str], entries: tuple = ()) -> Response:
    """A response to the first version, filled in by its lead."""
    version = form.published(survey, text, by)
    asked = make.invitation(make.wave(version))
    lead = viewer_of(asked.lead, make.NOON)
    response = actions.start_response(invitation=asked, by=lead, now=make.NOON)
    for repeat, key in entries:
        actions.add_entry(response=response, repeat_path=repeat, key=key, by=lead, now=make.NOON)
    changes = [Change(f"c{next(_ids)}", ref, 0, value) for ref, value in answers.items()]
    written = actions.write_answers(response=response, changes=changes, by=lead, now=make.NOON)
    assert {one.kept.value for one in written.outcomes} <= {"saved"}
    return response


def follow(survey, by, text: str, moves: dict[str, str] | None = None) -> None:
    """Publish the next version and let the answers follow."""
    version = form.handed_in(survey, text, by)
    if moves:
        actions.confirm_moves(version=version, moves=moves, by=by, now=make.NOON)
    form.acknowledged(version, by)
    actions.publish(version=version, by=by, now=make.NOON)
    run_ready(now=make.NOON)


def stands(response: Response) -> dict[tuple[str, str], str]:
    """What holds now, by place, the form's own name of the instance left out."""
    rows = AnswerHead.objects.filter(response=response).exclude(path__contains="/meta/")
    values = rows.values_list("path", "entry", "answer__value")
    return {(path, entry): value for path, entry, value in values if value}


def aside(response: Response) -> list[tuple[str, str]]:
    return [(one.path, one.value) for one in queries.set_aside(response)]


def asked(response: Response) -> list[tuple[str, str, str]]:
    rows = AnswerRequest.objects.filter(response=response)
    return [(one.path, one.reason, one.state) for one in rows]


def written_by_carrying(response: Response) -> list[tuple[str, str]]:
    rows = Answer.objects.filter(response=response, source=Source.MIGRATION)
    return [(one.path, one.value) for one in rows]


def second(*rows: str, choices: str = form.CHOICES) -> str:
    return form.markdown(*rows, version="2", choices=choices)


# ---------------------------------------------------------------- one class after the other


def test_answers_of_the_same_question_stay_the_same_rows(survey, by):
    first = form.markdown(group(NAMED, staff()))
    response = answered(survey, by, first, {NAME: "Agency", STAFF: "7"})

    follow(survey, by, second(group(NAMED, staff())))

    assert stands(response) == {
        ("/data/office/name", ""): "Agency",
        ("/data/office/staff", ""): "7",
    }
    assert written_by_carrying(response) == []
    assert (aside(response), asked(response)) == ([], [])
    assert locked_response(response.pk).version.version == "2"


def test_other_words_keep_the_answer(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED)), {NAME: "Agency"})

    follow(survey, by, second(group(form.row("text", "name", "Your office", ru="Отдел"))))

    assert stands(response) == {("/data/office/name", ""): "Agency"}
    assert (aside(response), asked(response)) == ([], [])


def test_a_wider_question_keeps_the_answer(survey, by):
    first = form.markdown(group(NAMED, staff(constraint=". < 100", required="yes")))
    response = answered(survey, by, first, {NAME: "A", STAFF: "7"})

    follow(survey, by, second(group(NAMED, staff("decimal", constraint=". < 500"))))

    assert stands(response)["/data/office/staff", ""] == "7"
    assert (aside(response), asked(response)) == ([], [])


def test_a_narrower_question_keeps_the_answer_and_asks_where_it_is_broken(survey, by):
    first = form.markdown(group(NAMED, staff()))
    response = answered(survey, by, first, {NAME: "A", STAFF: "70"})

    follow(survey, by, second(group(NAMED, staff(constraint=". < 50"))))

    assert stands(response)["/data/office/staff", ""] == "70"
    issues = AnswerIssue.objects.filter(response=response).values_list("path", "kind")
    assert [*issues] == [("/data/office/staff", "constraint")]
    assert asked(response) == [("/data/office/staff", "migration", "drafted")]
    request = AnswerRequest.objects.get(response=response)
    assert {code for code, _text, _state in request.question.texts} == {"en", "ru"}


def test_a_narrower_question_that_still_holds_asks_nothing(survey, by):
    first = form.markdown(group(NAMED, staff()))
    response = answered(survey, by, first, {STAFF: "7"})

    follow(survey, by, second(group(NAMED, staff(constraint=". < 50"))))

    assert (stands(response)["/data/office/staff", ""], asked(response)) == ("7", [])


def test_a_question_that_names_its_old_place_takes_the_answer_along(survey, by):
    first = form.markdown(group(NAMED, staff()))
    response = answered(survey, by, first, {STAFF: "7"})
    moved = form.row("integer", "people", "People", ru="Люди", was="/data/office/staff")

    follow(survey, by, second(group(NAMED, moved)))

    assert stands(response) == {("/data/office/people", ""): "7"}
    assert written_by_carrying(response) == [
        ("/data/office/people", "7"),
        ("/data/office/staff", ""),
    ]
    assert (aside(response), asked(response)) == ([], [])


def test_an_officers_word_takes_answers_reasons_and_remarks_along(survey, by):
    first = form.markdown(group(NAMED, staff(required="yes")))
    response = answered(survey, by, first, {NAME: "Agency"})
    lead = viewer_of(response.invitation.lead, make.NOON)
    reason = Change("why", STAFF, 0, reason="not_known")
    actions.write_answers(response=response, changes=[reason], by=lead, now=make.NOON)
    Remark.objects.create(response=response, path=STAFF.path, text="See the annex.", at=make.NOON)
    moved = form.row("integer", "people", "People", ru="Люди", required="yes")

    follow(survey, by, second(group(NAMED, moved)), {"/data/office/people": "/data/office/staff"})

    head = AnswerHead.objects.select_related("answer").get(path="/data/office/people")
    assert (head.answer.value, head.answer.reason) == ("", "not_known")
    assert Remark.objects.get().path == "/data/office/people"
    assert aside(response) == []


def updates(table: str, queries) -> int:
    """How many statements changed paths in a table."""
    return sum(
        one["sql"].startswith(f'UPDATE "{table}" SET "path"') for one in queries.captured_queries
    )


TABLES = ("surveys_remark", "surveys_suggestion", "surveys_answerrequest")


@pytest.mark.parametrize("count", [0, 1, 3])
def test_words_move_in_one_statement_a_table_however_many_questions_moved(
    count, survey, by, django_assert_max_num_queries
):
    names = ("one", "two", "three")
    first = [form.row("text", name, name.title(), ru="Вопрос") for name in names]
    moved = [
        form.row("text", f"new_{name}" if place < count else name, name.title(), ru="Вопрос")
        for place, name in enumerate(names)
    ]
    response = answered(survey, by, form.markdown(group(NAMED, *first)), {NAME: "Agency"})
    for name in names:
        path = f"/data/office/{name}"
        Remark.objects.create(response=response, path=path, text=name, at=make.NOON)
        Suggestion.objects.create(
            response=response,
            path=path,
            value=name,
            at=make.NOON,
            origin="delegate",
            client_id=name,
        )
    moves = {f"/data/office/new_{name}": f"/data/office/{name}" for name in names[:count]}

    with django_assert_max_num_queries(1000) as queries:
        follow(survey, by, second(group(NAMED, *moved)), moves)

    paths = [
        f"/data/office/{'new_' if place < count else ''}{name}" for place, name in enumerate(names)
    ]
    assert list(Remark.objects.order_by("pk").values_list("path", flat=True)) == paths
    assert list(Suggestion.objects.order_by("pk").values_list("path", flat=True)) == paths
    assert [updates(one, queries) for one in TABLES] == [1 if count else 0] * 3


def test_two_questions_that_change_places_take_their_own_words_along(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {NAME: "Agency"})
    for ref in (NAME, STAFF):
        Remark.objects.create(response=response, path=ref.path, text=ref.path, at=make.NOON)
    follower = _Follower(response, make.NOON)
    follower.moved = {NAME.path: STAFF.path, STAFF.path: NAME.path}

    follower.move_words()

    rows = Remark.objects.order_by("pk").values_list("text", "path")
    assert list(rows) == [(NAME.path, STAFF.path), (STAFF.path, NAME.path)]


def test_nothing_moves_by_a_guess(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})

    follow(survey, by, second(group(NAMED, form.row("integer", "people", "People who run events"))))

    assert stands(response) == {}
    assert aside(response) == [("/data/office/staff", "7")]


def test_another_kind_keeps_what_reads_the_same(survey, by):
    first = form.markdown(group(NAMED, form.row("text", "staff", "Staff")))
    response = answered(survey, by, first, {STAFF: "7"})

    follow(survey, by, second(group(NAMED, staff())))

    assert (stands(response), aside(response)) == ({("/data/office/staff", ""): "7"}, [])


def test_another_kind_sets_aside_what_does_not_and_asks(survey, by):
    first = form.markdown(group(NAMED, form.row("text", "staff", "Staff")))
    response = answered(survey, by, first, {STAFF: "about seven"})

    follow(survey, by, second(group(NAMED, staff())))

    assert stands(response) == {}
    assert aside(response) == [("/data/office/staff", "about seven")]
    assert asked(response) == [("/data/office/staff", "migration", "drafted")]


def test_a_question_that_went_into_a_repeat_answers_its_first_entry(survey, by):
    first = form.markdown(group(NAMED, form.row("text", "city", "City")))
    response = answered(survey, by, first, {NAME: "A", Ref("/data/office/city"): "Tbilisi"})
    repeat = "\n".join(
        [
            "| | begin_repeat | place | Place | Место | | | | | | | |",
            form.row("text", "city", "City", was="/data/office/city"),
            "| | end_repeat | | | | | | | | | | |",
        ]
    )

    follow(survey, by, second(group(NAMED), repeat))

    entry = Entry.objects.get(response=response)
    assert (entry.repeat_path, len(entry.key) <= 40) == ("/data/place", True)
    acts = EntryAct.objects.filter(entry=entry).values_list("verb", "source")
    assert [*acts] == [(EntryVerb.ADD, Source.MIGRATION)]
    assert stands(response)["/data/place/city", entry.key] == "Tbilisi"
    assert aside(response) == []


@pytest.mark.parametrize(("keys", "kept"), [(("a",), True), (("a", "b"), False)])
def test_a_question_that_left_a_repeat_is_kept_from_a_sole_entry(survey, by, keys, kept):
    seats = Ref("/data/room/seats")
    response = answered(
        survey, by, form.markdown(group(NAMED), form.ROOMS),
        {Ref(seats.path, key): f"1{place}" for place, key in enumerate(keys)},
        tuple(("/data/room", key) for key in keys),
    )  # fmt: skip
    moved = form.row("integer", "seats", "Seats", was="/data/room/seats")

    follow(survey, by, second(group(NAMED, moved)))

    assert stands(response) == ({("/data/office/seats", ""): "10"} if kept else {})
    assert aside(response) == ([] if kept else [(seats.path, "10"), (seats.path, "11")])


def test_what_is_calculated_is_calculated_anew(survey, by):
    double = form.row("calculate", "double", "", calculation="${staff} * 2")
    triple = form.row("calculate", "double", "", calculation="${staff} * 3")
    response = answered(survey, by, form.markdown(group(NAMED, staff(), double)), {STAFF: "7"})

    follow(survey, by, second(group(NAMED, staff(), triple)))

    assert stands(response)["/data/office/double", ""] == "21"
    row = Answer.objects.filter(response=response, path="/data/office/double").order_by("-id")[0]
    assert row.source == Source.CALCULATION


def test_an_added_question_is_empty_and_a_gone_one_stays_a_row(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {NAME: "A", STAFF: "7"})

    follow(survey, by, second(group(NAMED, form.row("text", "note", "Note"))))

    assert stands(response) == {("/data/office/name", ""): "A"}
    assert aside(response) == [("/data/office/staff", "7")]
    assert Answer.objects.filter(response=response, value="7").exists()


def test_a_question_that_comes_back_does_not_bring_back_an_answer_set_aside(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})
    follow(survey, by, second(group(NAMED)))

    follow(survey, by, form.markdown(group(NAMED, staff()), version="3"))

    assert (stands(response), aside(response)) == ({}, [("/data/office/staff", "7")])


# ---------------------------------------------------------------- as a whole


def test_a_response_left_behind_goes_through_every_version_between(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})
    people = form.row("integer", "people", "People", was="/data/office/staff")
    crew = form.row("integer", "crew", "Crew", was="/data/office/people")
    form.published(survey, second(group(NAMED, people)), by)

    follow(survey, by, form.markdown(group(NAMED, crew), version="3"))

    assert stands(response) == {("/data/office/crew", ""): "7"}
    assert locked_response(response.pk).version.version == "3"


def test_following_twice_is_following_once(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})
    follow(survey, by, second(group(NAMED)))
    rows = Answer.objects.filter(response=response).count()

    again = actions.follow_wave(response_id=response.pk, now=make.NOON)

    assert (again, Answer.objects.filter(response=response).count()) == (None, rows)


@pytest.mark.parametrize(
    "state", [state for state in ResponseState if state is not ResponseState.FILLING]
)
def test_only_what_is_being_filled_in_follows(survey, by, state):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})
    Response.objects.filter(pk=response.pk).update(state=state)

    follow(survey, by, second(group(NAMED)))

    assert locked_response(response.pk).version.version == "1"
    assert stands(response) == {("/data/office/staff", ""): "7"}


def test_what_is_taken_up_again_follows_the_version_published_meanwhile(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {NAME: "A", STAFF: "7"})
    lead = viewer_of(response.invitation.lead, make.NOON)
    actions.hand_in(response=response, by=lead, now=make.NOON)
    follow(survey, by, second(group(NAMED)))
    assert locked_response(response.pk).version.version == "1"

    actions.take_up_again(response=response, by=lead, now=make.NOON)
    run_ready(now=make.NOON)

    assert locked_response(response.pk).version.version == "2"
    assert aside(response) == [("/data/office/staff", "7")]


@pytest.mark.parametrize("is_first", [True, False])
def test_what_its_country_gave_back_follows_whenever_it_was_published(survey, by, is_first):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {NAME: "A", STAFF: "7"})
    lead = viewer_of(response.invitation.lead, make.NOON)
    focal = people.viewer_with("focal_point", "GEO")
    offices.signed(response, lead)
    if is_first:
        follow(survey, by, second(group(NAMED)))
        assert locked_response(response.pk).version.version == "1"

    actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)
    run_ready(now=make.NOON)
    if not is_first:
        follow(survey, by, second(group(NAMED)))

    found = locked_response(response.pk)
    assert (found.version.version, found.state) == ("2", "correcting")
    assert aside(response) == [("/data/office/staff", "7")]
    assert actions.altered_rows() == []


def test_what_was_cleared_before_stays_with_its_form(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {NAME: "A", STAFF: "7"})
    lead = viewer_of(response.invitation.lead, make.NOON)
    focal = people.viewer_with("focal_point", "GEO")
    offices.signed(response, lead)
    actions.return_to_agency(response=response, note="Mend", by=focal, now=make.NOON)
    Response.objects.filter(pk=response.pk).update(cleared_through=1)

    follow(survey, by, second(group(NAMED)))

    assert locked_response(response.pk).version.version == "1"


def test_the_lead_is_told_once_how_many_answers_need_a_look(survey, by):
    first = form.markdown(group(NAMED, staff()))
    response = answered(survey, by, first, {NAME: "A", STAFF: "70"})

    follow(survey, by, second(group(staff(constraint=". < 50"))))

    letter = Message.objects.get(key__startswith="surveys.form_changed:")
    assert letter.person_id == response.invitation.lead_id
    assert letter.subject == "The questions of “Offices, First round” have changed"
    assert "1 answer needs a look" in letter.text
    assert "1 answer has no question any more" in letter.text


def test_the_lead_finds_what_was_set_aside_on_the_page_of_the_answers(survey, by, signed_in):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})
    follow(survey, by, second(group(NAMED)))
    client = signed_in(response.invitation.lead)

    said = client.get(reverse("surveys:response", args=[response.public_id])).content.decode()

    assert '<bdi class="long">People who run events</bdi>' in said
    assert '<bdi class="long">7</bdi>' in said


def test_marks_of_sections_that_are_gone_go_too(survey, by):
    first = form.markdown(group(NAMED), form.LINE)
    response = answered(survey, by, first, {NAME: "A"})

    follow(survey, by, second(group(NAMED)))

    sections = SectionMark.objects.filter(response=response).values_list("section", flat=True)
    assert [*sections] == ["office"]


def test_nothing_stands_at_a_place_that_the_form_no_longer_has(survey, by):
    response = answered(survey, by, form.markdown(group(NAMED, staff())), {STAFF: "7"})

    follow(survey, by, second(group(NAMED)))

    assert not AnswerHead.objects.filter(response=response, path=STAFF.path).exists()
    assert not AnswerIssue.objects.filter(response=response).exists()
