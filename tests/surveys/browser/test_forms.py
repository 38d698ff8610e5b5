"""Whole forms in the browser, step by step beside Python: the reference scripts and random ones."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, reject, settings
from tests.calc.xforms.forms import opened
from tests.calc.xforms.scenarios import scripts
from tests.calc.xforms.test_flow import STEPS, forms, step
from tests.calc.xforms.xpath_vectors import env
from tests.surveys.browser import exceptions
from tests.surveys.browser.stages import difference
from tests.surveys.browser.twin import Twin

from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.form import FormFaults
from serai.calc.xforms.state import CannotChange, open_form

WHOLE = 162


def test_reference_scripts(engine):
    found = {script.name: difference(engine, script) for script in scripts()}

    wrong = {name: said for name, (said, _) in found.items() if said}
    assert {
        name: said for name, said in wrong.items() if name not in exceptions.listed("scenario")
    } == {}
    assert wrong.keys() == exceptions.listed("scenario").keys()
    assert (len(found), sum(is_whole for _, is_whole in found.values())) == (220, WHOLE)


@pytest.mark.parametrize("section", ["/data", "/data/r", "/data/r/s"])
def test_random_forms(engine, section):
    """A change in the browser gives what Python gives; Python's own test compares that with all anew."""
    seen = []

    @settings(
        max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(forms(), STEPS)
    def run(source, steps):
        try:
            form = compile_form(source)
        except FormFaults:
            reject()
        state = open_form(form, {}, None, env(), first=True)
        twin = Twin(engine, state, section)
        assert twin.difference(state) == ""
        for said in steps:
            change(twin, state, said)
            assert twin.difference(state) == ""
        seen.append((len(steps), not twin.logic.server))

    run()

    assert sum(count for count, _ in seen) > 100
    assert sum(is_whole for _, is_whole in seen) > 30


def change(twin, state, said):
    """Take one random step in both; what happens outside the page reloads it."""
    before = {id(cell): cell.text for cell in state.cells()}
    try:
        step(state, *said)
    except CannotChange:
        return
    changed = [cell for cell in state.cells() if before.get(id(cell), cell.text) != cell.text]
    typed = [cell for cell in changed if "calculate" not in cell.spec.rules]
    is_here = len(typed) == 1 and typed[0].spec.path.startswith(twin.logic.section)
    if said[0] == "set" and is_here:
        twin.set(typed[0], state)
    else:
        twin.open(state)


@pytest.mark.parametrize("day", ["2026-03-08", "2026-11-01", "2026-07-01", "1999-12-31"])
@pytest.mark.parametrize("clock", ["00:30", "01:30", "02:30", "03:30"])
def test_hours_that_come_twice_or_not_at_all(engine, day, clock):
    state = opened(
        "<a/><b/><c/>",
        '<bind nodeset="/data/b" calculate="decimal-date-time(/data/a)"/>'
        '<bind nodeset="/data/c" calculate="date-time(decimal-date-time(/data/a))"/>',
        zone=ZoneInfo("America/New_York"),
    )
    twin = Twin(engine, state)

    state.set(Ref("/data/a"), f"{day}T{clock}:00")
    twin.set(state.cell(Ref("/data/a")), state)

    assert state.value(Ref("/data/b")) != ""
    assert twin.difference(state) == ""
