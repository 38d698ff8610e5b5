"""What the audit keeps: hashes worked out by hand."""

import hashlib

from serai.surveys.actions.proofs import digest, first_total, is_kept
from serai.surveys.models import Answer


def row(**facts):
    return Answer(pk=3, salt="ab", path="/data/x", entry="e", value="Agency", source="web", **facts)


def test_a_digest_is_of_salt_place_reason_way_and_value():
    worked = hashlib.sha256(b"ab\x1f/data/x\x1fe\x1f\x1fweb\x1fAgency").hexdigest()

    assert digest(row()) == f"2:{worked}"
    assert is_kept(row(), f"2:{worked}")
    assert not is_kept(row(), worked)


def test_the_first_recipes_are_known():
    value = hashlib.sha256(b"abAgency").hexdigest()
    total = hashlib.sha256(b"/data/x\x1fe\x1f3\x1f\x1fAgency").hexdigest()

    assert is_kept(row(), value)
    assert first_total({("/data/x", "e"): row()}) == total
