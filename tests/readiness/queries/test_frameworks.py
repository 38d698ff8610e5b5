"""Editions are listed, found and compiled once."""

import pytest
from tests.factories import readiness as make
from tests.factories.members import person, person_with

from serai.base.access import NotFound, Viewer
from serai.members.queries import viewer_of
from serai.readiness.queries import frameworks as queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    make.home()
    return viewer_of(person_with("officer", make.HOME), make.NOON)


@pytest.fixture
def reader():
    return viewer_of(person(), make.NOON)


@pytest.mark.parametrize(
    ("listed", "build"),
    [(queries.framework_editions, make.framework), (queries.tier_editions, make.tiers)],
)
def test_drafts_are_listed_for_officers_alone(officer, reader, listed, build):
    build()
    build(state="draft")

    found = [
        [(row.number, row.state) for row in listed(one)] for one in (officer, reader, Viewer())
    ]

    assert found == [[(2, "draft"), (1, "in_use")], [(1, "in_use")], []]


@pytest.mark.parametrize(
    ("find", "find_draft", "build"),
    [
        (queries.framework, queries.draft, make.framework),
        (queries.tier_table, queries.tier_draft, make.tiers),
    ],
)
def test_what_may_not_be_read_is_not_found(officer, reader, find, find_draft, build):
    used, draft = build(), build(state="draft")

    assert find(reader, used.public_id) == used
    assert find_draft(officer, draft.public_id) == draft
    for viewer, ask, number in (
        (reader, find, draft.public_id), (officer, find, "none"),
        (officer, find_draft, used.public_id), (Viewer(), find, used.public_id),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            ask(viewer, number)


def test_no_table_is_in_use_before_the_first():
    assert queries.tiers_in_use() is None


def test_the_faults_of_a_document_are_named_by_their_row():
    document = make.document()
    document["dimensions"][0]["weight"] = 1

    assert queries.faults(document) == ("dimensions: the weights make 71, not 100.",)
    assert queries.faults(make.document()) == ()


def test_platforms_are_read_with_every_fault():
    document = make.tiers_document()
    document["tiers"][0]["platform"] = "pigeon"
    document["tiers"][1]["dated_on"] = "soon"
    document["platforms"][0]["colour"] = "red"
    document["more"] = 1

    found = queries.platforms(document)

    assert len(found.tiers) == len(document["tiers"]) - 1
    assert found.faults == (
        "tiers: Row 2: dated_on 'soon' is not a day. Write it as 2026-11-30.",
        "tiers: platform 'pigeon' is not among the platforms.",
        "tiers: platform 'teams' is not among the platforms.",
        "'more' is not known here.",
        "platforms row 1 (teams): 'colour' is not known here.",
    )


def test_a_table_without_rows_is_empty():
    assert queries.platforms({"tiers": "none"}) == queries.Platforms((), (), ())


def test_the_presets_tiers_are_whole():
    found = queries.platforms(make.tiers_document())

    assert found.faults == ()
    assert {one.platform for one in found.tiers} == {one.code for one in found.platforms}
    zoom = [t for t in found.tiers if (t.platform, t.profile) == ("zoom", "group video")]
    assert [(t.up_kbps, t.down_kbps) for t in zoom] == [(1000, 600), (2600, 1800), (3800, 3000)]
