"""The doors of connection tests: consent, ticket, result, other tools, who may not."""

import gzip
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories.members import organisation, person_with
from tests.factories.readiness import (
    probe_point,
    probe_run,
    probe_ticket,
    probed_office,
    probed_room,
)

from serai.base.probe import (
    End,
    PacketReceipt,
    Receipt,
    Way,
    probe_key,
    read_ticket,
    sign_packets,
    sign_receipt,
)
from serai.readiness.models import ProbeRun, ProbeTicket, RunVoid

pytestmark = pytest.mark.django_db
BACKEND = "serai.config.accounts.SignIn"
KEY = probe_key("", "test-" * 12)
PAGE_AND_SCRIPT, SCRIPT = 12_000, 5_000


@pytest.fixture
def agency():
    return organisation()


@pytest.fixture
def office(agency):
    return probed_office(organisation=agency)


@pytest.fixture
def focal(client, agency):
    someone = person_with("lead", agency)
    client.force_login(someone, backend=BACKEND)
    return someone


@pytest.fixture
def officer(client, office):
    office.audience = "secretariat"
    office.save()
    someone = person_with("officer")
    client.force_login(someone, backend=BACKEND)
    return someone


def at(office, page=""):
    return f"/en/readiness/offices/{office.public_id}/tests/{page}"


def own_ticket(office, person, **fields):
    now = timezone.now()
    return probe_ticket(
        office,
        issued_to=person,
        **({"issued_at": now, "expires_at": now + timedelta(hours=2)} | fields),
    )


def told(ticket):
    def receipt(way, mbps):
        counts = tuple((ms, int(mbps * 125 * ms)) for ms in range(200, 5001, 200))
        return sign_receipt(Receipt(ticket.public_id, way, counts, 0, False, 1, {}), KEY)

    return {
        "down": receipt(Way.DOWNLOAD, 20),
        "up": receipt(Way.UPLOAD, 10),
        "idle": json.dumps([70, 71.5]),
        "loaded": "nonsense",
        "browser": "Firefox/140",
    }


# ---------------------------------------------------------------- lists
def test_without_an_office_the_list_says_what_comes(client, focal):
    answer = client.get("/en/readiness/tests/")

    assert "Offices appear once an agency is asked" in answer.content.decode()


def test_the_list_leads_to_an_offices_tests(client, focal, office):
    answer = client.get("/en/readiness/tests/")

    assert f'href="{at(office)}"' in answer.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_an_offices_page_asks_the_same_for_one_and_three(
    client, focal, office, count, django_assert_num_queries
):
    for _ in range(count):
        probe_run(office)
    client.get(at(office))

    with django_assert_num_queries(10):
        answer = client.get(at(office))

    assert answer.content.decode().count("/readiness/runs/") == count


def test_an_office_without_tests_asks_for_the_first(client, focal, office):
    page = client.get(at(office)).content.decode()

    assert "No test has been run here." in page
    assert f'href="{at(office, "new/")}"' in page


def test_entered_figures_alone_say_that_nothing_is_measured(client, focal, office):
    probe_run(office, source="entered", receipt="")

    assert "Nothing is measured yet" in client.get(at(office)).content.decode()


@pytest.mark.parametrize("page", ["", "new/", "enter/", "import/"])
def test_anothers_office_is_not_there(client, focal, page):
    assert client.get(at(probed_office(), page)).status_code == 404


@pytest.mark.parametrize("page", ["new/", "enter/", "import/"])
def test_officers_read_and_do_not_test(client, officer, office, page):
    assert client.get(at(office)).status_code == 200
    assert client.get(at(office, page)).status_code == 404


# ---------------------------------------------------------------- the test
def test_the_page_says_the_cost_and_who_sees_it(client, focal, office):
    probe_point()

    page = client.get(at(office, "new/")).content.decode()

    assert "at most 16 MB" in page
    assert "No address of yours is kept." in page


def test_without_consent_no_ticket_is_given(client, focal, office):
    point = probe_point()

    answer = client.post(at(office, "new/"), {"length": "short", "point": point.public_id})

    assert (answer.status_code, ProbeTicket.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["consents"]


def test_with_consent_the_test_waits(client, focal, office):
    point, room = probe_point(), probed_room(office)
    given = {
        "length": "full", "point": point.public_id, "room": room.public_id, "wired": "yes",
        "consents": "on",
    }  # fmt: skip

    answer = client.post(at(office, "new/"), given)

    ticket = ProbeTicket.objects.get()
    assert answer.headers["Location"] == f"/en/readiness/tests/{ticket.public_id}/"
    assert (ticket.room, ticket.is_wired, ticket.caps_bytes) == (room, True, 40_000_000)
    assert ticket.may_send_packets is False


def test_small_packets_are_agreed_to_apart(client, focal, office):
    given = {"length": "short", "point": probe_point().public_id, "consents": "on", "packets": "on"}

    client.post(at(office, "new/"), given)

    assert ProbeTicket.objects.get().may_send_packets is True


def test_without_a_point_there_is_entry_by_hand(client, focal, office):
    probe_point(is_in_use=False)

    page = client.get(at(office, "new/")).content.decode()

    assert "No test point is open now" in page
    assert at(office, "enter/") in page


def test_the_tickets_page_speaks_to_its_point_alone(client, focal, office):
    ticket = own_ticket(office, focal, point=probe_point(url="https://probe.example.org:8575"))

    answer = client.get(f"/en/readiness/tests/{ticket.public_id}/")

    page = answer.content.decode()
    signed = page.partition('data-ticket="')[2].partition('"')[0]
    policy = answer.headers["Content-Security-Policy"]
    assert read_ticket(signed, KEY).number == ticket.public_id
    assert "connect-src 'self' wss://probe.example.org:8575;" in f"{policy};"
    assert "htmx.min.js" not in page


def test_the_test_is_light(client, focal, office):
    ticket = own_ticket(office, focal)
    script, packets = (
        gzip.compress(Path(finders.find(f"readiness/{name}")).read_bytes(), 6)
        for name in ("probe.js", "udp.js")
    )

    page = gzip.compress(client.get(f"/en/readiness/tests/{ticket.public_id}/").content, 6)

    assert len(script) + len(packets) <= SCRIPT
    assert len(page) + len(script) + len(packets) <= PAGE_AND_SCRIPT


@pytest.mark.parametrize("agreed", [True, False])
def test_what_sends_packets_is_named_only_where_agreed(client, focal, office, agreed):
    ticket = own_ticket(office, focal, may_send_packets=agreed)

    page = client.get(f"/en/readiness/tests/{ticket.public_id}/").content.decode()

    signed = page.partition('data-ticket="')[2].partition('"')[0]
    assert ("readiness/udp.js" in page) is agreed
    assert read_ticket(signed, KEY).may_send_packets is agreed


def test_small_packets_are_taken_in_and_shown(client, focal, office):
    ticket = own_ticket(office, focal, may_send_packets=True)
    answers = tuple((number * 20, None if number % 10 == 0 else 50.0) for number in range(500))
    receipt = sign_packets(PacketReceipt(ticket.public_id, End.DONE, answers, 1, {}), KEY)

    answer = client.post(
        f"/en/readiness/tests/{ticket.public_id}/",
        told(ticket) | {"packets": receipt},
        follow=True,
    )

    run, page = ProbeRun.objects.get(), answer.content.decode()
    assert (run.udp, run.loss_share, run.source) == ("open", 0.1, "probe")
    assert "More than 5 % of packets were lost." in page
    assert "at best" not in page
    office_page = client.get(at(office)).content.decode()
    assert "Packets lost" in office_page
    assert "Open" in office_page


def test_a_browser_without_webrtc_is_told_apart(client, focal, office):
    ticket = own_ticket(office, focal, may_send_packets=True)

    answer = client.post(
        f"/en/readiness/tests/{ticket.public_id}/", told(ticket) | {"udp": "missing"}, follow=True
    )

    assert ProbeRun.objects.get().udp == "not_measurable"
    assert "That says nothing of your network" in answer.content.decode()


def test_what_the_test_showed_is_taken_in(client, focal, office):
    ticket = own_ticket(office, focal)

    answer = client.post(f"/en/readiness/tests/{ticket.public_id}/", told(ticket), follow=True)

    run = ProbeRun.objects.get()
    page = answer.content.decode()
    assert (run.source, run.rtt_ms, run.rtt_loaded_ms) == ("probe", 70.75, None)
    assert "Mbit/s" in page
    assert "at best: loss and jitter were not measured" in page


def test_the_same_test_is_not_taken_in_twice(client, focal, office):
    ticket = own_ticket(office, focal)
    client.post(f"/en/readiness/tests/{ticket.public_id}/", told(ticket))

    again = client.post(
        f"/en/readiness/tests/{ticket.public_id}/", told(ticket) | {"browser": "Other/1"}
    )
    page = client.get(f"/en/readiness/tests/{ticket.public_id}/").content.decode()

    assert (again.status_code, ProbeRun.objects.count()) == (422, 1)
    assert "Ask for a new link." in again.content.decode()
    assert "This ticket was used or has expired" in page
    assert "data-ticket" not in page


def test_anothers_ticket_is_not_there(client, focal, office, agency):
    ticket = own_ticket(office, person_with("lead", agency))

    assert client.get(f"/en/readiness/tests/{ticket.public_id}/").status_code == 404


# ---------------------------------------------------------------- results
@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"is_cut_short": True}, "The test ended before its time."),
        ({"is_thin": True}, "Run a full one."),
        ({"source": "entered", "receipt": "", "tool": "iperf3"}, "iperf3"),
        ({"distance_km": 834.0}, "<bdi>834</bdi> km away"),
        ({"up_tail_mbps": None}, "not measured"),
        ({"udp": "blocked"}, "A firewall may stop UDP"),
        ({"late_share": 0.02}, "Packets too late for a voice"),
    ],
)
def test_a_run_is_told_plainly(client, focal, office, fields, said):
    run = probe_run(office, point=probe_point(), **fields)

    page = client.get(f"/en/readiness/runs/{run.public_id}/").content.decode()

    assert said in page


def test_an_officer_says_that_a_run_does_not_count(client, officer, office):
    run = probe_run(office)
    address = f"/en/readiness/runs/{run.public_id}/"

    refused = client.post(f"{address}void/", {"reason": ""})
    done = client.post(f"{address}void/", {"reason": "Over a telephone."}, follow=True)

    assert refused.status_code == 422
    assert "Over a telephone." in done.content.decode()
    assert RunVoid.objects.get().by_id == officer.pk


def test_its_own_people_cannot(client, focal, office):
    run = probe_run(office)

    assert client.get(f"/en/readiness/runs/{run.public_id}/void/").status_code == 404


# ---------------------------------------------------------------- other tools
TYPED = {
    "tool": "iperf3", "day": "2021-06-30", "time": "09:30", "down": "12,5", "up": "8", "rtt": "90",
    "jitter": "", "loss": "1.5", "wired": "no",
}  # fmt: skip


def test_figures_of_another_tool_are_kept(client, focal, office):
    picture = SimpleUploadedFile("result.csv", b"down,up\n12.5,8\n")

    answer = client.post(at(office, "enter/"), TYPED | {"file": picture})

    run = ProbeRun.objects.get()
    assert answer.status_code == 303
    assert (run.down_tail_mbps, run.loss_share, run.is_wired) == (12.5, 0.015, False)
    assert run.at.isoformat() == "2021-06-30T05:30:00+00:00"
    assert run.file.name == "result.csv"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"down": "100000"}, "__all__"),
        ({"down": "fast"}, "down"),
        ({"time": "noon"}, "time"),
        ({"day": "2999-01-01"}, "__all__"),
        ({"loss": "200"}, "loss"),
        ({"tool": ""}, "tool"),
    ],
)
def test_a_likely_slip_comes_back_with_all_that_was_typed(client, focal, office, change, field):
    answer = client.post(at(office, "enter/"), TYPED | change)

    assert (answer.status_code, ProbeRun.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == [field]
    assert 'value="8"' in answer.content.decode()


def sheet(rows):
    text = "Day,Time,Tool,Download,Upload,Ping\n" + rows
    return {"sheet": SimpleUploadedFile("runs.csv", text.encode())}


def test_a_sheet_is_shown_first_and_then_entered(client, focal, office):
    shown = client.post(
        at(office, "import/"),
        sheet("2021-06-30,09:30,iperf3,12.5,8,90\n2021-07-01,10:00,iperf3,10,7,\n"),
    )
    before = ProbeRun.objects.count()

    done = client.post(at(office, "import/"), {"carried": shown.context["carried"]})

    assert (before, done.status_code) == (0, 303)
    assert [one.source for one in ProbeRun.objects.all()] == ["imported", "imported"]


def test_every_fault_of_a_sheet_is_named_and_nothing_entered(client, focal, office):
    shown = client.post(
        at(office, "import/"),
        sheet("2021-06-30,09:30,iperf3,100000,8,90\nyesterday,10:00,iperf3,x,7,\n"),
    )

    again = client.post(at(office, "import/"), {"carried": shown.context["carried"]})

    assert shown.context["faults"] == [
        "Row 2: More than 10,000 Mbit/s: did you mean kbit/s? Divide by 1,000.",
        "Row 3, Day: This is not a day. Write it as 2021-06-30.",
        "Row 3, Download, Mbit/s: 'x' is not a number. Write digits only, such as 50.",
    ]
    assert (again.status_code, ProbeRun.objects.count()) == (422, 0)


def test_an_old_preview_asks_for_the_sheet_again(client, focal, office):
    answer = client.post(at(office, "import/"), {"carried": "old"})

    assert answer.status_code == 422
