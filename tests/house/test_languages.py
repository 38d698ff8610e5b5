"""Catalogues: they compile, keep their gaps, are complete in Russian, and hide no bare string."""

import re
from pathlib import Path

import polib
import pytest

from serai.base.management.commands.gather_messages import gather

SRC = Path(__file__).resolve().parents[2] / "src" / "serai"
CATALOGUES = sorted((SRC / "locale").glob("*/LC_MESSAGES/django.po"))
GAP = re.compile(r"%\((\w+)\)[sd]|%%|\{(\w+)\}")
TAG = re.compile(r"</?(\w+)")


def gaps(text):
    return sorted(m.group(0) for m in GAP.finditer(text))


def translations(entry):
    """Each translation with the sentence it must match: the plural for every form but one."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for text in entry.msgstr_plural.values()]


@pytest.fixture(scope="module")
def sentences():
    return gather(SRC)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_a_catalogue_compiles_and_names_its_language(path, tmp_path):
    catalogue = polib.pofile(str(path))
    catalogue.save_as_mofile(str(tmp_path / "django.mo"))

    assert catalogue.metadata["Language"].replace("-", "_").lower() == path.parts[-3].lower()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.parts[-3])
def test_every_translation_keeps_the_gaps_and_marks_of_its_sentence(path):
    changed = []
    for entry in polib.pofile(str(path)):
        for sentence, text in translations(entry):
            if not text:
                continue
            allowed = [gaps(sentence), gaps(entry.msgid)]
            if gaps(text) not in allowed or TAG.findall(text) != TAG.findall(sentence):
                changed.append((entry.msgid, text))

    assert changed == []


def test_russian_is_complete(sentences):
    catalogue = polib.pofile(str(SRC / "locale" / "ru" / "LC_MESSAGES" / "django.po"))
    done = {
        (e.msgctxt, e.msgid)
        for e in catalogue
        if e.translated() and not e.obsolete and "fuzzy" not in e.flags
    }

    waiting = sorted(sentence.text for key, sentence in sentences.items() if key not in done)
    assert waiting == []


def test_no_sentence_is_cut_in_pieces(sentences):
    """A sentence is whole: it does not begin or end with a space, and is not a lone joint."""
    joints = {"of", "and", "or", "by", "for", "the", "in", "at", "from"}
    cut = [s.text for s in sentences.values() if s.text != s.text.strip() or s.text in joints]

    assert cut == []
