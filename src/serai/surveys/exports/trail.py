"""The rows of one response with their proofs, as JSON; how to verify them stands in the docs."""

import json
from dataclasses import asdict
from datetime import UTC, datetime

from serai.surveys.queries import Trail

FORMAT = "serai-trail-2"


def trail_json(found: Trail) -> bytes:
    """Write a trail; the same rows give the same bytes."""
    whole = {"format": FORMAT, **asdict(found)}
    return json.dumps(whole, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> str:
    """Write a moment as the sealed lines write it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    raise TypeError(value)
