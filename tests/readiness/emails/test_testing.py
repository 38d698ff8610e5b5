import pytest
from tests.factories.members import NOON, viewer_with
from tests.factories.readiness import probe_run, probed_office

from serai.base.mail import send_all
from serai.readiness import emails

pytestmark = pytest.mark.django_db


def test_officers_get_a_link_and_no_figure():
    officer = viewer_with("officer")
    run = probe_run(probed_office(name="Tbilisi"), down_tail_mbps=4321.5)

    written = send_all(emails.run_doubted(run, NOON), now=NOON)

    assert [one.person_id for one in written] == [officer.person_id]
    assert written[0].subject == "A connection test to look at: Tbilisi"
    assert f"/readiness/runs/{run.public_id}/" in written[0].text
    assert "4321" not in written[0].text
