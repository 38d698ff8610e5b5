"""The answers of one response: cells in slots, a frame for the form and for each entry."""

from collections.abc import Iterable, Iterator

from serai.calc.xforms.form import CompiledForm, Seed, Spec
from serai.calc.xforms.tree import ATTRIBUTE, ELEMENT, TEXT, Node


class Cell(Node):
    """One field of one frame. `relevant` is inherited; `own_relevant` is the field's own.

    `asked` keeps the order a person gave a rank, while fewer choices are offered.
    """

    __slots__ = ("asked", "frame", "own_readonly", "own_relevant", "readonly", "required", "spec")

    def __init__(self, spec: Spec, frame: "Frame", text: str) -> None:
        self.kind = ELEMENT
        self.name = spec.name
        self.prefix = spec.prefix
        self.uri = spec.uri
        self.text = text
        self.parent = None
        self.children = []
        self.attributes = []
        self.namespaces = spec.namespaces
        self.order = 0
        self.relevant = self.own_relevant = True
        self.readonly = self.own_readonly = False
        self.required = False
        self.spec = spec
        self.frame = frame
        self.asked = ""
        if text:
            self.write(text)
        for name, prefix, uri, value in spec.attributes:
            attribute = Node(ATTRIBUTE, name, value, prefix=prefix, uri=uri)
            attribute.parent = self
            self.attributes.append(attribute)

    def write(self, text: str) -> None:
        """Put a text into a field without children."""
        self.text = text
        if text:
            node = Node(TEXT, text=text)
            node.parent = self
            node.order = self.order + len(self.attributes) + 1
            self.children = [node]
        else:
            self.children = []

    def string(self) -> str:
        """Return the text of a field, or all texts below a group."""
        return super().string() if self.spec.children else self.text


class Frame:
    """The cells of the form outside repeats, or of one entry of a repeat.

    Attributes:
        repeat: index of the repeat this is an entry of, -1 for the form itself.
        cells: by slot.
        parent: the frame around; None for the form itself.
        entries: for each repeat inside, its entries in order.
        hidden: entries that a smaller count took away, the first to come back first.
        seeds: for each repeat inside, what its first entries start with.
        is_gone: removed, or hidden.
        key: name of the entry, unique in the response; "" for the form itself.
    """

    __slots__ = (
        "cells",
        "depth",
        "entries",
        "hidden",
        "is_gone",
        "key",
        "parent",
        "repeat",
        "seeds",
    )

    def __init__(
        self, form: CompiledForm, repeat: int, seed: Seed, parent: "Frame | None", key: str
    ) -> None:
        self.repeat = repeat
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.key = key
        self.is_gone = False
        layout = form.layout if repeat < 0 else form.repeats[repeat].layout
        inner = form.inner if repeat < 0 else form.repeats[repeat].inner
        self.entries: dict[int, list[Frame]] = {one: [] for one in inner}
        self.hidden: dict[int, list[Frame]] = {one: [] for one in inner}
        self.seeds = seed.entries
        texts = seed.texts
        self.cells = [Cell(form.specs[one], self, texts.get(one, "")) for one in layout]
        for cell in self.cells:
            above = cell.spec.parent
            if above < 0:
                continue
            spec = form.specs[above]
            holder = self if spec.repeat == repeat else parent
            if holder is not None:
                cell.parent = holder.cells[spec.slot]
        for cell in self.cells:
            if cell.spec.children:
                self.link(form, cell)

    def link(self, form: CompiledForm, cell: Cell) -> None:
        """Give a group its children in document order, entries of repeats in their place."""
        children: list[Node] = []
        for index in cell.spec.children:
            spec = form.specs[index]
            if spec.repeat == self.repeat:
                children.append(self.cells[spec.slot])
            else:
                children.extend(entry.cells[0] for entry in self.entries[spec.repeat])
        cell.children = children

    def above(self, depth: int) -> "Frame":
        """Return the frame around this one at a depth; 0 is the form itself."""
        frame = self
        while frame.depth > depth and frame.parent is not None:
            frame = frame.parent
        return frame

    def place(self) -> tuple[int, ...]:
        """Return where an entry stands: its index in each repeat around, outermost first."""
        if self.parent is None:
            return ()
        return (*self.parent.place(), self.parent.entries[self.repeat].index(self))


def inside(frame: Frame, repeats: Iterable[int]) -> list[Frame]:
    """Return the frames reached from one through a chain of repeats, in order."""
    frames = [frame]
    for repeat in repeats:
        frames = [entry for one in frames for entry in one.entries[repeat]]
    return frames


def all_frames(frame: Frame) -> Iterator[Frame]:
    """Yield a frame and all entries below it, in order of repeats and entries."""
    yield frame
    for entries in frame.entries.values():
        for entry in entries:
            yield from all_frames(entry)
