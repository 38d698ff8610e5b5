import hashlib
from datetime import UTC, datetime, timedelta, timezone

import pytest

from serai.base.audit.chain import Entry, canonical, first_hash, next_hash

pytestmark = pytest.mark.either_engine


def test_the_vector_of_the_method():
    facts = {"by": 7, "id": 1, "thing": "surveys.survey:3", "verb": "close_survey"}

    assert next_hash(first_hash("test"), facts) == (
        "b47299efb07092dc9881f7a315a5648953e4029bcdf47b7839dc71b903e393e9"
    )


def test_the_vector_by_hand():
    text = b'{"by":7,"id":1,"thing":"surveys.survey:3","verb":"close_survey"}'
    start = hashlib.sha256(b"serai-audit-v1:test").digest()

    assert hashlib.sha256(start + text).hexdigest() == (
        "b47299efb07092dc9881f7a315a5648953e4029bcdf47b7839dc71b903e393e9"
    )


def test_canonical_sorts_names_and_writes_signs_plainly():
    assert (
        canonical({"б": 1, "a": ["ё", None, True, 1.5]})
        == '{"a":["ё",null,true,1.5],"б":1}'.encode()
    )


def test_facts_leave_out_what_says_nothing_and_write_utc():
    tashkent = timezone(timedelta(hours=5))
    entry = Entry(
        id=1, at=datetime(2021, 6, 30, 17, tzinfo=tashkent), verb="close", thing="a.b:1", after={}
    )

    assert entry.facts() == {
        "id": 1, "at": "2021-06-30T12:00:00.000000Z", "verb": "close", "thing": "a.b:1", "after": {},
    }  # fmt: skip


def test_facts_hold_every_field_that_is_set():
    at = datetime(2021, 6, 30, 12, tzinfo=UTC)
    entry = Entry(1, at, "close", "a.b:1", 7, 8, {"state": "open"}, {"state": "closed"}, "r1")

    assert set(entry.facts()) == {
        "id", "at", "verb", "thing", "by", "behalf_of", "before", "after", "request_id",
    }  # fmt: skip
