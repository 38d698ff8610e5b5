"""Who may what with a report, by role, audience and state."""

import pytest
from tests.factories.members import person_with
from tests.factories.reports import NOON

from serai.base.access import ANONYMOUS, Viewer
from serai.members.queries import viewer_of
from serai.members.states import Role
from serai.reports import access
from serai.reports.models import CountryRemark, HeldFile, Run, RunDraft, RunFile
from serai.reports.states import FileFormat, RunState

pytestmark = pytest.mark.django_db
STAFF = {"officer", "coordinator"}
COUNTRY = {"focal_point", "deputy"}
MEMBERS = STAFF | COUNTRY | {"committee", "lead", "contributor"}
EVERYBODY = {role.value for role in Role} | {"visitor"}


@pytest.fixture
def viewers(db):
    made = {role.value: viewer_of(person_with(role), NOON) for role in Role}
    return made | {"visitor": ANONYMOUS}


def run(state: str, audience: str = "members", **fields) -> Run:
    issued_at = NOON if state in {"issued", "withdrawn"} else None
    return Run(state=state, audience=audience, issued_at=issued_at, started_by_id=0, **fields)


def admitted(rule, viewers, *things) -> set[str]:
    return {name for name, viewer in viewers.items() if rule(viewer, *things)}


def test_everybody_opens_the_library_and_the_secretariat_builds(viewers):
    assert admitted(access.may_open_library, viewers) == EVERYBODY
    assert admitted(access.may_build_run, viewers) == STAFF


@pytest.mark.parametrize(
    ("state", "audience", "readers"),
    [
        ("draft", "members", STAFF),
        ("in_review", "public", STAFF),
        ("cleared", "members", STAFF),
        ("issued", "members", MEMBERS),
        ("withdrawn", "members", MEMBERS),
        ("issued", "public", EVERYBODY),
        ("issued", "secretariat", STAFF),
    ],
)
def test_who_reads_a_run(viewers, state, audience, readers):
    one = run(state, audience)

    assert admitted(access.may_read_run, viewers, one) == readers
    assert admitted(access.may_download_run, viewers, HeldFile(one, RunFile())) == readers


def test_sample_is_never_public(viewers):
    assert admitted(access.may_read_run, viewers, run("issued", "public", sample=True)) == MEMBERS


@pytest.mark.parametrize(
    ("rule", "state", "audience", "roles"),
    [
        ("may_remark_run", "in_review", "members", COUNTRY),
        ("may_remark_run", "in_review", "secretariat", set()),
        ("may_remark_run", "draft", "members", set()),
        ("may_remark_run", "cleared", "members", set()),
        ("may_preview_run", "draft", "members", STAFF),
        ("may_preview_run", "in_review", "members", STAFF | COUNTRY),
        ("may_preview_run", "cleared", "members", STAFF),
        ("may_read_remarks", "draft", "members", set()),
        ("may_read_remarks", "in_review", "members", STAFF | COUNTRY),
        ("may_read_remarks", "issued", "members", STAFF | COUNTRY),
        ("may_read_remarks", "in_review", "secretariat", STAFF),
        ("may_clear_run", "in_review", "members", {"coordinator"}),
        ("may_issue_run", "cleared", "members", {"coordinator"}),
        ("may_withdraw_run", "draft", "members", STAFF),
        ("may_withdraw_run", "issued", "members", {"coordinator"}),
    ],
)
def test_steps_by_role(viewers, rule, state, audience, roles):
    assert admitted(getattr(access, rule), viewers, run(state, audience)) == roles


@pytest.mark.parametrize(
    ("state", "roles"),
    [
        ("draft", STAFF), ("in_review", STAFF | COUNTRY), ("cleared", STAFF), ("issued", set()),
        ("withdrawn", set()),
    ],
)  # fmt: skip
def test_who_takes_a_draft_home(viewers, state, roles):
    draft = RunDraft(run(state), "en", FileFormat.PDF)

    assert admitted(access.may_download_draft, viewers, draft) == roles


def test_who_cleared_a_public_report_withdraws_it_but_does_not_issue_it(viewers):
    clearer = viewers["coordinator"].person_id
    cleared = run("cleared", "public", cleared_by_id=clearer)
    issued = run("issued", "public", cleared_by_id=clearer)

    assert admitted(access.may_issue_run, viewers, cleared) == set()
    assert admitted(access.may_withdraw_run, viewers, issued) == {"coordinator"}


def test_nobody_clears_or_issues_what_they_started(viewers):
    own = run("in_review")
    own.started_by_id = viewers["coordinator"].person_id

    assert access.may_clear_run(viewers["coordinator"], own) is False
    assert access.may_issue_run(viewers["coordinator"], own) is False


def test_the_secretariats_report_is_closed_to_officers_of_one_initiative():
    scoped = viewer_of(person_with(Role.OFFICER, "virtual-carec"), NOON)

    assert access.may_build_run(scoped, run("draft", "secretariat")) is False
    assert access.may_read_run(scoped, run("issued", "secretariat")) is False
    assert access.may_build_run(scoped, run("draft", "members")) is True


def test_remarks_are_answered_by_the_secretariat(viewers):
    assert admitted(access.may_answer_remark, viewers, CountryRemark(run=run("in_review"))) == STAFF


def test_a_report_is_built_with_its_readers_eyes():
    assert access.audience_viewer("members", "ru") == Viewer(
        keys=frozenset({"public", "members"}), language="ru"
    )
    assert access.audience_viewer("public").keys == frozenset({"public"})
    assert access.audience_viewer("members").roles == frozenset()


@pytest.mark.parametrize(
    ("audience", "sample", "keys"),
    [
        ("public", False, {"public"}),
        ("public", True, {"members"}),
        ("members", False, {"members"}),
        ("secretariat", True, {"secretariat"}),
    ],
)
def test_keys_of_the_search_entry(audience, sample, keys):
    assert access.reading_keys(run(RunState.ISSUED, audience, sample=sample)) == keys


def test_a_focal_point_remarks_for_their_own_country(viewers):
    assert access.own_country(viewers["focal_point"]) == "GEO"
