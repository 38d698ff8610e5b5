import pytest

from serai.calc.network import LinkThin, Satisfaction
from serai.readiness.states import ProbeLength, RunSource, UdpPath
from serai.readiness.states.probing import LENGTHS, SOURCES, THIN, UDP, VOICES, source_mark


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        (LENGTHS, ProbeLength),
        (SOURCES, RunSource),
        (UDP, UdpPath),
        (THIN, LinkThin),
        (VOICES, Satisfaction),
    ],
)
def test_every_kind_has_its_words(words, kinds):
    assert set(words) == set(kinds)


@pytest.mark.parametrize(
    ("source", "tone"), [("probe", "good"), ("entered", "part"), ("imported", "part")]
)
def test_only_what_our_probe_measured_is_good(source, tone):
    assert source_mark(source).tone == tone
