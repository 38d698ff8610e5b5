"""What a compiled form consists of: fields in slots, repeats, controls, rules, texts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from serai.calc.xforms.focus import Code
from serai.calc.xforms.parser import Expression
from serai.calc.xforms.tree import Node

JAVAROSA_URI = "http://openrosa.org/javarosa"
SERAI_URI = "urn:serai:form:1"

CALCULATE, RELEVANT, READONLY, REQUIRED, COUNT, CHOICES = (
    "calculate",
    "relevant",
    "readonly",
    "required",
    "count",
    "choices",
)


@dataclass(frozen=True, slots=True)
class FormFault:
    """One thing that is wrong with a form.

    Attributes:
        path: the field or element it is about; "" for the form as a whole.
        reason: what is wrong.
    """

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}" if self.path else self.reason


class FormFaults(ValueError):
    """The form cannot be used; `faults` lists everything that was found."""

    def __init__(self, faults: Sequence[FormFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(slots=True, eq=False)
class Spec:
    """One element of the primary instance.

    Attributes:
        index: place in the form's list, in document order.
        path: absolute path without positions.
        parent: index of the element above, -1 for the root.
        repeat: index of the repeat whose entries hold this element, -1 outside; a repeat's own
            element is held by its own entries, at slot 0.
        slot: place in the cells of its frame.
        is_unique: whether no sibling outside a repeat has the same name.
        binds: bind attributes by local name, "jr:" kept.
        messages: what to say where `constraint` or `required` is broken.
    """

    index: int
    path: str
    name: str
    prefix: str
    uri: str
    parent: int
    repeat: int
    slot: int
    attributes: tuple[tuple[str, str, str, str], ...] = ()
    namespaces: dict[str, str] | None = None
    children: list[int] = field(default_factory=list)
    is_unique: bool = True
    type: str = "string"
    binds: dict[str, str] = field(default_factory=dict)
    rules: "dict[str, Rule]" = field(default_factory=dict)
    constraint: Code | None = None
    messages: dict[str, str] = field(default_factory=dict)
    weight: float = 1.0
    control: "Control | None" = None

    @property
    def is_group(self) -> bool:
        """Whether the element holds others, so it has no answer of its own."""
        return bool(self.children)


@dataclass(slots=True, eq=False)
class Seed:
    """Initial texts by spec, attributes that differ, and the initial entries of repeats within."""

    texts: dict[int, str] = field(default_factory=dict)
    entries: "dict[int, list[Seed]]" = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Repeat:
    """One repeat.

    Attributes:
        spec: index of its element.
        parent: index of the repeat it stands in, -1 outside.
        layout: indices of the specs each entry holds, by slot.
        template: what a new entry starts with.
        is_fixed: people may not add or remove entries.
    """

    index: int
    spec: int
    parent: int
    layout: list[int] = field(default_factory=list)
    inner: list[int] = field(default_factory=list)
    template: Seed = field(default_factory=Seed)
    is_fixed: bool = False
    has_count: bool = False


@dataclass(slots=True, eq=False)
class Rule:
    """One vertex of the graph: a property of a field, and what gives it.

    Attributes:
        reads: indices of specs whose value or presence it reads, each with whether it may be
            another entry's.
        chain: the repeats in whose entries it runs, outermost first.
        order: (component, rank inside it); lower runs first.
        is_crossing: reads what it gives in other entries, so entries run one after another.
        spans: repeats over whose entries it reads, with whether beyond its own surroundings.
        orders: repeats whose order of entries it reads, with whether of another entry.
        uses_texts: reads translations, so another language changes it.
        is_volatile: gives another result although nothing changed.
    """

    index: int
    spec: int
    property: str
    tree: Expression
    run: Code
    reads: dict[int, bool]
    chain: tuple[int, ...] = ()
    is_crossing: bool = False
    spans: dict[int, bool] = field(default_factory=dict)
    orders: dict[int, bool] = field(default_factory=dict)
    uses_texts: bool = False
    is_volatile: bool = False
    order: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Words:
    """A label, hint or message: one of these.

    Attributes:
        text_id: gives the id of a translated text.
        node: holds text and outputs.
        expression: gives the text itself.
    """

    text_id: Expression | None
    node: Node | None
    expression: Expression | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One choice written in the form itself."""

    value: str
    label: Words
    is_no_information: bool = False


@dataclass(slots=True, eq=False)
class Itemset:
    """Choices drawn from nodes: where they are, and the value and label of each."""

    nodes: Code
    value: Code
    label: Code | None
    label_path: str
    tree: Expression


@dataclass(slots=True, eq=False)
class Control:
    """One element of the body: a question, group or repeat.

    Attributes:
        kind: input, select, select1, rank, upload, range, trigger, group, repeat …
        spec: index of the field it shows, -1 for a group without one.
        appearances: as written, in order.
    """

    kind: str
    spec: int
    appearances: tuple[str, ...]
    label: Words | None = None
    hint: Words | None = None
    items: tuple[Item, ...] = ()
    itemset: Itemset | None = None
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Control]" = field(default_factory=list)

    def with_aliases(self) -> tuple[str, ...]:
        """Return the appearances, an older name preceded by the one that replaced it."""
        found: list[str] = []
        for written in self.appearances:
            found.extend((ALIASES[written], written) if written in ALIASES else (written,))
        return tuple(dict.fromkeys(found))


ALIASES = {"search": "autocomplete"}


def says_nothing(mark: str) -> bool:
    """Tell whether a choice's mark `no_information` means yes: any word but a no."""
    return mark.strip().lower() not in {"", "0", "no", "false", "false()"}


@dataclass(slots=True, eq=False)
class Action:
    """A setvalue: when, where, and to what.

    Attributes:
        events: names of events that set it off.
        source: index of the field or repeat it stands in, -1 for the model.
        targets: gives the nodes to set, seen from the source.
        value: gives the text, seen from the target; None for the literal text.
    """

    events: frozenset[str]
    source: int
    target: int
    targets: Code
    value: Code | None
    literal: str
    tree: Expression | None


@dataclass(slots=True, eq=False)
class CompiledForm:
    """A form ready to be filled. Nothing in it changes while forms are filled.

    Attributes:
        digest: SHA-256 of the XForm, which names this very form.
        specs: fields in document order.
        repeats: repeats in document order.
        layout: indices of the specs outside repeats, by slot.
        rules: by index; `ordered` holds them in the order they run.
        readers: for each spec the rules that read it, with whether across entries.
        stages: the rules by component, in order.
        rules_at: the rules that run in each repeat's entries, -1 outside.
        entry_readers: for each repeat the rules that notice its entries coming and going.
        order_readers: for each repeat the rules that read their own entry's place in it.
        lists: rows of secondary instances by the text of a column, made when first asked for.
        pulled: the same for pulldata(), by list and column.
        constant_choices: values of lists that no answer filters, by field.
        problems: what is wrong but can be filled all the same; refused when publishing.
        instances: secondary instances by id.
        texts: for each language, text id -> `value` elements.
    """

    title: str
    form_id: str
    version: str
    namespaces: dict[str, str]
    specs: list[Spec]
    repeats: list[Repeat]
    layout: list[int]
    inner: list[int]
    seed: Seed
    by_path: dict[str, int]
    instances: dict[str, Node]
    texts: dict[str, dict[str, list[Node]]]
    default_language: str
    digest: str = ""
    body_classes: tuple[str, ...] = ()
    controls: list[Control] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    ordered: list[Rule] = field(default_factory=list)
    stages: list[list[Rule]] = field(default_factory=list)
    readers: list[list[tuple[Rule, bool]]] = field(default_factory=list)
    rules_at: dict[int, list[Rule]] = field(default_factory=dict)
    entry_readers: dict[int, list[tuple[Rule, bool]]] = field(default_factory=dict)
    order_readers: dict[int, list[Rule]] = field(default_factory=dict)
    actions: list[Action] = field(default_factory=list)
    problems: list[FormFault] = field(default_factory=list)
    lists: dict[tuple[int, str, str], dict[str, list[Node]]] = field(default_factory=dict)
    pulled: dict[tuple[str, str], dict[str, Node]] = field(default_factory=dict)
    constant_choices: dict[int, list[str]] = field(default_factory=dict)
    outputs: dict[tuple[Expression, int], Code] = field(default_factory=dict)

    def spec(self, path: str) -> Spec:
        """Return the field at a path without positions.

        Raises:
            KeyError: there is none.
        """
        return self.specs[self.by_path[path]]

    def chain(self, spec: int) -> tuple[int, ...]:
        """Return the repeats whose entries hold a field, outermost first."""
        found: list[int] = []
        repeat = self.specs[spec].repeat
        while repeat >= 0:
            found.append(repeat)
            repeat = self.repeats[repeat].parent
        return tuple(reversed(found))
