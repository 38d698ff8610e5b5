"""The library leads a paper's number to its report, or says that there is none."""

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import NOON, file_of, run
from tests.factories.signed_in import sign_in

from serai.reports.models import Run
from serai.reports.states import RunState

pytestmark = pytest.mark.django_db
LIBRARY = "/en/reports/"


@pytest.fixture
def runs():
    """An issued report to members, one to the secretariat, and one being built."""
    initiative("virtual-carec")
    return (
        run(RunState.ISSUED), run(RunState.ISSUED, audience="secretariat"), run(),
    )  # fmt: skip


def test_a_number_leads_to_the_report_its_reader_may_see(client, runs):
    members, secretariat, draft = runs
    sign_in(client, person_with("officer"))

    found = [client.get(LIBRARY, {"number": f" {one.number} "}) for one in runs]

    assert [answer.status_code for answer in found] == [303, 303, 303]
    assert [answer["Location"] for answer in found] == [
        f"{LIBRARY}{members.public_id}/read/", f"{LIBRARY}{secretariat.public_id}/read/",
        f"{LIBRARY}{draft.public_id}/",
    ]  # fmt: skip


def test_a_number_that_is_not_the_reader_s_is_no_report(client, runs):
    members, secretariat, draft = runs
    sign_in(client, person_with("committee", "GEO"))

    own = client.get(LIBRARY, {"number": members.number})
    others = [
        client.get(LIBRARY, {"number": number})
        for number in (secretariat.number, draft.number, 999, "R-1", "\u0661", "1" * 40)
    ]

    assert own["Location"] == f"{LIBRARY}{members.public_id}/read/"
    assert [answer.status_code for answer in others] == [404] * 6
    assert "There is no report R-1 that you may read." in others[3].content.decode()
    assert f"{members.public_id}/read/" in others[3].content.decode()


def test_the_library_says_the_day_of_issue_on_the_programmes_calendar(client, runs):
    Run.objects.filter(pk=runs[0].pk).update(issued_at=NOON.replace(hour=17))
    sign_in(client, person_with("committee", "GEO"))

    page = client.get(LIBRARY).content.decode()

    assert '<time datetime="2021-07-01">1 July 2021</time>.' in page


def test_without_a_number_the_library_lists(client, runs):
    sign_in(client, person_with("committee", "GEO"))

    page = client.get(LIBRARY)

    assert page.status_code == 200
    assert "There is no report" not in page.content.decode()


def test_the_library_is_read_by_kind_day_and_language(client, runs):
    members, secretariat, _draft = runs
    file_of(secretariat, language="ru")
    sign_in(client, person_with("officer"))

    everything = client.get(LIBRARY)
    russian = client.get(LIBRARY, {"language": "ru", "kind": "progress", "day": "2021-06-30"})
    never = client.get(LIBRARY, {"day": "2020-01-01"})
    unread = client.get(LIBRARY, {"day": "someday", "page": "x"})

    def listed(answer):
        return [row.number for row in answer.context["page"]]

    assert listed(everything) == listed(unread) == [secretariat.number, members.number]
    assert listed(russian) == [secretariat.number]
    assert 'value="ru" selected' in russian.content.decode()
    assert listed(never) == []
    assert "No report fits. Choose another kind, day or language." in never.content.decode()


def test_the_next_page_of_the_library_keeps_what_was_asked_for(client, runs, monkeypatch):
    monkeypatch.setattr("serai.reports.queries.issued.PAGE_ROWS", 1)
    sign_in(client, person_with("officer"))

    page = client.get(LIBRARY, {"kind": "progress", "day": ""})

    assert [row.number for row in page.context["page"]] == [runs[1].number]
    assert 'rel="next" href="?kind=progress&amp;page=2"' in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_library_asks_as_often_for_one_as_for_three(client, django_assert_num_queries, count):
    initiative("virtual-carec")
    for _number in range(count):
        file_of(run(RunState.ISSUED, audience="public"))

    with django_assert_num_queries(8):
        assert client.get(LIBRARY).status_code == 200
