"""The repair bench: closed but within an open unlock, and no wider than it."""

from datetime import timedelta

import pytest
from tests.factories import members as make
from tests.factories import programme as plan

from serai.base.access import NotFound
from serai.base.bench import BENCH
from serai.config import plugs
from serai.members import queries
from serai.members.models import AudienceChange, Unlock

pytestmark = pytest.mark.django_db
NOON = make.NOON
SECRETS = {
    "token_hash", "session_key", "sealed", "password", "email", "note", "copy", "reason", "text",
    "html", "subject", "snapshot", "names", "title_text", "address", "full_name",
}  # fmt: skip


@pytest.fixture(autouse=True)
def plugged():
    plugs.plug()


def administrator(scope="", minutes=30, **fields):
    person = make.person_with("administrator")
    if scope:
        Unlock.objects.create(
            administrator=person,
            scope=scope,
            reason="Repair",
            opened_at=NOON,
            until_at=NOON + timedelta(minutes=minutes),
            **fields,
        )
    return person


def test_the_bench_opens_within_the_hour_alone():
    person = administrator("members", minutes=30)

    open_at = [
        "unlocked" in queries.viewer_of(person, NOON + timedelta(minutes=n)).keys
        for n in (0, 29, 30)
    ]

    assert open_at == [True, True, False]


@pytest.mark.parametrize(
    "role",
    ["administrator", "coordinator", "officer", "focal_point", "lead", "contributor", "expert"],
)
def test_without_an_unlock_there_is_no_bench(role):
    viewer = make.viewer_with(role)

    with pytest.raises(NotFound):
        queries.bench_tables(viewer)
    with pytest.raises(NotFound):
        queries.bench_row(viewer, "members.person", viewer.person_id)


def test_every_table_has_columns_without_words_or_secrets():
    shown = {shelf.name: set(shelf.columns) & SECRETS for shelf in BENCH.shelves.values()}

    assert {name for name, found in shown.items() if found} == set()
    assert {"members.grant", "programme.milestone", "reports.run", "base.job"} <= set(shown)


def test_every_table_answers_with_its_rows():
    viewer = queries.viewer_of(administrator("secretariat"), NOON)

    counts = {
        one.shelf.name: one.count for _room, rows in queries.bench_tables(viewer) for one in rows
    }

    assert counts["members.person"] == 1
    assert counts["members.unlock"] == 1
    assert set(counts) == set(BENCH.shelves)


@pytest.mark.parametrize(
    ("scope", "seen"),
    [("members", {"members", "public"}), ("secretariat", {"members", "public", "secretariat"})],
)
def test_content_stands_there_as_far_as_the_unlock_opens_it(scope, seen):
    country = make.member("GEO")
    initiative = plan.initiative("virtual-carec", audience="public")
    for audience in ("country", "secretariat", "members", "public"):
        plan.milestone(initiative, audience=audience, country=country)
    AudienceChange.objects.create(
        thing="surveys.response:1", member=country, from_audience="organisation",
        to_audience="country", by=make.person(), at=NOON,
    )  # fmt: skip
    viewer = queries.viewer_of(administrator(scope), NOON)

    rows = BENCH.shelf("programme.milestone").rows(viewer)

    assert set(rows.values_list("audience", flat=True)) == seen
    assert BENCH.shelf("members.audiencechange").rows(viewer).count() == 0
    hidden = set(BENCH.shelf("programme.milestone").model.objects.all()) - set(rows)
    for row in hidden:
        with pytest.raises(NotFound):
            queries.bench_row(viewer, "programme.milestone", row.pk)


def test_a_table_not_on_the_bench_is_not_found():
    viewer = queries.viewer_of(administrator("members"), NOON)

    with pytest.raises(NotFound):
        queries.bench_table(viewer, "base.message")


def test_own_open_unlock_is_ones_own():
    person = administrator("members")
    other = administrator("members")
    viewer = queries.viewer_of(person, NOON)

    found = queries.own_open_unlock(viewer, NOON)

    assert found.administrator_id == person.pk != other.pk
    assert queries.own_open_unlock(viewer, NOON + timedelta(hours=1)) is None
