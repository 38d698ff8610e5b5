"""Risks stay with the secretariat; a released assumption shows no more than itself."""

from datetime import UTC, date, datetime

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import EVERY_KIND, MEMBER_KINDS, STAFF_KINDS

from serai.base.access import ANONYMOUS, NotFound
from serai.base.text import TranslatedText
from serai.calc.schedule import RiskBand
from serai.programme import actions, queries
from serai.programme.actions import RiskText
from serai.programme.queries import ReviewRow, RiskRow
from serai.programme.queries.risks import TouchedMilestone

pytestmark = pytest.mark.django_db
D = date(2021, 6, 30)
LATER = datetime(2021, 7, 20, 12, tzinfo=UTC)


@pytest.fixture
def home():
    return make.initiative("home")


def released(home, audience, **fields):
    row = make.risk(home, "assumption", "Links stay up", **fields)
    return row if audience == "secretariat" else make.release(row, audience)


def review(row, probability=5, impact=4, now=make.NOON, by=make.STAFF, **fields):
    return actions.review_risk(
        risk=row, probability=probability, impact=impact, by=by, now=now, **fields
    )


def test_a_risk_s_row_says_all(home):
    owner = people.person(full_name="Nino")
    late = make.milestone(home, "1 July 2021")
    row = actions.record_risk(
        initiative=home,
        words=RiskText("risk", "Replies come late", "Holidays", "Less time", "accept", "Wait"),
        probability=2, impact=3, owner_id=owner.pk, review_on=date(2021, 5, 1),
        milestones=(late,), by=make.STAFF, now=make.NOON, told=make.told(),
    )  # fmt: skip
    review(row, review_on=date(2021, 6, 29))

    assert queries.risks(make.STAFF, D) == [
        RiskRow(
            public_id=row.public_id,
            initiative="home",
            initiative_name=home.name,
            kind="risk",
            text=TranslatedText.of("Replies come late"),
            cause=TranslatedText.of("Holidays"),
            consequence=TranslatedText.of("Less time"),
            probability=5,
            impact=4,
            score=20,
            band=RiskBand.HIGH,
            response="accept",
            response_text=TranslatedText.of("Wait"),
            owner="Nino",
            owner_id=owner.pk,
            review_on=date(2021, 6, 29),
            is_review_overdue=True,
            review_count=1,
            state="open",
            audience="secretariat",
            touched=(TouchedMilestone(late.public_id, 1, late.name),),
            node_codes=(),
            sample=False,
        )
    ]


def test_the_highest_score_comes_first_and_equals_as_they_were_recorded(home):
    other = make.initiative("other", order=30_000)
    for of, text, impact in ((other, "c", 4), (home, "a", 4), (home, "d", 1), (home, "b", 4)):
        make.risk(of, text=text, impact=impact)

    assert [str(row.text) for row in queries.risks(make.STAFF, D)] == ["a", "b", "c", "d"]
    assert [str(r.text) for r in queries.risks(make.STAFF, D, initiative="other")] == ["c"]


def test_without_risks_list_and_grid_are_empty():
    assert queries.risks(make.STAFF, D) == []
    assert queries.grid([]) == ((0, 0, 0, 0, 0),) * 5


def test_the_grid_counts_open_risks_and_issues(home):
    make.risk(home)
    happened = make.risk(home)
    actions.move_risk(risk=happened, state="happened", reason="x", by=make.STAFF, now=make.NOON)
    closed = make.risk(home)
    actions.move_risk(risk=closed, state="closed", reason="x", by=make.STAFF, now=make.NOON)
    make.risk(home, "assumption")
    make.risk(home, probability=5, impact=1)

    rows = queries.risks(make.STAFF, D)

    assert queries.grid(rows) == (
        (0, 0, 0, 0, 0),
        (0, 0, 0, 0, 0),
        (0, 0, 0, 2, 0),
        (0, 0, 0, 0, 0),
        (1, 0, 0, 0, 0),
    )
    assert [(row.kind, row.is_open) for row in rows] == [
        ("risk", True), ("issue", True), ("risk", False), ("assumption", True), ("risk", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("audience", "readers"),
    [("public", EVERY_KIND), ("members", {*MEMBER_KINDS, "expert"}), ("secretariat", STAFF_KINDS)],
)
def test_an_assumption_is_read_by_those_it_is_released_to(home, audience, readers):
    everybody = make.viewers("home")
    row = released(home, audience)

    assert {who for who, v in everybody.items() if queries.risks(v, D)} == readers
    for who, viewer in everybody.items():
        if who in readers:
            assert queries.risk(viewer, row.public_id) == row
        else:
            with pytest.raises(NotFound):
                queries.risk(viewer, row.public_id)


def test_a_released_assumption_names_nobody_to_the_public(home):
    everybody = make.viewers("home")
    released(home, "public", owner_id=people.person(full_name="Nino").pk)

    readers = {who for who, v in everybody.items() if queries.risks(v, D)[0].owner == "Nino"}

    assert readers == EVERY_KIND - {"public"}


def test_a_released_assumption_names_no_hidden_milestone(home):
    everybody = make.viewers("home")
    shown = make.milestone(home, "1 July 2021")
    hidden = make.milestone(home, "1 July 2021", audience="secretariat")
    released(home, "public", milestones=(hidden, shown))

    numbers = {who: queries.risks(v, D)[0].milestones for who, v in everybody.items()}

    assert numbers == dict.fromkeys(EVERY_KIND, ("1",)) | dict.fromkeys(STAFF_KINDS, ("1", "2"))


def test_reviews_come_latest_first(home):
    author = people.viewer_with("officer", full_name="Nino")
    row = make.risk(home)
    review(row, 1, 1, note="First", told=make.told())
    review(row, 5, 4, note="Second", by=author)

    assert queries.reviews(make.STAFF, row, D) == [
        ReviewRow(D, 5, 4, 20, "Second", ""),
        ReviewRow(make.EARLY, 1, 1, 1, "First", ""),
    ]
    assert [one.by for one in queries.reviews(author, row, D)] == ["Nino", ""]


def test_what_a_review_noted_stays_with_the_secretariat(home):
    everybody = make.viewers("home")
    row = released(home, "public")
    review(row, note="A worry about one member", by=people.viewer_with("officer", full_name="N"))

    read = {who: queries.reviews(v, row, D)[0] for who, v in everybody.items()}

    assert {who for who, one in read.items() if one.note} == STAFF_KINDS
    assert {one.score for one in read.values()} == {20}
    assert {who for who, one in read.items() if one.by} == EVERY_KIND - {
        "public", "members' report",
    }  # fmt: skip


def test_the_keeper_reads_what_reviews_noted(home):
    keeper = people.viewer_with()
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    row = released(home, "public")
    review(row, note="A worry")

    assert [one.note for one in queries.reviews(keeper, row, D)] == ["A worry"]


def test_what_is_reviewed_later_is_not_read_before(home):
    row = make.risk(home, review_on=date(2021, 7, 1))
    review(row, now=LATER, review_on=date(2021, 9, 1))
    actions.move_risk(risk=row, state="happened", reason="It did", by=make.STAFF, now=LATER)

    def read(day):
        (one,) = queries.risks(make.STAFF, day)
        return one.kind, one.state, one.score, one.band, one.review_on, one.review_count

    assert read(D) == ("risk", "open", 12, RiskBand.MEDIUM, date(2021, 7, 1), 0)
    assert read(LATER.date()) == ("issue", "happened", 20, RiskBand.HIGH, date(2021, 9, 1), 1)
    assert queries.reviews(make.STAFF, row, D) == []
    assert queries.risks(make.STAFF, date(2020, 12, 31)) == []


def test_a_closed_risk_has_no_review_overdue(home):
    row = make.risk(home, review_on=date(2021, 5, 1))
    actions.move_risk(risk=row, state="closed", reason="Over", by=make.STAFF, now=make.NOON)

    assert [r.is_review_overdue for r in queries.risks(make.STAFF, date(2021, 6, 29))] == [True]
    assert [r.is_review_overdue for r in queries.risks(make.STAFF, D)] == [False]


def test_a_sample_assumption_is_not_the_public_s(home):
    told = actions.Told(make.EARLY, "Records", sample=True)
    released(home, "public", told=told)

    assert queries.risks(ANONYMOUS, D) == []
    assert [row.sample for row in queries.risks(make.STAFF, D)] == [True]


@pytest.mark.parametrize("count", [1, 3])
def test_risks_take_one_query(home, count, django_assert_num_queries):
    linked = make.milestone(home)
    for _n in range(count):
        review(make.risk(home, milestones=(linked,)))

    with django_assert_num_queries(1):
        rows = queries.risks(make.STAFF, D)

    assert len(rows) == count


def test_what_sample_people_say_of_a_real_assumption_is_not_the_public_s():
    row = make.release(make.risk(kind="assumption"), "public")
    actions.review_risk(
        risk=row, probability=5, impact=5, note="Trial", by=make.TRIAL, now=make.NOON
    )
    actions.move_risk(risk=row, state="closed", reason="Trial", by=make.TRIAL, now=make.NOON)

    (staff,), (public,) = queries.risks(make.STAFF, D), queries.risks(ANONYMOUS, D)

    assert (staff.state, staff.score, staff.sample, staff.is_made_up) == ("closed", 25, True, False)
    assert (public.state, public.score, public.sample) == ("open", 12, False)
    assert queries.reviews(ANONYMOUS, row, D) == []
