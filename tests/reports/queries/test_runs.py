"""Which runs, texts, files and remarks each viewer may know of."""

from datetime import date

import pytest
from tests.factories.members import member
from tests.factories.programme import initiative
from tests.factories.reports import BLOCK, NOON, coordinator, file_of, officer, run, viewer

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.reports import actions, queries
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def virtual(db):
    return initiative("virtual-carec")


RUNS = (
    ("draft", RunState.DRAFT, {}),
    ("in review", RunState.IN_REVIEW, {}),
    ("cleared", RunState.CLEARED, {}),
    ("issued", RunState.ISSUED, {}),
    ("issued to all", RunState.ISSUED, {"audience": "public"}),
    ("sample to all", RunState.ISSUED, {"audience": "public", "sample": True}),
    ("for the secretariat", RunState.ISSUED, {"audience": "secretariat"}),
)
KNOWN = {
    "officer": {name for name, _state, _fields in RUNS},
    "coordinator": {name for name, _state, _fields in RUNS},
    "focal_point": {"in review", "issued", "issued to all", "sample to all"},
    "deputy": {"in review", "issued", "issued to all", "sample to all"},
    "committee": {"issued", "issued to all", "sample to all"},
    "administrator": {"issued to all"},
    "visitor": {"issued to all"},
}


@pytest.mark.parametrize("role", KNOWN)
def test_which_runs_a_role_may_know_of(role):
    made = {name: run(state, **fields) for name, state, fields in RUNS}
    who = viewer(role)
    known = set()
    for name, one in made.items():
        try:
            found = queries.run(who, one.public_id)
        except NotFound:
            continue
        assert found == one
        known.add(name)

    assert known == KNOWN[role]


def test_open_runs_are_those_being_built():
    numbers = [
        run(state).number for state in (RunState.DRAFT, RunState.IN_REVIEW, RunState.CLEARED)
    ]
    run(RunState.ISSUED)

    assert [row.number for row in queries.open_runs(viewer("officer"))] == numbers[::-1]
    assert [row.number for row in queries.open_runs(viewer("focal_point"))] == [numbers[1]]
    assert queries.open_runs(viewer("committee")) == []


def test_a_hash_finds_its_file_among_what_the_viewer_may_read():
    shown, hidden = run(RunState.ISSUED), run(RunState.ISSUED, audience="secretariat")
    file_of(shown), file_of(shown, "html", sha256="b" * 64), file_of(hidden, sha256="c" * 64)

    found = queries.runs_with_hash(viewer("committee"), "a" * 64)

    assert [(row.number, file.format) for row, file in found] == [(shown.number, "pdf")]
    assert queries.runs_with_hash(viewer("committee"), "c" * 64) == []
    assert queries.runs_with_hash(viewer("committee"), "d" * 64) == []
    assert queries.runs_with_hash(ANONYMOUS, "a" * 64) == []


def test_a_file_is_found_by_language_and_format():
    made = run(RunState.ISSUED)
    kept = file_of(made)

    held = queries.run_file(viewer("committee"), made.public_id, "en", "pdf")

    assert (held.run, held.file) == (made, kept)
    for language, suffix in (("ru", "pdf"), ("en", "html"), ("en", "exe")):
        with pytest.raises(NotFound):
            queries.run_file(viewer("committee"), made.public_id, language, suffix)
    with pytest.raises(NotFound):
        queries.run_file(ANONYMOUS, made.public_id, "en", "pdf")


def remark(made, iso3: str, text: str):
    return actions.remark_on_block(
        run=made, country=member(iso3), block=BLOCK, text=text,
        by=viewer("focal_point", iso3), now=NOON,
    )  # fmt: skip


def test_remarks_are_read_by_the_secretariat_and_their_own_country():
    made = run(RunState.IN_REVIEW)
    remark(made, "GEO", "From Georgia."), remark(made, "KAZ", "From Kazakhstan.")

    def texts(who):
        return [row.text for row in queries.remarks(who, made)]

    assert texts(viewer("officer")) == ["From Georgia.", "From Kazakhstan."]
    assert texts(viewer("deputy", "GEO")) == ["From Georgia."]
    assert texts(viewer("focal_point", "UZB")) == []


def test_a_remark_is_found_within_its_run_alone():
    made, other = run(RunState.IN_REVIEW), run(RunState.IN_REVIEW)
    kept = remark(made, "GEO", "From Georgia.")

    assert queries.remark_of(viewer("officer"), made.public_id, kept.pk) == kept
    with pytest.raises(NotFound):
        queries.remark_of(viewer("officer"), other.public_id, kept.pk)


def test_texts_by_block_and_one_by_its_name():
    made = run()
    kept = actions.write_narrative(
        run=made, block=BLOCK, text=TranslatedText.of("As it is."), version=0, by=officer(),
        now=NOON,
    )  # fmt: skip

    assert queries.narrative_texts(made) == {BLOCK: kept}
    assert queries.narrative_of(made, BLOCK) == kept
    assert queries.narrative_of(made, "virtual-carec/approach") is None
    assert queries.run_block(viewer("officer"), made.public_id, BLOCK).audience == "members"


def test_a_removed_run_is_missing_for_its_job():
    made = run()
    assert queries.run_by_pk(made.pk) == made

    with pytest.raises(NotFound):
        queries.run_by_pk(made.pk + 1)


def test_a_meeting_follows_the_day_or_is_left_out_or_chosen():
    assert queries.meeting_choices([(3, "Meeting")]) == [
        ("next", "The next senior officials' meeting from that day"),
        ("", "No meeting"),
        ("3", "Meeting"),
    ]


@pytest.mark.parametrize(
    ("state", "role", "verb", "page"),
    [
        (RunState.DRAFT, "officer", "Finish the narrative", ""),
        (RunState.DRAFT, "coordinator", "Finish the narrative", ""),
        (RunState.DRAFT, "focal_point", None, ""),
        (RunState.IN_REVIEW, "officer", None, ""),
        (RunState.IN_REVIEW, "coordinator", "Clear", ""),
        (RunState.IN_REVIEW, "focal_point", "Read and remark", "remarks/"),
        (RunState.IN_REVIEW, "deputy", "Read and remark", "remarks/"),
        (RunState.IN_REVIEW, "committee", None, ""),
        (RunState.CLEARED, "officer", None, ""),
        (RunState.CLEARED, "coordinator", "Issue", ""),
        (RunState.ISSUED, "coordinator", None, ""),
        (RunState.DRAFT, "visitor", None, ""),
    ],
)
def test_what_a_run_asks_of_a_role(state, role, verb, page):
    made = run(state)

    todos = queries.next_todos(viewer(role))

    wanted = [] if verb is None else [
        (f"Report {made.number} as of 30 June 2021", verb, f"/en/reports/{made.public_id}/{page}")
    ]  # fmt: skip
    assert [(todo.title, todo.verb, todo.address) for todo in todos] == wanted


def test_a_coordinator_is_not_asked_to_clear_their_own():
    by = coordinator()
    run(RunState.IN_REVIEW, by=by)

    assert queries.next_todos(by) == []


@pytest.mark.parametrize("count", [1, 3])
def test_what_is_asked_takes_one_query(count, django_assert_num_queries):
    for number in range(count):
        run(as_of=date(2021, 6, 1 + number))
    who = viewer("officer")

    with django_assert_num_queries(1):
        todos = queries.next_todos(who)

    assert len(todos) == count


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("role", ["officer", "committee", "visitor"])
def test_a_first_page_s_reports_take_one_query(role, count, django_assert_num_queries):
    issued = [run(RunState.ISSUED, audience="public").number for _number in range(count)]
    for number in range(count):
        run(as_of=date(2021, 6, 1 + number))
    who = viewer(role)

    with django_assert_num_queries(1):
        page = queries.first_page(who, most=2)

    assert [row.number for row in page.issued] == issued[::-1][:2]
    assert list(page.todos) == queries.next_todos(who)
    assert len(page.todos) == (count if role == "officer" else 0)
