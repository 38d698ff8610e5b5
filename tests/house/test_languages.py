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


BRACKETED = re.compile(r"\[[^\[\]]*\]")
# The same in every language: names, codes, numbers, units, times.
SAME = re.compile(
    r"\b(Serai|CAREC|[A-Z]{2,}[\w-]*|Word|PDF|XLSX|CSV|XML|Asia/\w+|UTC|GMT|[IVX]+|\w+@[\w.]+)\b"
)


def visible(text):
    text = re.sub(r"<(script|style|code|svg|head)\b.*?</\1>", " ", text, flags=re.S)
    # What people wrote carries its own language or stands in an element marked as content.
    text = re.sub(r'<(\w+)[^>]*\b(?:lang|translate)="[^"]*"[^>]*>.*?</\1>', " ", text, flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))


@pytest.mark.parametrize("language", ["ar", "fa", "xx-rtl"])
def test_pages_of_right_to_left_languages_say_so(sample, settings, language):
    from tests.house.walking import client_of

    if language not in dict(settings.LANGUAGES):
        pytest.skip(f"{language} is not offered by the suite's settings")
    text = client_of(None).get(f"/{language}/").content.decode()

    assert re.search(r"<html[^>]*\bdir=\"rtl\"", text)


def test_every_offered_language_opens_the_first_page(sample, settings):
    from tests.house.walking import client_of

    answers = {code: client_of(None).get(f"/{code}/").status_code for code, _ in settings.LANGUAGES}

    assert set(answers.values()) == {200}


MARKED = re.compile(r"\|day\b|\{% when ")


def test_a_plain_letter_writes_its_days_without_marks():
    """`|day` and `when` write elements, which a plain letter would show as they are."""
    letters = sorted(SRC.glob("*/templates/**/email/*.txt"))

    assert len(letters) > 50
    assert [p.name for p in letters if MARKED.search(p.read_text(encoding="utf-8"))] == []
