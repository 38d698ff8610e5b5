"""The font files: ours, and folders an administrator added."""

import functools
import hashlib
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
SUFFIXES = frozenset({".ttf", ".otf", ".ttc"})


def font_files(folders: tuple[Path, ...] = ()) -> tuple[Path, ...]:
    """Every font file, ours first, each folder in order of names."""
    return tuple(
        path
        for folder in (FOLDER, *folders)
        for path in sorted(folder.iterdir(), key=lambda path: path.name)
        if path.suffix.lower() in SUFFIXES
    )


def installed_fonts_hash(folders: tuple[Path, ...] = ()) -> str:
    """SHA-256 over the names and bytes of every font; joins the recipe of a report."""
    marks = tuple((path, path.stat().st_mtime_ns) for path in font_files(folders))
    return _hash(marks)


@functools.lru_cache(maxsize=8)
def _hash(marks: tuple[tuple[Path, int], ...]) -> str:
    total = hashlib.sha256()
    for path, _changed in marks:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        total.update(f"{path.name} {digest}\n".encode())
    return total.hexdigest()
