"""The library leads a paper's number to its report, or says that there is none."""

import pytest
from tests.factories.members import person_with
from tests.factories.programme import initiative
from tests.factories.reports import run
from tests.factories.signed_in import sign_in

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


def test_without_a_number_the_library_lists(client, runs):
    sign_in(client, person_with("committee", "GEO"))

    page = client.get(LIBRARY)

    assert page.status_code == 200
    assert "There is no report" not in page.content.decode()
