"""Who did what: written with the act itself, sealed each minute, never changed."""

from serai.base.audit.chain import Entry, canonical, first_hash, next_hash
from serai.base.audit.recording import record, request_number, together
from serai.base.audit.sealing import (
    SEAL_WITHIN,
    Head,
    SealedLine,
    head,
    lines_of,
    seal,
    unsealed_since,
)
from serai.base.audit.verifying import Fault, Verdict, verify

__all__ = [
    "SEAL_WITHIN",
    "Entry",
    "Fault",
    "Head",
    "SealedLine",
    "Verdict",
    "canonical",
    "first_hash",
    "head",
    "lines_of",
    "next_hash",
    "record",
    "request_number",
    "seal",
    "together",
    "unsealed_since",
    "verify",
]
