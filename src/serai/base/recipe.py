"""What a file is made with: templates, engines, words, fonts. Same tree + same recipe = same bytes."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass
from importlib.metadata import version
from pathlib import Path

from serai.base.blocks import Document
from serai.base.blocks.wording import wording_of
from serai.base.fonts import installed_fonts_hash

ENGINES = ("typst", "python-docx", "lxml", "django")
BASE = Path(__file__).resolve().parent
FOLDERS = ("blocks", "charts", "fonts", "html", "templates/serai/blocks", "typst", "word")
SINGLE_FILES = ("characters.py", "pictures.py")
SUFFIXES = frozenset({".py", ".typ", ".html", ".css", ".docx"})


@dataclass(frozen=True)
class Recipe:
    """The parts of a recipe, each a hash or a version; `sha256` is the whole."""

    templates: str
    engines: Mapping[str, str]
    wording: str
    fonts: str

    @property
    def sha256(self) -> str:
        engines = " ".join(f"{name} {number}" for name, number in sorted(self.engines.items()))
        lines = (self.templates, engines, self.wording, self.fonts)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()

    def differences(self, other: "Recipe") -> tuple[str, ...]:
        """Name the parts in which two recipes differ, such as "fonts" or "typst 0.15 → 0.16"."""
        parts = (("templates", self.templates, other.templates), ("fonts", self.fonts, other.fonts))
        found = [name for name, ours, theirs in parts if ours != theirs]
        if self.wording != other.wording:
            found.append("wording")
        for name in sorted({*self.engines, *other.engines}):
            ours, theirs = self.engines.get(name, "–"), other.engines.get(name, "–")
            if ours != theirs:
                found.append(f"{name} {ours} → {theirs}")
        return tuple(found)


def recipe(
    document: Document, *, templates: tuple[Path, ...] = (), fonts: tuple[Path, ...] = ()
) -> Recipe:
    """The recipe of a document made now.

    Args:
        document: its language and day choose the words we add.
        templates: a kind's own files (`report.py`, `template.typ`).
        fonts: folders of fonts an administrator added.
    """
    words = "\n".join(str(each) for each in astuple(wording_of(document)))
    return Recipe(
        templates=files_hash((*our_files(), *templates)),
        engines={name: version(name) for name in ENGINES},
        wording=hashlib.sha256(words.encode()).hexdigest(),
        fonts=installed_fonts_hash(fonts),
    )


def our_files() -> Iterator[Path]:
    """Every file of ours that shapes a document."""
    for name in FOLDERS:
        for path in sorted((BASE / name).rglob("*"), key=lambda path: path.as_posix()):
            if path.suffix in SUFFIXES:
                yield path
    for name in SINGLE_FILES:
        yield BASE / name


def files_hash(paths: tuple[Path, ...]) -> str:
    """SHA-256 over names and bytes."""
    total = hashlib.sha256()
    for path in paths:
        total.update(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return total.hexdigest()
