"""Gather every sentence marked for translation into the catalogues, without gettext's programs."""

import ast
import re
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

PLAIN = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
ALL = PLAIN | PLURAL | CONTEXT | CONTEXT_PLURAL
TEXT = r"""[urUR]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b({'|'.join(sorted(ALL))})\(\s*({TEXT}(?:\s*,\s*{TEXT})*)", re.S)
HEADER = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "MIME-Version": "1.0",
}


@dataclass
class Sentence:
    """One sentence, where it stands, and what a translator is told."""

    text: str
    plural: str = ""
    context: str | None = None
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """Name the sentence as a catalogue does."""
        return self.context, self.text


def _sentence(name: str, texts: list[str]) -> Sentence | None:
    """Read a call's texts by the function's name; None for a call without fixed words."""
    wanted = 1 + (name in PLURAL | CONTEXT) + 2 * (name in CONTEXT_PLURAL)
    if len(texts) < wanted or not texts[0]:
        return None
    if name in PLAIN:
        return Sentence(texts[0])
    if name in PLURAL:
        return Sentence(texts[0], plural=texts[1])
    if name in CONTEXT:
        return Sentence(texts[1], context=texts[0])
    return Sentence(texts[1], plural=texts[2], context=texts[0])


def _short_names(tree: ast.Module) -> dict[str, str]:
    """Return what the file calls gettext's functions: `import gettext_lazy as lazy`."""
    return {
        alias.asname: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.asname
    }


def in_python(text: str) -> Iterator[tuple[int, Sentence]]:
    """Yield each marked sentence of a Python file with its line."""
    tree = ast.parse(text)
    short = _short_names(tree)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for node in sorted(calls, key=lambda call: (call.lineno, call.col_offset)):
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        name = short.get(called, called)
        if name not in ALL:
            continue
        texts = []
        for argument in node.args:
            if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
                break
            texts.append(argument.value)
        sentence = _sentence(name, texts)
        if sentence:
            yield node.lineno, sentence


def in_template(text: str) -> Iterator[tuple[int, Sentence]]:
    """Yield each marked sentence of a template with its line."""
    code = templatize(text)
    for match in CALL.finditer(code):
        texts = [ast.literal_eval(found.lstrip("uU")) for found in re.findall(TEXT, match[2])]
        sentence = _sentence(match[1], texts)
        if sentence:
            yield code.count("\n", 0, match.start()) + 1, sentence


def gather(source: Path) -> dict[tuple[str | None, str], Sentence]:
    """Return every marked sentence below a folder, in the order of files and lines."""
    found: dict[tuple[str | None, str], Sentence] = {}
    for path in sorted(source.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".svg"} or "migrations" in path.parts:
            continue
        if path.suffix != ".py" and "templates" not in path.parts:
            continue
        read = in_python if path.suffix == ".py" else in_template
        place = str(path.relative_to(source))
        for line, sentence in read(path.read_text(encoding="utf-8")):
            kept = found.setdefault(sentence.key, sentence)
            kept.plural = kept.plural or sentence.plural
            kept.places.append((place, str(line)))
    return found


def update(catalogue: polib.POFile, sentences: dict[tuple[str | None, str], Sentence]) -> None:
    """Bring a catalogue up to date; translations stay, sentences that are gone go."""
    known = {(entry.msgctxt, entry.msgid): entry for entry in catalogue}
    catalogue.clear()
    count = len(catalogue_plurals(catalogue))
    for key, sentence in sentences.items():
        entry = known.get(key) or polib.POEntry(msgid=sentence.text, msgctxt=sentence.context)
        entry.occurrences = sentence.places
        entry.obsolete = False
        if sentence.plural and not entry.msgid_plural:
            entry.msgid_plural, entry.msgstr = sentence.plural, ""
            entry.msgstr_plural = dict.fromkeys(range(count), "")
        elif not sentence.plural and entry.msgid_plural:
            entry.msgid_plural, entry.msgstr_plural = "", {}
        python_format = "%(" in sentence.text and "python-format" not in entry.flags
        entry.flags += ["python-format"] if python_format else []
        catalogue.append(entry)


def catalogue_plurals(catalogue: polib.POFile) -> range:
    """Return the plural forms a catalogue's language has."""
    said = re.search(r"nplurals=(\d+)", catalogue.metadata.get("Plural-Forms", ""))
    return range(int(said[1]) if said else 2)


class Command(BaseCommand):
    """`./serai messages`."""

    help = "Gather sentences for translators."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Name a new language, or none for all that exist."""
        parser.add_argument("--locale", action="append", default=[], help="such as ka")

    def handle(self, *args: object, locale: list[str], **options: object) -> None:
        """Update each catalogue, print what waits for a translator."""
        folder = Path(settings.LOCALE_PATHS[0])
        sentences = gather(folder.parent)
        present = [p.parent.parent.name for p in folder.glob("*/LC_MESSAGES/django.po")]
        for code in sorted({*present, *map(to_locale, locale)}):
            path = folder / code / "LC_MESSAGES" / "django.po"
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue = polib.pofile(str(path), wrapwidth=98) if path.exists() else polib.POFile()
            catalogue.wrapwidth = 98
            catalogue.metadata = {**HEADER, "Language": code, **catalogue.metadata}
            update(catalogue, sentences)
            catalogue.save(str(path))
            waiting = len(catalogue.untranslated_entries()) + len(catalogue.fuzzy_entries())
            self.stdout.write(f"{code}: {len(sentences)} sentences, {waiting} to translate")
