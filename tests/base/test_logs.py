"""One line per request, without anything that may not stand there."""

import io
import json
import logging

import pytest
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from serai.base import logs


@pytest.fixture
def lines():
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.set_up(stream)
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    logging.captureWarnings(capture=False)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("mail for aigul.s@moe.example failed", "mail for <e-mail> failed"),
        ("refused from 10.1.2.30 again", "refused from <machine> again"),
        ("token Zk3_9xQe7LmN2pRsT5vWy8 used twice", "token <token> used twice"),
        ("cannot open '/var/lib/serai/files/a.pdf'", "cannot open '<path>'"),
        ("Table of 12 rows, 3 columns", "Table of 12 rows, 3 columns"),
        ("serai.programme.actions.milestones.record", "serai.programme.actions.milestones.record"),
    ],
)
def test_scrub_takes_out_addresses_tokens_and_paths(text, clean):
    assert logs.scrub(text) == clean


def test_an_error_is_written_with_its_kind_and_its_frames_but_no_values(lines):
    try:
        raise ValueError("row of nino@health.example is broken")
    except ValueError:
        logging.getLogger("serai.members").exception("Import stopped")

    [line] = lines()
    assert line["message"] == "Import stopped"
    assert line["error"] == "builtins.ValueError"
    assert line["error_text"] == "row of <e-mail> is broken"
    assert line["frames"][-1].endswith("no_values")


def test_djangos_request_records_lose_their_path(lines):
    request = RequestFactory().get("/en/join/secret-token-1/")
    request.request_id = "abc"

    logging.getLogger("django.request").error(
        "%s: %s",
        "Internal Server Error",
        request.path,
        extra={"request": request, "status_code": 500},
    )

    [line] = lines()
    assert (line["message"], line["request_id"]) == ("Internal Server Error", "abc")
    assert "secret" not in json.dumps(line)


@pytest.mark.django_db
def test_each_request_leaves_one_line_with_its_facts(lines):
    request = RequestFactory().get("/en/join/secret-token-1/?email=a@b.example")
    request.request_id = "f00"

    response = logs.AccessLog(lambda request: HttpResponse(b"12345", status=203))(request)

    [line] = lines()
    assert response.status_code == 203
    assert {name: line[name] for name in ("request_id", "route", "status", "queries", "bytes")} == {
        "request_id": "f00",
        "route": "-",
        "status": 203,
        "queries": 0,
        "bytes": 5,
    }
    assert line["person_id"] is None
    assert "secret" not in json.dumps(line)
    assert "example" not in json.dumps(line)


@pytest.mark.django_db
def test_queries_of_a_request_are_counted(lines, django_user_model):
    def answer(request):
        list(django_user_model.objects.all())
        return StreamingHttpResponse([b"a"])

    request = RequestFactory().get("/")
    logs.AccessLog(answer)(request)

    [line] = lines()
    assert (line["queries"], line["bytes"]) == (1, None)
