"""The dependency graph of a form: which rule reads what, and the order in which they run."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from serai.calc.xforms.form import (
    CALCULATE,
    CHOICES,
    COUNT,
    RELEVANT,
    CompiledForm,
    FormFault,
)

Edges = dict[int, set[int]]


def arrange(form: CompiledForm) -> list[FormFault]:
    """Give every rule its order and every field its readers.

    Returns:
        A fault for each cycle; empty where the form can be calculated.
    """
    strict, loose = _edges(form)
    both = {one: strict[one] | loose[one] for one in range(len(form.rules))}
    faults: list[FormFault] = []
    for rank, component in enumerate(components(len(form.rules), both)):
        inside = set(component)
        order = _sorted(inside, strict)
        is_loop = len(component) > 1 or component[0] in both[component[0]]
        places = {form.rules[one].chain for one in component}
        if order is None or (is_loop and (len(places) > 1 or () in places)):
            faults.append(_cycle(form, component))
            continue
        for place, one in enumerate(order):
            form.rules[one].order = (rank, place)
            form.rules[one].is_crossing = is_loop
    form.ordered = sorted(form.rules, key=lambda rule: rule.order)
    form.stages = [list(stage) for _, stage in groupby(form.ordered, lambda rule: rule.order[0])]
    _index(form)
    return faults


def _index(form: CompiledForm) -> None:
    """Note who reads what, and who notices that entries come and go."""
    form.readers = [[] for _ in form.specs]
    form.rules_at = {repeat: [] for repeat in range(-1, len(form.repeats))}
    form.entry_readers = {repeat: [] for repeat in range(len(form.repeats))}
    form.order_readers = {repeat: [] for repeat in range(len(form.repeats))}
    for rule in form.ordered:
        form.rules_at[rule.chain[-1] if rule.chain else -1].append(rule)
        noticed = dict(rule.spans)
        for spec, is_other in rule.reads.items():
            form.readers[spec].append((rule, is_other))
        for repeat in rule.orders.keys() - noticed.keys():
            if rule.orders[repeat]:
                noticed[repeat] = True
            else:
                form.order_readers[repeat].append(rule)
        for repeat, is_other in noticed.items():
            form.entry_readers[repeat].append((rule, is_other))


def _cycle(form: CompiledForm, component: list[int]) -> FormFault:
    names = [f"{form.specs[form.rules[one].spec].path} ({form.rules[one].property})"
             for one in sorted(component)]  # fmt: skip
    path = form.specs[form.rules[min(component)].spec].path
    return FormFault(path, f"These depend on each other: {', '.join(names)}.")


def _edges(form: CompiledForm) -> tuple[Edges, Edges]:
    """Return the edges from rule to reading rule: within an entry, and between entries."""
    givers = _givers(form)
    strict: Edges = defaultdict(set)
    loose: Edges = defaultdict(set)
    for rule in form.rules:
        for repeat in {*rule.chain, *rule.orders}:
            count = form.specs[form.repeats[repeat].spec].rules.get(COUNT)
            if count is not None:
                strict[count.index].add(rule.index)
        for spec, is_other in rule.reads.items():
            for giver in givers[spec]:
                # Whether an entry exists or is relevant is settled before anything reads it.
                is_value = form.rules[giver].property in {CALCULATE, CHOICES}
                (loose if is_other and is_value else strict)[giver].add(rule.index)
    return strict, loose


def _givers(form: CompiledForm) -> list[set[int]]:
    """For each field: the rules that decide its value, its relevance, and whether it exists."""
    found: list[set[int]] = []
    for spec in form.specs:
        above = set(found[spec.parent]) if spec.parent >= 0 else set()
        own = {
            rule.index for name, rule in spec.rules.items() if name in {CALCULATE, RELEVANT, COUNT}
        }
        ranks = {spec.rules[CHOICES].index} if _is_rank(form, spec.index) else set()
        parents = {one for one in above if form.rules[one].property in {RELEVANT, COUNT}}
        found.append(own | ranks | parents)
    return found


def _is_rank(form: CompiledForm, spec: int) -> bool:
    control = form.specs[spec].control
    return control is not None and control.kind == "rank" and CHOICES in form.specs[spec].rules


def _sorted(inside: set[int], edges: Edges) -> list[int] | None:
    """Sort some vertices topologically, lowest first among equals; None where they turn."""
    waits = dict.fromkeys(inside, 0)
    for one in inside:
        for after in edges[one] & inside:
            waits[after] += 1
    ready = sorted((one for one, count in waits.items() if not count), reverse=True)
    found: list[int] = []
    while ready:
        one = ready.pop()
        found.append(one)
        for after in sorted(edges[one] & inside, reverse=True):
            waits[after] -= 1
            if not waits[after]:
                ready.append(after)
    return found if len(found) == len(inside) else None


def components(count: int, edges: Edges) -> list[list[int]]:
    """Return the strongly connected components, those that others depend on first.

    Source: Tarjan (1972), without recursion.
    """
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    on_stack: set[int] = set()
    found: list[list[int]] = []
    for root in range(count):
        if root in index:
            continue
        work = [(root, _enter(root, index, low, stack, on_stack, edges))]
        while work:
            here, after = work[-1]
            following = next(after, None)
            if following is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[here])
                if low[here] == index[here]:
                    found.append(_take(here, stack, on_stack))
            elif following not in index:
                entered = _enter(following, index, low, stack, on_stack, edges)
                work.append((following, entered))
            elif following in on_stack:
                low[here] = min(low[here], index[following])
    found.reverse()
    return found


def _enter(
    one: int,
    index: dict[int, int],
    low: dict[int, int],
    stack: list[int],
    on_stack: set[int],
    edges: Edges,
) -> Iterator[int]:
    index[one] = low[one] = len(index)
    stack.append(one)
    on_stack.add(one)
    return iter(sorted(edges.get(one, ()), reverse=True))


def _take(one: int, stack: list[int], on_stack: set[int]) -> list[int]:
    component: list[int] = []
    while not component or component[-1] != one:
        component.append(stack.pop())
        on_stack.discard(component[-1])
    return component
