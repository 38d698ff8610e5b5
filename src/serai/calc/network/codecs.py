"""Voice codecs as the E-model sees them, each with where its figures come from."""

from dataclasses import dataclass
from enum import StrEnum


class Footing(StrEnum):
    """What a codec's figures rest on."""

    PUBLISHED = "published"
    TO_BE_VERIFIED = "to_be_verified"
    ASSUMED = "assumed"


class UnknownCodec(ValueError):
    """A codec that the table does not hold; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Codec:
    """One codec.

    Attributes:
        key: stable name.
        name: what people call it.
        ie: equipment impairment without loss.
        bpl: robustness to packet loss, in percent.
        footing: whether the two are published, to be verified or assumed; shown with every R.
        source: where they stand.
    """

    key: str
    name: str
    ie: float
    bpl: float
    footing: Footing
    source: str


_G113 = "ITU-T G.113, appendix I"
OPUS = Codec(
    "opus", "Opus", 0, 25.1, Footing.ASSUMED,
    "assumption: as G.711 with concealment; no published figures (xiph/opus#51)",
)  # fmt: skip
CODECS = (
    Codec("g711", "G.711", 0, 4.3, Footing.PUBLISHED, _G113),
    Codec("g711_plc", "G.711 with concealment", 0, 25.1, Footing.PUBLISHED, _G113),
    Codec("g729a_vad", "G.729A with VAD", 11, 19, Footing.PUBLISHED, _G113),
    Codec("g7231_vad", "G.723.1 6.3 kbit/s with VAD", 15, 16.1, Footing.PUBLISHED, _G113),
    Codec("gsm_efr", "GSM-EFR", 5, 10, Footing.TO_BE_VERIFIED, _G113),
    OPUS,
)


def codec(key: str) -> Codec:
    """Find a codec by its key.

    Args:
        key: one of the table.
    Returns:
        The codec.
    Raises:
        UnknownCodec: if the table does not hold it; the sentence lists what it holds.
    Source: docs/methods/voice-quality.md, "Codecs".
    """
    for one in CODECS:
        if one.key == key:
            return one
    raise UnknownCodec(
        f"There is no codec {key}. Choose from {', '.join(one.key for one in CODECS)}."
    )
