"""How quick the survey engine is: open, recalculate and check, one change, compile.

Time is that of the processor, so other programs do not count. The targets are for a common core;
say which machine measured.

./serai bench xforms
"""

from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from time import process_time

from benchmarks._figures import Board

from serai.calc.xforms.check import check
from serai.calc.xforms.compile import compile_form
from serai.calc.xforms.flow import Ref
from serai.calc.xforms.focus import Env
from serai.calc.xforms.instances import read_instance, write_instance
from serai.calc.xforms.state import FormState, open_form

ROUNDS = 60
HEAD = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Bench</h:title><model>'
)


def questionnaire(fields: int) -> str:
    """Write a form as XLSForm makes them: skip logic, sums, limits, choices, twenty a section."""
    body, binds, nodes = [], [], []
    for number in range(fields):
        section, name = f"s{number // 20}", f"q{number}"
        path = f"/data/{section}/{name}"
        before = f"/data/s{(number - 1) // 20}/q{number - 1}"
        kind = number % 5 if number else 0
        if number % 20 == 0:
            nodes.append(f"<{section}>")
            body.append(f'<group ref="/data/{section}">')
        nodes.append(f"<{name}/>")
        bind = {
            0: 'type="int" required="true()" constraint=". &gt;= 0 and . &lt; 1000000"',
            1: f'type="string" relevant="{before} &gt; 0" constraint="string-length(.) &lt; 200"',
            2: f"type=\"string\" relevant=\"selected({before}, 'b') or {before} = ''\"",
            3: f'type="decimal" required="{before} != \'\'" constraint=". &lt;= 100"',
            4: f'type="decimal" calculate="round({before} * 2 + coalesce(../q{number - 4}, 0), 1)"',
        }[kind]
        binds.append(f'<bind nodeset="{path}" {bind}/>')
        if kind == 2:
            items = "".join(f"<item><label>{v}</label><value>{v}</value></item>" for v in "abcde")
            body.append(f'<select1 ref="{path}"><label>{name}</label>{items}</select1>')
        elif kind != 4:
            body.append(f'<input ref="{path}"><label>{name}</label></input>')
        if number % 20 == 19 or number == fields - 1:
            nodes.append(f"</{section}>")
            body.append("</group>")
    return (
        f'{HEAD}<instance><data id="bench">{"".join(nodes)}</data></instance>{"".join(binds)}'
        f"</model></h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


def env() -> Env:
    return Env(
        now=datetime(2026, 11, 22, tzinfo=UTC), zone=UTC, language="", random=lambda: 0.5,
        new_uuid=lambda: "0", user={},
    )  # fmt: skip


def filled(fields: int) -> tuple[str, FormState, dict[Ref, str]]:
    """Open a form and answer all of it."""
    xml = questionnaire(fields)
    form = compile_form(xml)
    texts = {0: "12", 1: "words", 2: "b", 3: "40.5"}
    answers = {
        Ref(spec.path): texts[number % 5]
        for number, spec in enumerate(one for one in form.specs if one.name.startswith("q"))
        if number % 5 in texts
    }
    return xml, open_form(form, answers, None, env(), first=True), answers


def milliseconds(run: Callable[[], object], rounds: int = ROUNDS) -> float:
    took = []
    for _ in range(rounds):
        start = process_time()
        run()
        took.append(process_time() - start)
    return median(took) * 1000


def measure(board: Board, fields: int, most: float) -> None:
    """Judge one size of form."""
    xml, state, answers = filled(fields)
    numbers = iter(range(10_000_000))
    first = Ref("/data/s0/q0")

    def whole() -> None:
        state.recalculate()
        check(state)

    def one() -> None:
        state.set(first, str(1 + next(numbers) % 2))

    board.say(f"{fields} fields: recalculate and check", milliseconds(whole), "ms", most=most)
    board.say(f"{fields} fields: one change", milliseconds(one), "ms", most=1)
    board.say(
        f"{fields} fields: open",
        milliseconds(lambda: open_form(state.form, answers, None, env(), first=False), 20),
        "ms",
    )
    xml_of_answers = write_instance(state)

    def submission() -> None:
        found = read_instance(state.form, xml_of_answers)
        check(open_form(state.form, found.answers, found.entries, env(), first=False))

    board.say(f"{fields} fields: a submission read and checked", milliseconds(submission, 20), "ms")
    board.say(f"{fields} fields: compile", milliseconds(lambda: compile_form(xml), 5), "ms")


def chained(board: Board) -> None:
    """Judge a change that reaches a hundred calculations, each reading the one before."""
    nodes = "".join(f"<c{n}/>" for n in range(101))
    binds = "".join(
        f'<bind nodeset="/data/c{n}" type="int" calculate="/data/c{n - 1} + 1"/>'
        for n in range(1, 101)
    )
    form = compile_form(
        f'{HEAD}<instance><data id="chain">{nodes}</data></instance>{binds}</model></h:head>'
        '<h:body><input ref="/data/c0"/></h:body></h:html>'
    )
    state = open_form(form, {}, None, env(), first=True)
    numbers = iter(range(10_000_000))
    took = milliseconds(lambda: state.set(Ref("/data/c0"), str(next(numbers))))
    assert state.value(Ref("/data/c100")) == str(ROUNDS - 1 + 100)
    board.say("one change that 100 calculations follow", took, "ms")


def main() -> None:
    board = Board()
    measure(board, 100, most=2)
    measure(board, 551, most=15)
    chained(board)
    board.end()


if __name__ == "__main__":
    main()
