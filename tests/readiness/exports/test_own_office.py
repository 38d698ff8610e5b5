"""An office's archive."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from tests.factories import assessing as make
from tests.factories import members as people

from serai.base.tables import Column, Table
from serai.readiness.exports.own_office import RUN_COLUMNS, office_archive, runs_rows
from serai.readiness.queries.runs import runs

pytestmark = pytest.mark.django_db


def test_every_figure_of_a_test_stands_in_its_row():
    office = make.office(audience="secretariat")
    make.run(office, at=datetime(2021, 3, 1, 10, 30, tzinfo=UTC), loss_share=0.01)

    (row,) = runs_rows(runs(people.viewer_with("officer"), office)).cells()
    told = dict(zip(RUN_COLUMNS, row, strict=True))

    assert (told["at"], told["source"], told["loss_percent"]) == (
        "2021-03-01T10:30:00+00:00", "probe", 1.0,
    )  # fmt: skip
    assert (told["udp"], told["is_cut_short"], told["void_reason"]) == ("open", "no", "")


def test_each_table_is_a_file_and_the_same_tables_give_the_same_bytes():
    table = Table(title="Facts", columns=[Column("fact", "fact")], rows=[["link.rate"]])

    content = office_archive([("facts", table)], [])

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["facts.csv", "deliveries.csv"]
        assert archive.read("facts.csv").decode("utf-8-sig").split() == ["fact", "link.rate"]
    assert office_archive([("facts", table)], []) == content
