"""Pages of long lists, kept filters, and the list as a file."""

import pytest
from django.http import QueryDict

from serai.base.lists import download, kept_query, page_of
from serai.base.tables import Column, Table

TABLE = Table("Milestones", [Column("name", "Name")], [["First"], ["Second"]])


class Asked:
    def __init__(self, query: str) -> None:
        self.GET = QueryDict(query)


def test_a_page_holds_fifty_rows():
    page = page_of(Asked("page=2"), range(120))

    assert list(page.object_list) == list(range(50, 100))
    assert page.paginator.num_pages == 3


@pytest.mark.parametrize("written", ["", "page=x", "page=0"])
def test_a_page_that_is_not_understood_is_one_that_exists(written):
    assert page_of(Asked(written), range(60)).number in {1, 2}


def test_filters_are_kept_without_page_and_file_kind():
    assert kept_query(Asked("state=open&page=3&as=csv&q=a%26b")) == "state=open&q=a%26b"


def test_a_list_comes_as_a_file_when_asked():
    found = download(Asked("as=csv"), TABLE, "milestones")

    assert found.headers["Content-Type"].startswith("text/csv")
    assert b"Second" in found.getvalue()


@pytest.mark.parametrize("written", ["", "as=pdf"])
def test_any_other_wish_shows_the_page(written):
    assert download(Asked(written), TABLE, "milestones") is None
