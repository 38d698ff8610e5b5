"""Imports: read by those who keep the initiative."""

from datetime import date

import pytest
from tests.factories import members as people
from tests.factories import programme as make
from tests.factories.programme import STAFF_KINDS

from serai.base.access import NotFound
from serai.calc.schedule import on_day
from serai.programme import actions, queries
from serai.programme.models import ImportBatch
from serai.programme.queries import ImportRow, PreviewRow

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return make.initiative("home")


def brought(home, text="number,end\n1,2021-07-30\n", name="dates.csv", by=make.STAFF, **fields):
    batch = actions.preview_import(
        initiative=home, content=text.encode(), name=name, language="en", by=by, now=make.NOON
    )
    ImportBatch.objects.filter(pk=batch.pk).update(**fields)
    return batch


def test_an_import_s_row_says_all(home):
    officer = people.viewer_with("officer", full_name="Nino")
    batch = brought(home, by=officer)

    assert queries.imports(make.STAFF) == [
        ImportRow(batch.public_id, "dates.csv", "home", home.name, "Nino", make.NOON, "previewed")
    ]


def test_the_latest_twenty_come_latest_first(home):
    for number in range(21):
        brought(home, name=f"{number}.csv")
    brought(home, name="early.csv", read_at=make.NOON.replace(hour=1))

    names = [row.file_name for row in queries.imports(make.STAFF)]

    assert names == [f"{number}.csv" for number in range(20, 0, -1)]
    assert {row.by for row in queries.imports(make.STAFF)} == {""}


def test_other_initiatives_imports_do_not_push_one_s_own_away(home):
    brought(home, name="mine.csv", read_at=make.NOON.replace(hour=1))
    other = make.initiative("other")
    for _n in range(20):
        brought(other)

    found = queries.imports(people.viewer_with("officer", "home"))

    assert [row.file_name for row in found] == ["mine.csv"]


def test_without_imports_the_list_is_empty():
    assert queries.imports(make.STAFF) == []


def test_an_import_is_found_by_those_who_keep_the_initiative(home):
    keeper = people.viewer_with()
    home.keeper_id = keeper.person_id
    home.save(update_fields=["keeper"])
    everybody = make.viewers("home") | {"keeper": keeper}
    batch = brought(home)

    def finds(viewer):
        try:
            return queries.import_batch(viewer, batch.public_id) == batch
        except NotFound:
            return False

    readers = {*STAFF_KINDS, "keeper"}
    assert {who for who, v in everybody.items() if queries.imports(v)} == readers
    assert {who for who, viewer in everybody.items() if finds(viewer)} == readers


def test_a_preview_gives_the_file_s_lines(home):
    make.milestone(home, "22 June 2021")
    batch = brought(home, "number,name,end\n1,,2021-07-30\n9,Nothing,2021-07-30\n")

    assert queries.preview_rows(batch) == [
        PreviewRow(
            "change", "1", "Milestone 1", "22 June 2021", "30 July 2021", "",
            on_day(date(2021, 7, 30), "30 July 2021"),
        ),
        PreviewRow(
            "unknown", "9", "Nothing", "", "30 July 2021",
            "Row 3, column “number”: there is no milestone 9 here. Mend the number, or take the row "
            "out.",
            place="Row 3, column “number”",
        ),
    ]  # fmt: skip
    assert queries.preview_rows(brought(home, "number,end\n")) == []


@pytest.mark.parametrize("count", [1, 3])
def test_imports_take_two_queries(home, count, django_assert_num_queries):
    for _n in range(count):
        brought(home)

    with django_assert_num_queries(2):
        assert len(queries.imports(make.STAFF)) == count
