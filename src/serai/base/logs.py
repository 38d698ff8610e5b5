"""One JSON line for each request and each event, and the figures for /metrics.

What a line may hold: request number, route's name, status, milliseconds, queries, bytes, person
number. What it never holds: bodies, paths, addresses of people or machines, tokens.
"""

import json
import logging
import re
import sys
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TextIO

from django.db import connection
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

ACCESS = logging.getLogger("serai.access")
FACTS = ("request_id", "route", "status", "ms", "queries", "bytes", "person_id", "job", "event")
REQUESTS = Counter("serai_requests", "Answers given", ["route", "status"])
SECONDS = Histogram(
    "serai_request_seconds",
    "Time to answer",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15),
)
SECRETS = (
    (re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\.[^\s<>\"'(),;:]+"), "<e-mail>"),
    (re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b"), "<machine>"),
    (re.compile(r"(?<![\w.])(?=[\w-]*\d)[A-Za-z0-9_-]{20,}(?![\w.])"), "<token>"),
    (re.compile(r"(?<=[\s'\"(])/[a-z][^\s'\"]*"), "<path>"),
)
LONGEST_MESSAGE = 500


def scrub(text: str) -> str:
    """Take out what may not stand in a log: addresses, tokens, paths."""
    for pattern, mark in SECRETS:
        text = pattern.sub(mark, text)
    return text[:LONGEST_MESSAGE]


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON, with the facts it carries and nothing else."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
        }
        # Django's own request records put the path into the message: its first words are enough.
        message = record.getMessage()
        if hasattr(record, "request"):
            message = message.partition(": ")[0]
        line["message"] = scrub(message)
        for name in FACTS:
            if hasattr(record, name):
                line[name] = getattr(record, name)
        request = getattr(record, "request", None)
        if request is not None and hasattr(request, "request_id"):
            line["request_id"] = request.request_id
        if record.exc_info and record.exc_info[0] is not None:
            kind, error, trail = record.exc_info
            line["error"] = f"{kind.__module__}.{kind.__qualname__}"
            line["error_text"] = scrub(str(error))
            line["frames"] = [
                f"{frame.filename.partition('site-packages/')[2] or frame.filename}:"
                f"{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(trail)[-8:]
            ]
        return json.dumps(line, ensure_ascii=False, separators=(",", ":"))


def set_up(stream: TextIO | None = None) -> None:
    """Send every record as a JSON line to a stream (standard error unless told)."""
    lines = logging.StreamHandler(stream or sys.stderr)
    lines.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [lines]
    root.setLevel(logging.WARNING)
    logging.getLogger("serai").setLevel(logging.INFO)
    # Missing pages and refused methods are the access lines' business.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    logging.captureWarnings(capture=True)


class Tally:
    """Counts a request's queries, as Django's execute wrapper."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.count += 1
        return execute(sql, params, many, context)


def route_of(request: HttpRequest) -> str:
    """Name the route, never the path: `programme:milestone`, or a dash when none fits."""
    match = request.resolver_match
    return (match.view_name or match.route) if match else "-"


def size_of(response: HttpResponseBase) -> int | None:
    """Return an answer's bytes; None for a stream of unknown length."""
    if response.headers.get("Content-Length", "").isdigit():
        return int(response.headers["Content-Length"])
    return None if response.streaming else len(response.content)  # type: ignore[attr-defined]


class AccessLog:
    """Write one line per request, and count it for /metrics."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        tally, began = Tally(), time.perf_counter()
        with connection.execute_wrapper(tally):
            response = self.get_response(request)
        seconds = time.perf_counter() - began
        route = route_of(request)
        REQUESTS.labels(route, str(response.status_code)).inc()
        SECONDS.labels(route).observe(seconds)
        # The person is named only where the request loaded them anyway: no query for a log line.
        person = getattr(request, "_cached_user", None)
        ACCESS.info(
            request.method or "-",
            extra={
                "request_id": getattr(request, "request_id", "-"),
                "route": route,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "queries": tally.count,
                "bytes": size_of(response),
                "person_id": getattr(person, "pk", None),
            },
        )
        return response
