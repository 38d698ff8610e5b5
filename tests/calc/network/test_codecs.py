"""The table of codecs."""

import pytest

from serai.calc.network.codecs import CODECS, OPUS, Footing, UnknownCodec, codec


def test_the_table():
    assert [(one.key, one.ie, one.bpl, one.footing) for one in CODECS] == [
        ("g711", 0, 4.3, Footing.PUBLISHED),
        ("g711_plc", 0, 25.1, Footing.PUBLISHED),
        ("g729a_vad", 11, 19, Footing.PUBLISHED),
        ("g7231_vad", 15, 16.1, Footing.PUBLISHED),
        ("gsm_efr", 5, 10, Footing.TO_BE_VERIFIED),
        ("opus", 0, 25.1, Footing.ASSUMED),
    ]


def test_every_codec_has_a_name_and_a_source_and_opus_says_that_it_is_assumed():
    assert all(one.name and one.source for one in CODECS)
    assert codec("opus") is OPUS
    assert OPUS.source.startswith("assumption")


def test_an_unknown_codec_is_refused_with_the_list():
    with pytest.raises(UnknownCodec) as refusal:
        codec("speex")

    assert str(refusal.value) == (
        "There is no codec speex. Choose from g711, g711_plc, g729a_vad, g7231_vad, gsm_efr, opus."
    )
