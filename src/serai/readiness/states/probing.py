"""Connection tests in words."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from serai.base.shown import Mark
from serai.calc.network import LinkThin, Satisfaction
from serai.readiness.states import ProbeLength, RunSource, UdpPath

Words = Mapping[StrEnum, object]

LENGTHS: Words = {
    ProbeLength.SHORT: _("Short: up to 10 seconds, at most 16 MB"),
    ProbeLength.FULL: _("Full: up to 20 seconds, at most 80 MB"),
}
SOURCES: Words = {
    RunSource.PROBE: _("Measured"),
    RunSource.ENTERED: _("Entered"),
    RunSource.IMPORTED: _("Imported"),
}
UDP: Words = {
    UdpPath.OPEN: _("Open"),
    UdpPath.BLOCKED: _("Blocked"),
    UdpPath.NOT_MEASURABLE: _("Could not be measured"),
    UdpPath.NOT_TRIED: _("Not tried"),
}
UDP_MEANS: Words = {
    UdpPath.BLOCKED: _(
        "No small packet came through within five seconds. A firewall may stop UDP: meetings then "
        "fall back to a slower way. Ask who runs your network to open port 3478 and the "
        "platform's media ports."
    ),
    UdpPath.NOT_MEASURABLE: _(
        "This browser cannot send small packets, or is set not to. That says nothing of your "
        "network: try another browser."
    ),
}
THIN: Words = {
    LinkThin.FEW_RUNS: _("fewer than three tests"),
    LinkThin.FEW_DAYS: _("fewer than two days"),
    LinkThin.NO_BUSY_HOUR: _("no test in busy hours (workdays 09-12, 14-17)"),
    LinkThin.THIN_RUNS: _("every test was cut short or too short for so long a way"),
}
VOICES: Words = {
    Satisfaction.VERY_SATISFIED: _("very good"),
    Satisfaction.SATISFIED: _("good"),
    Satisfaction.SOME_DISSATISFIED: _("fair: some will complain"),
    Satisfaction.MANY_DISSATISFIED: _("poor: many will complain"),
    Satisfaction.NEARLY_ALL_DISSATISFIED: _("bad: nearly all will complain"),
    Satisfaction.NOT_RECOMMENDED: _("not fit for talking"),
}
_TONES = {RunSource.PROBE: "good", RunSource.ENTERED: "part", RunSource.IMPORTED: "part"}


def source_mark(source: str) -> Mark:
    """Return how a run came to us, as a mark."""
    kind = RunSource(source)
    return Mark(_TONES[kind], str(SOURCES[kind]))
